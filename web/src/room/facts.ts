import type { Policy, Role } from "../api/shapes";

/** The facts of a room as they come over the socket: CloudEvents with the fact's own JSON as `data`. */

export type RoomFact =
  | { type: "room.renamed.v1"; data: { name: string; by: string } }
  | { type: "room.policy_changed.v1"; data: { policy: Policy; by: string } }
  | { type: "room.participant_joined.v1"; data: { user_id: string; invited_by?: string | null } }
  | { type: "room.guest_registered.v1"; data: { user_id: string } }
  | { type: "room.participant_left.v1"; data: { user_id: string; seat: number; reason: string; by: string | null } }
  | { type: "room.role_changed.v1"; data: { user_id: string; role: Role; reason: string; by: string | null } }
  | { type: "room.hand_raised.v1"; data: { user_id: string } }
  | { type: "room.hand_lowered.v1"; data: { user_id: string; by: string } }
  | { type: "room.hand_hidden.v1"; data: { user_id: string; from_id: string } }
  | { type: "room.link_made.v1"; data: { link_id: string; by: string; expires_at: string } }
  | { type: "room.link_withdrawn.v1"; data: { link_id: string; by: string } }
  | { type: "room.blocked_on_stage.v1"; data: { user_id: string; other_id: string } }
  | { type: "room.ban_lifted.v1"; data: { user_id: string; by: string } }
  | { type: "room.speaker_invited.v1"; data: { user_id: string; by: string; expires_at: string } }
  | { type: "room.invitation_declined.v1"; data: { user_id: string } }
  | { type: "room.invitation_withdrawn.v1"; data: { user_id: string; by: string | null } }
  | { type: "room.participant_muted.v1"; data: { user_id: string; by: string } }
  | { type: "room.participant_unmuted.v1"; data: { user_id: string } }
  | { type: "room.participant_removed.v1"; data: { user_id: string; by: string; until: string; why?: string | null } }
  | { type: "room.participant_banned.v1"; data: { user_id: string; by: string; why?: string | null } }
  | { type: "room.host_lost.v1"; data: { user_id: string; ends_at: string } }
  | { type: "room.host_transferred.v1"; data: { from_id: string | null; to_id: string; reason: string; by: string | null } }
  | { type: "room.ended.v1"; data: { reason: string; by: string | null } };

export type Told = RoomFact & { sequence: number; time: string };

/** A fact of a type that this client does not know yet keeps its place in the line and changes nothing. */
export type AnyTold = Told | { type: "unknown"; sequence: number; time: string };

const KNOWN: Record<RoomFact["type"], true> = {
  "room.renamed.v1": true,
  "room.policy_changed.v1": true,
  "room.participant_joined.v1": true,
  "room.guest_registered.v1": true,
  "room.participant_left.v1": true,
  "room.role_changed.v1": true,
  "room.hand_raised.v1": true,
  "room.hand_lowered.v1": true,
  "room.hand_hidden.v1": true,
  "room.link_made.v1": true,
  "room.link_withdrawn.v1": true,
  "room.blocked_on_stage.v1": true,
  "room.ban_lifted.v1": true,
  "room.speaker_invited.v1": true,
  "room.invitation_declined.v1": true,
  "room.invitation_withdrawn.v1": true,
  "room.participant_muted.v1": true,
  "room.participant_unmuted.v1": true,
  "room.participant_removed.v1": true,
  "room.participant_banned.v1": true,
  "room.host_lost.v1": true,
  "room.host_transferred.v1": true,
  "room.ended.v1": true,
};

export function told(event: { type: string; sequence: number; time: string; data: unknown }): AnyTold {
  if (event.type in KNOWN) return event as Told;
  return { type: "unknown", sequence: event.sequence, time: event.time };
}
