import type { Participant, Role } from "../api/shapes";
import type { Presence } from "./socket";

export interface Look {
  badge: string;
  /** null: the moving bars. */
  icon: string | null;
  /** Under the name, instead of the role. */
  label: string | null;
  said: string;
}

/** How someone's microphone looks on the stage: shape, icon and word differ, not only the colour. */
export function micLook(person: Participant, presence: Presence | undefined, talking: boolean): Look {
  if (talking) return { badge: "b-talk", icon: null, label: null, said: "speaking" };
  if (presence?.line === "reconnecting") return { badge: "b-lost", icon: "refresh", label: "Reconnecting", said: "reconnecting" };
  if (person.muted) return { badge: "b-lock", icon: "shield", label: "Muted by mod", said: "muted by a moderator" };
  switch (presence?.microphone) {
    case "blocked":
      return { badge: "b-nomic", icon: "micblock", label: "Mic blocked", said: "microphone blocked by the browser" };
    case "missing":
      return { badge: "b-nodev", icon: "micx", label: "No mic", said: "no microphone found" };
    case "on":
      return { badge: "b-live", icon: "mic", label: null, said: "mic on" };
    default:
      return { badge: "b-mute", icon: "micoff", label: null, said: "muted" };
  }
}

export const ROLE_WORDS: Record<Role, string> = { HOST: "Host", MODERATOR: "Moderator", SPEAKER: "Speaker", AUDIENCE: "Listening" };
export const ROLE_ICON: Partial<Record<Role, string>> = { HOST: "key", MODERATOR: "shield" };
