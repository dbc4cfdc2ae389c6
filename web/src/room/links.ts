import { inThisTab } from "../kit/remembered";

/** The link through which this tab came to a private room. */
export const linkTo = (roomId: string): ReturnType<typeof inThisTab> => inThisTab(`link ${roomId}`);

/** A link is in the fragment: that part of an address never reaches a server, nor its log. */
export function linkIn(hash: string): string | null {
  return new URLSearchParams(hash.replace(/^#/, "")).get("link");
}

export const addressOf = (roomId: string, link: string): string => `${location.origin}/room/${roomId}#link=${link}`;
