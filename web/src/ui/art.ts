/** Colours and patterns of people, clubs and doors, generated from their ids (ui.md, section 4). */

/** FNV-1a, 32 bit, over the UTF-8 bytes. */
export function fnv1a32(text: string): number {
  let hash = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(text)) hash = Math.imul(hash ^ byte, 0x01000193) >>> 0;
  return hash;
}

/** Degrees; never 60 to 99, so that nobody looks lit. */
export const hue = (id: string): number => (100 + (fnv1a32(id) % 320)) % 360;

export const pattern = (id: string): number => (fnv1a32(id) >>> 9) % 4;

export function initials(name: string): string {
  const words = name.trim().split(/\s+/).filter(Boolean);
  if (words.length === 0) return "";
  const letters = words.length === 1 ? [...words[0]!].slice(0, 2) : [first(words[0]!), first(words[words.length - 1]!)];
  return letters.join("").toUpperCase();
}

/** How far a door stands open, 0 to 1: busier is wider. In steps, so that it does not twitch. */
export function openness(listening: number): number {
  const open = Math.min(0.95, Math.max(0.2, 0.08 + 0.3 * Math.log10(Math.max(1, listening))));
  return Math.round(open * 20) / 20;
}

const first = (word: string): string => [...word][0] ?? "";
