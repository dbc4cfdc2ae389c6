import type { Participant, Role } from "../api/shapes";
import type { AnyTold, Told } from "./facts";
import { find, hasHandUp, onStage, RANK, type Room } from "./room";

/** The room after these facts. `seq` is the last one covered, also when this viewer may not see it. */
export function foldAll(room: Room, facts: readonly AnyTold[], seq: number): Room {
  const folded = facts.reduce((state, fact) => (fact.sequence > state.seq ? fold(state, fact) : state), room);
  return { ...folded, seq: Math.max(folded.seq, seq) };
}

export function fold(room: Room, fact: AnyTold): Room {
  const next = fact.type === "unknown" ? room : after(room, fact);
  return { ...next, seq: fact.sequence };
}

function after(room: Room, fact: Told): Room {
  switch (fact.type) {
    case "room.renamed.v1":
      return { ...room, name: fact.data.name };
    case "room.policy_changed.v1":
      return { ...room, policy: fact.data.policy };
    case "room.participant_joined.v1":
      return seated(room, { user_id: fact.data.user_id, role: "AUDIENCE", seat: fact.sequence, muted: false, invited_by: fact.data.invited_by ?? null });
    case "room.guest_registered.v1":
      return noLongerGuest(room, fact.data.user_id);
    case "room.participant_left.v1":
      return gone(room, fact.data.user_id);
    case "room.role_changed.v1":
      return settled(withRole(room, fact.data.user_id, fact.data.role), fact.data.user_id);
    case "room.hand_raised.v1":
      return raised(room, fact.data.user_id, fact.time);
    case "room.hand_lowered.v1":
    case "room.hand_hidden.v1":
      return { ...room, hands: room.hands.filter((hand) => hand.user_id !== fact.data.user_id) };
    case "room.speaker_invited.v1": {
      const { user_id, by, expires_at } = fact.data;
      return { ...room, invitations: [...others(room, user_id), { user_id, by, expires_at }] };
    }
    case "room.invitation_declined.v1":
    case "room.invitation_withdrawn.v1":
      return { ...room, invitations: others(room, fact.data.user_id) };
    case "room.participant_muted.v1":
      return withMute(room, fact.data.user_id, fact.data.by);
    case "room.participant_unmuted.v1":
      return withMute(room, fact.data.user_id, null);
    case "room.link_made.v1":
      return { ...room, links: [...room.links, fact.data] };
    case "room.link_withdrawn.v1":
      return { ...room, links: room.links.filter((link) => link.link_id !== fact.data.link_id) };
    case "room.blocked_on_stage.v1":
    case "room.ban_lifted.v1":
      return room;
    case "room.participant_removed.v1":
    case "room.participant_banned.v1":
      return room; // the seat goes with the `participant_left` that follows
    case "room.host_lost.v1":
      return { ...room, host_id: null, hostless_until: fact.data.ends_at, lost_host: fact.data.user_id };
    case "room.host_transferred.v1":
      return handedOver(room, fact.data.from_id, fact.data.to_id);
    case "room.ended.v1":
      return { ...room, state: "ended", panel: [], audience: [], audience_count: 0, hands: [], invitations: [], links: [], hostless_until: null, host_id: null, awaited_host_id: null };
  }
}

function seated(room: Room, person: Participant): Room {
  const without = find(room, person.user_id) ? lifted(room, person.user_id) : room;
  if (!onStage(person.role)) {
    const audience = [...without.audience, person].sort((a, b) => a.seat - b.seat);
    return { ...without, audience, audience_count: without.audience_count + 1 };
  }
  return { ...without, panel: [...without.panel, person].sort((a, b) => RANK[a.role] - RANK[b.role] || a.seat - b.seat) };
}

/** Out of the grid. Whoever is not on the stage and not among the shown is one of the uncounted faces in the audience. */
function lifted(room: Room, userId: string): Room {
  if (room.panel.some((person) => person.user_id === userId))
    return { ...room, panel: room.panel.filter((person) => person.user_id !== userId) };
  const audience = room.audience.filter((person) => person.user_id !== userId);
  return { ...room, audience, audience_count: Math.max(audience.length, room.audience_count - 1) };
}

function gone(room: Room, userId: string): Room {
  return settled(lifted(room, userId), userId);
}

function withRole(room: Room, userId: string, role: Role): Room {
  const person = find(room, userId);
  if (!person) return { ...room, unsure: true };
  // A moderator's mute ends with one's time on stage.
  return seated(room, { ...person, role, muted: person.muted && onStage(role) });
}

/** Whoever leaves or changes role has no hand up and no invitation open. */
function settled(room: Room, userId: string): Room {
  return { ...room, hands: room.hands.filter((hand) => hand.user_id !== userId), invitations: others(room, userId) };
}

function raised(room: Room, userId: string, time: string): Room {
  return hasHandUp(room, userId) ? room : { ...room, hands: [...room.hands, { user_id: userId, raised_at: time }] };
}

function noLongerGuest(room: Room, userId: string): Room {
  const person = find(room, userId);
  return person ? seated(room, { ...person, guest: false }) : room;
}

function withMute(room: Room, userId: string, by: string | null): Room {
  const person = find(room, userId);
  if (!person) return room;
  const { [userId]: _, ...muted_by } = room.muted_by;
  return { ...seated(room, { ...person, muted: by !== null }), muted_by: by === null ? muted_by : { ...muted_by, [userId]: by } };
}

function handedOver(room: Room, from: string | null, to: string): Room {
  const former = from !== null && find(room, from) ? withRole(room, from, "MODERATOR") : room;
  return { ...settled(withRole(former, to, "HOST"), to), hostless_until: null, lost_host: null, awaited_host_id: null, host_id: to };
}

const others = (room: Room, userId: string): Room["invitations"] => room.invitations.filter((row) => row.user_id !== userId);
