import type { Participant, Role, RoomView } from "../api/shapes";

/** The room as this client folds it: the server's view, and what only the facts say. */
export interface Room extends RoomView {
  /** Who muted whom, as far as this client saw it. */
  muted_by: Readonly<Record<string, string>>;
  /** The former host, while nobody holds the keys. */
  lost_host: string | null;
  /** Somebody beyond the first fifty stepped up: their seat is not known here, ask for the room again. */
  unsure: boolean;
}

export const RANK: Record<Role, number> = { HOST: 0, MODERATOR: 1, SPEAKER: 2, AUDIENCE: 3 };

export const onStage = (role: Role): boolean => role !== "AUDIENCE";
export const moderates = (role: Role | null): boolean => role === "HOST" || role === "MODERATOR";
/** One acts only on a strictly lower role. */
export const above = (role: Role | null, other: Role): boolean => role !== null && RANK[role] < RANK[other];

export function roomOf(view: RoomView, before: Room | null = null): Room {
  const same = before?.id === view.id ? before : null;
  return {
    ...view,
    muted_by: same?.muted_by ?? {},
    lost_host: view.hostless_until === null ? null : (same?.lost_host ?? null),
    unsure: false,
  };
}

export function find(room: Room, userId: string): Participant | null {
  return [...room.panel, ...room.audience].find((person) => person.user_id === userId) ?? null;
}

/** The room with this person in it: the view shows the first fifty listeners, and one is always shown to oneself. */
export function including(room: Room, person: Participant | null): Room {
  if (!person || find(room, person.user_id)) return room;
  return { ...room, audience: [...room.audience, person] };
}

export function roleOf(room: Room, userId: string): Role | null {
  return find(room, userId)?.role ?? null;
}

export const hasHandUp = (room: Room, userId: string): boolean => room.hands.some((hand) => hand.user_id === userId);
export const host = (room: Room): Participant | null => room.panel.find((person) => person.role === "HOST") ?? null;

/** 1 for first in line, or null. */
export function placeInLine(room: Room, userId: string): number | null {
  const place = room.hands.findIndex((hand) => hand.user_id === userId);
  return place < 0 ? null : place + 1;
}
