import { timeOfDay } from "./useNow";

/** "today at 19:00", "on Friday, 4 December at 19:00": in the reader's zone. */
export function day(at: string, now = new Date()): string {
  const date = new Date(at);
  const days = Math.round((midnight(date) - midnight(now)) / 86_400_000);
  const word = days === 0 ? "today" : days === 1 ? "tomorrow" : `on ${date.toLocaleDateString(undefined, { weekday: "long", day: "numeric", month: "long" })}`;
  return `${word} at ${timeOfDay(date)}`;
}

const midnight = (date: Date): number => new Date(date.getFullYear(), date.getMonth(), date.getDate()).getTime();

/** As a `datetime-local` input has it: local, without a zone. */
export function localInput(at: string | number): string {
  const date = new Date(at);
  return new Date(date.getTime() - date.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}
