import type { Card } from "../api/shapes";

export interface DayOfRooms {
  /** "Today", "Tomorrow", "Friday, 4 December": in the reader's zone. */
  day: string;
  cards: Card[];
}

/** Planned rooms, the soonest first as they come, by the day they open. */
export function byDay(cards: readonly Card[], now = new Date()): DayOfRooms[] {
  const days: DayOfRooms[] = [];
  for (const card of cards) {
    const day = card.scheduled_for ? dayWord(new Date(card.scheduled_for), now) : "Later";
    const last = days.at(-1);
    if (last?.day === day) last.cards.push(card);
    else days.push({ day, cards: [card] });
  }
  return days;
}

function dayWord(date: Date, now: Date): string {
  if (date.toDateString() === now.toDateString()) return "Today";
  const tomorrow = new Date(now.getFullYear(), now.getMonth(), now.getDate() + 1);
  if (date.toDateString() === tomorrow.toDateString()) return "Tomorrow";
  return date.toLocaleDateString(undefined, { weekday: "long", day: "numeric", month: "long" });
}
