import { session } from "../house";
import { useStore } from "../kit/store";
import type { Identity } from "./session";

/** Somebody with an account; guests have none. */
export type SignedIn = Extract<Identity, { is: "somebody" }>["user"];

/** Who looks: an account, null for anybody else, undefined while it is still unknown. */
export function useViewer(): SignedIn | null | undefined {
  const identity = useStore(session.identity);
  if (identity.is === "unknown") return undefined;
  return identity.is === "somebody" && identity.way !== "guest" ? identity.user : null;
}

/** What a page is about, for whoever looks; null while that is unknown, so that it is asked once. */
export function asSeenBy(viewer: SignedIn | null | undefined, about: string): string | null {
  return viewer === undefined ? null : `${about} ${viewer?.id ?? ""}`;
}
