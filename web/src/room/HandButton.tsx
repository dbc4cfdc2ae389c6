import { Link } from "react-router";
import { commands, toasts } from "../house";
import { Icon } from "../ui/Icon";
import { act, stepUp } from "./act";
import { ordinal } from "./ordinal";
import { placeInLine, type Room } from "./room";
import { useRoom } from "./useRoom";

/** A listener's one next step towards the stage. */
export function HandButton() {
  const { room, me, guest } = useRoom();
  if (guest)
    return (
      <Link className="btn btn-lg btn-pri" to={`/sign-in?to=/room/${room.id}`}>
        Sign in to speak
      </Link>
    );
  if (room.policy.speak === "open")
    return (
      <button className="btn btn-lg btn-pri" onClick={() => stepUp(room.id, me)}>
        <Icon name="toup" size="l" />
        Step up
      </button>
    );
  if (room.policy.speak === "invite") return <Closed icon="mail" words="Invite only" why="The host invites people to the stage." />;
  if (!room.policy.hands_open) return <Closed icon="hand" words="Hands are closed for now." why="A moderator opens them again." />;
  return <Hand />;
}

function Hand() {
  const { room, me } = useRoom();
  const place = placeInLine(room, me);
  return (
    <button
      className="btn btn-lg btn-hand"
      aria-pressed={place !== null}
      aria-keyshortcuts="H"
      onClick={() => void toggleHand(room, me)}
    >
      <Icon name="hand" size="l" />
      {place === null ? (
        "Raise hand"
      ) : (
        <span>
          Hand up, {ordinal(place)} in line<span className="vh">. Lower hand</span>
        </span>
      )}
    </button>
  );
}

export async function toggleHand(room: Room, me: string): Promise<void> {
  const up = placeInLine(room, me) !== null;
  const done = await act(() => (up ? commands.lowerHand(room.id) : commands.raiseHand(room.id)));
  if (done) toasts.announce(up ? "Hand lowered." : "Raised.");
}

/** Keeps its focus and says why. */
function Closed({ icon, words, why }: { icon: string; words: string; why: string }) {
  return (
    <button className="btn btn-lg" aria-disabled="true" title={why} onClick={() => toasts.refuse(why)}>
      <Icon name={icon} size="l" />
      {words}
    </button>
  );
}
