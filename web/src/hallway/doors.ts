import type { Card } from "../api/shapes";

/** The open doors, folded from the first page and the stream; the order in which they come does not matter. */
export interface Doors {
  cards: ReadonlyMap<string, Card>;
  /** Doors that closed, with the version that closed them: a page read earlier must not open them again. */
  gone: ReadonlyMap<string, number>;
}

export const NO_DOORS: Doors = { cards: new Map(), gone: new Map() };

export type DoorEvent = { type: "card"; card: Card } | { type: "gone"; id: string; seq: number } | { type: "reset" };

export function fold(doors: Doors, event: DoorEvent): Doors {
  switch (event.type) {
    case "card":
      return event.card.state === "live" ? withCard(doors, event.card) : without(doors, event.card.id, event.card.seq);
    case "gone":
      return without(doors, event.id, event.seq);
    case "reset":
      return NO_DOORS;
  }
}

/** Newest first: `started_at desc, id desc`, as the API lists them. */
export function listed(doors: Doors): Card[] {
  return [...doors.cards.values()].sort((a, b) => compare(b.started_at ?? "", a.started_at ?? "") || compare(b.id, a.id));
}

function withCard(doors: Doors, card: Card): Doors {
  const known = Math.max(doors.cards.get(card.id)?.seq ?? 0, doors.gone.get(card.id) ?? 0);
  if (card.seq < known) return doors;
  return { ...doors, cards: new Map(doors.cards).set(card.id, card) };
}

function without(doors: Doors, id: string, seq: number): Doors {
  if ((doors.cards.get(id)?.seq ?? 0) > seq) return doors;
  const cards = new Map(doors.cards);
  cards.delete(id);
  return { cards, gone: new Map(doors.gone).set(id, seq) };
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
