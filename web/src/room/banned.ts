import type { ModerationEntry } from "../api/shapes";

/** Whoever was banned, and not let in again since. */
export function stillBanned(entries: readonly ModerationEntry[]): string[] {
  const banned = new Set<string>();
  for (const { action, user_id } of entries) {
    if (action === "banned" && user_id) banned.add(user_id);
    if (action === "ban_lifted" && user_id) banned.delete(user_id);
  }
  return [...banned];
}
