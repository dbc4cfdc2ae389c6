import type { Card } from "../api/shapes";

export interface Reason {
  kind: "follows" | "club" | "club_followed" | "topic" | "fresh" | "busy";
  text: string;
  user_ids?: string[] | null;
}

export interface CardForYou extends Card {
  reasons: Reason[];
}

/** The order in which doors were ranked, and why each is there. Kept until it is asked for again, while doors live on. */
export interface ForYou {
  order: readonly string[];
  reasons: ReadonlyMap<string, readonly Reason[]>;
  newest: number; // when the newest door that stood open then had opened, in ms
}

export interface Ranked {
  /** Doors in their order; those that have closed are left out. */
  cards: Card[];
  /** Doors that have opened since. */
  fresh: number;
}

export function ranked({ order, newest }: ForYou, doors: readonly Card[]): Ranked {
  const open = new Map(doors.map((card) => [card.id, card]));
  const cards = order.flatMap((id) => open.get(id) ?? []);
  const known = new Set(order);
  return { cards, fresh: doors.filter((card) => !known.has(card.id) && openedAt(card) > newest).length };
}

/** What is kept of an answer; `doors` stood open then, ranked or not: there may be more than one answer holds. */
export function ranking(rooms: readonly CardForYou[], doors: readonly Card[]): ForYou {
  return {
    order: rooms.map(({ id }) => id),
    reasons: new Map(rooms.map(({ id, reasons }) => [id, reasons])),
    newest: Math.max(0, ...[...rooms, ...doors].map(openedAt)),
  };
}

const openedAt = ({ started_at }: Card): number => Date.parse(started_at ?? "") || 0;
