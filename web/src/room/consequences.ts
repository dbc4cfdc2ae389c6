import type { AnyTold } from "./facts";
import { moderates, onStage, roleOf, type Room } from "./room";

/** What a fact means for the one who sits here, beyond the picture of the room. Pure: the visit carries it out. */
export type Consequence =
  /** `{who}` in the words is a person's name. */
  | { do: "tell"; icon: string; words: string; who: string | null; urgent: boolean }
  /** Has a name of their own now. */
  | { do: "named"; who: string }
  | { do: "mute" }
  | { do: "leave_stage" }
  /** The seat ran out while one was away: take another. */
  | { do: "sit_again" }
  /** Left from elsewhere, with the same account. */
  | { do: "left" }
  | { do: "removed"; by: string; until: string | null; banned: boolean; why: string | null }
  | { do: "ended"; reason: string; by: string | null; time: string };

/** `before` is the room as it was when the fact came. */
export function consequences(before: Room, fact: AnyTold, me: string): Consequence[] {
  switch (fact.type) {
    case "room.participant_muted.v1":
      if (fact.data.user_id !== me) return [];
      return [{ do: "mute" }, tell("micoff", "{who} muted you. Unmute when you're ready.", fact.data.by, true)];
    case "room.role_changed.v1":
      return fact.data.user_id === me ? roleChanged(before, fact.data, me) : [];
    case "room.host_transferred.v1":
      return fact.data.to_id === me ? [tell("key", "You hold the keys now.", null, true)] : [];
    case "room.hand_raised.v1":
      if (!moderates(roleOf(before, me)) || fact.data.user_id === me) return [];
      return [tell("hand", "{who} raised a hand", fact.data.user_id, false)];
    case "room.hand_lowered.v1":
      if (fact.data.user_id !== me || fact.data.by === me) return [];
      return [tell("hand", "{who} lowered your hand. You can raise it again.", fact.data.by, false)];
    case "room.invitation_withdrawn.v1":
      if (fact.data.user_id !== me) return [];
      return [tell("hand", "That invitation ran out. Raise your hand again.", null, false)];
    case "room.guest_registered.v1":
      return [{ do: "named", who: fact.data.user_id }];
    case "room.participant_left.v1":
      return fact.data.user_id === me ? seatGone(fact.data.reason) : [];
    case "room.participant_removed.v1":
      return fact.data.user_id === me ? [sentAway(fact.data, fact.data.until)] : [];
    case "room.participant_banned.v1":
      return fact.data.user_id === me ? [sentAway(fact.data, null)] : [];
    case "room.blocked_on_stage.v1":
      return [tell("shield", "{who} shares the stage with somebody, and one of the two has blocked the other.", fact.data.user_id, true)];
    case "room.ended.v1":
      return [{ do: "ended", reason: fact.data.reason, by: fact.data.by, time: fact.time }];
    default:
      return [];
  }
}

const sentAway = ({ by, why }: { by: string; why?: string | null }, until: string | null): Consequence => ({ do: "removed", by, until, banned: until === null, why: why ?? null });

/** Removed, banned or ended: another fact says it better. */
function seatGone(reason: string): Consequence[] {
  if (reason === "lost") return [{ do: "sit_again" }];
  return reason === "left" ? [{ do: "left" }] : [];
}

function roleChanged(before: Room, change: { role: string; reason: string; by: string | null }, me: string): Consequence[] {
  const was = roleOf(before, me);
  if (change.role === "AUDIENCE") {
    const moved = change.by !== null && change.by !== me;
    const said = tell("toaud", "{who} moved you to the audience. You can still listen.", change.by, true);
    return [{ do: "leave_stage" }, ...(moved ? [said] : [])];
  }
  if (change.role === "MODERATOR") return [tell("shield", "You're a moderator now.", null, false)];
  if (change.role === "SPEAKER" && was !== null && onStage(was)) return [tell("mic", "You're a speaker now.", null, false)];
  return [];
}

function tell(icon: string, words: string, who: string | null, urgent: boolean): Consequence {
  return { do: "tell", icon, words, who, urgent };
}
