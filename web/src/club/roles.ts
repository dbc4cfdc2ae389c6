import type { Admission, Club, ClubRole } from "../api/shapes";

const ROLES: Record<ClubRole, string> = { founder: "Founder", admin: "Admin", member: "Member" };
export const roleWords = (role: ClubRole): string => ROLES[role];

export const ADMISSIONS: Record<Admission, { name: string; line: string }> = {
  open: { name: "Anyone may join", line: "One press, and they are in." },
  approval: { name: "Join by asking", line: "An admin lets them in." },
  invitation: { name: "By invitation", line: "Admins pick." },
};

/** What stands on the one button about oneself. */
export type Door = "join" | "ask" | "asked" | "invited" | "in" | "must_hand_over" | "by_invitation" | "banned";

export function doorOf({ role, waiting, banned, admission }: Pick<Club, "role" | "waiting" | "banned" | "admission">): Door {
  if (role === "founder") return "must_hand_over";
  if (role !== null) return "in";
  if (banned) return "banned";
  if (waiting !== null) return waiting;
  return ({ open: "join", approval: "ask", invitation: "by_invitation" } as const)[admission];
}

/** Founder and admins keep the house. */
export const keeps = (role: ClubRole | null): boolean => role === "founder" || role === "admin";

export interface Power {
  remove: boolean;
  makeAdmin: boolean;
  unmakeAdmin: boolean;
  handOver: boolean;
  ban: boolean;
}

/** What `mine` may do about a member of role `theirs`: only about lower ones; admins are made and unmade by the founder. */
export function powerOver(mine: ClubRole | null, theirs: ClubRole): Power {
  const below = mine === "founder" ? theirs !== "founder" : mine === "admin" && theirs === "member";
  const founds = mine === "founder";
  return { remove: below, ban: below, makeAdmin: founds && theirs === "member", unmakeAdmin: founds && theirs === "admin", handOver: founds && theirs !== "founder" };
}
