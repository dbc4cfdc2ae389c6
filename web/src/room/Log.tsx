import { useCallback, useEffect, useState } from "react";
import type { ModerationEntry } from "../api/shapes";
import { commands, names } from "../house";
import { timeOfDay } from "../ui/useNow";
import { act } from "./act";
import { stillBanned } from "./banned";
import { moderates } from "./room";
import { useRoom } from "./useRoom";

const DID: Record<string, string> = {
  muted: "muted",
  removed: "removed",
  banned: "banned",
  ban_lifted: "lifted the ban of",
  role_changed: "changed the role of",
  hand_lowered: "lowered the hand of",
  invited: "invited",
  invitation_withdrawn: "took back the invitation of",
  link_made: "made an invite link",
  link_withdrawn: "withdrew an invite link",
  keys_taken: "took the keys",
  keys_handed_over: "handed the keys to",
  renamed: "renamed the room",
  policy_changed: "changed who may come in or speak",
  rescheduled: "moved the room to another time",
  ended: "ended the room",
};
const ABOUT_NOBODY = new Set(["link_made", "link_withdrawn", "keys_taken", "renamed", "policy_changed", "rescheduled", "ended"]);

/** Who did what to whom, when, why; and who is kept out. Read when it is opened, and again with every fact. */
export function Log() {
  const { room, name, role } = useRoom();
  const { entries, reread } = useEntries(room.id, room.seq);
  const banned = stillBanned(entries);
  return (
    <div className="log-tab">
      {moderates(role) && banned.length > 0 && (
        <ul className="log-list" aria-label="Banned">
          {banned.map((id) => (
            <li key={id}>
              <span>{name(id)} is banned.</span>
              <button className="btn btn-line btn-sm" onClick={() => void act(() => commands.liftBan(room.id, id)).then(reread)}>
                Lift, {name(id)}
              </button>
            </li>
          ))}
        </ul>
      )}
      {entries.length === 0 && <p className="empty-line">Nobody had to moderate anything.</p>}
      <ol className="log-list">
        {[...entries].reverse().map((entry) => (
          <li key={`${entry.seq} ${entry.action}`}>
            <span>
              {entry.by ? name(entry.by) : "Hallway"} {DID[entry.action] ?? entry.action}
              {whom(entry, name)}
              {entry.why && `: ${entry.why}`}
            </span>
            <span className="meta num">{timeOfDay(entry.at)}</span>
          </li>
        ))}
      </ol>
    </div>
  );
}

function whom(entry: ModerationEntry, name: (id: string | null) => string): string {
  if (ABOUT_NOBODY.has(entry.action)) return entry.name ? ` to "${entry.name}"` : "";
  return ` ${entry.user_id ? name(entry.user_id) : "somebody"}`;
}

function useEntries(roomId: string, seq: number): { entries: ModerationEntry[]; reread: () => void } {
  const [entries, setEntries] = useState<ModerationEntry[]>([]);
  const read = useCallback(async (): Promise<void> => {
    const found = await commands.moderation(roomId);
    names.need(found.flatMap(({ by, user_id }) => [by, user_id]).filter((id): id is string => id !== null));
    setEntries(found);
  }, [roomId]);
  useEffect(() => void read().catch(() => undefined), [read, seq]); // with the next fact it is tried again
  return { entries, reread: () => void read().catch(() => undefined) };
}
