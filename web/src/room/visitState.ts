import { isProblem, words } from "../api/problem";
import { inThisBrowser } from "../kit/remembered";
import type { MicrophoneState } from "../audio/microphone";
import type { Sound } from "./calling";
import type { Consequence } from "./consequences";
import type { Room } from "./room";
import type { MicrophoneSign, Presence } from "./socket";

/** Words for the person who sits here. */
export type Telling = Extract<Consequence, { do: "tell" }>;

export type Phase =
  | { at: "outside" }
  | { at: "stepping_in" }
  | { at: "inside" }
  | { at: "elsewhere" } // another tab or device has this seat
  | { at: "missing" }
  | { at: "refused"; words: string }
  | { at: "ended"; reason: string; by: string | null; time: string | null }
  | { at: "removed"; by: string | null; until: string | null; banned: boolean; why: string | null; words: string | null };

export interface VisitState {
  roomId: string | null;
  phase: Phase;
  me: string | null;
  seat: number | null;
  room: Room | null;
  presence: ReadonlyMap<string, Presence>;
  sound: Sound;
  attempt: number;
  /** Whether facts arrive right now. */
  linked: boolean;
  lostAtMs: number | null;
}

export const OUTSIDE: VisitState = {
  roomId: null,
  phase: { at: "outside" },
  me: null,
  seat: null,
  room: null,
  presence: new Map(),
  sound: "connecting",
  attempt: 0,
  linked: false,
  lostAtMs: null,
};

/** What a refusal of a join means for the page. */
export function phaseOf(error: unknown): Phase {
  if (!isProblem(error)) return { at: "refused", words: words(error) };
  if (error.code === "elsewhere" || error.code === "superseded") return { at: "elsewhere" };
  if (error.status === 404) return { at: "missing" };
  if (error.status === 410) return { at: "ended", reason: "ended", by: null, time: null };
  if (error.code === "removed" || error.code === "banned") return { at: "removed", by: null, until: null, banned: error.code === "banned", why: null, words: error.message };
  return { at: "refused", words: error.message };
}

/** The socket may be a moment behind the command's own answer: the newer picture stays. */
export const newer = (room: Room, before: Room | null): Room => (before && before.id === room.id && before.seq > room.seq ? before : room);

export const say = (icon: string, text: string): Telling => ({ do: "tell", icon, words: text, who: null, urgent: true });

export const SIGNS: Record<MicrophoneState, MicrophoneSign> = {
  off: "off",
  asking: "off",
  muted: "off",
  live: "on",
  blocked: "blocked",
  insecure: "blocked",
  missing: "missing",
  busy: "missing",
};

/** The room whose keys this browser's person last held: a host who comes back may take them back, and the room's picture does not say who it was. */
export const keysHeld = inThisBrowser("keys");
