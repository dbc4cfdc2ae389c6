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
}

export interface Ranked {
  /** Doors in their order; those that have closed are left out. */
  cards: Card[];
  /** Doors that have opened since. */
  fresh: number;
}

export function ranked({ order }: ForYou, doors: readonly Card[]): Ranked {
  const open = new Map(doors.map((card) => [card.id, card]));
  const cards = order.flatMap((id) => open.get(id) ?? []);
  return { cards, fresh: doors.length - cards.length };
}

/** What is kept of an answer. */
export function ranking(rooms: readonly CardForYou[]): ForYou {
  return { order: rooms.map(({ id }) => id), reasons: new Map(rooms.map(({ id, reasons }) => [id, reasons])) };
}
