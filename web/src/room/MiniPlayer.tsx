import { Link, useLocation } from "react-router";
import { engine, lamplight, names, session, visit } from "../house";
import { useStore } from "../kit/store";
import { useNames } from "../people/names";
import { hue } from "../ui/art";
import { Door } from "../ui/Door";
import { Icon } from "../ui/Icon";
import { pressMicrophone } from "./act";
import { toggleHand } from "./HandButton";
import { find, hasHandUp, onStage, type Room } from "./room";
import { Bars } from "./StagePerson";
import { talkingWords } from "./Stage";

/** You are still in a room: who talks, one's own one button, and the way out. Hidden on the room's own page. */
export function MiniPlayer() {
  const { room, me, phase, sound } = useStore(visit.state);
  const talking = useStore(lamplight.talking);
  const name = useNames(names);
  const path = useLocation().pathname;
  if (phase.at !== "inside" || !room || !me || path === `/room/${room.id}`) return null;
  const people = room.panel.filter((person) => talking.has(person.user_id)).map((person) => (person.user_id === me ? "You" : name(person.user_id)));
  return (
    <section className="mini" aria-label="Room you are in">
      <Door h={hue(room.club_id ?? room.id)} listening={room.panel.length + room.audience_count} />
      <Link className="txt" to={`/room/${room.id}`}>
        <strong>{room.name}</strong>
        <span className={people.length > 0 ? undefined : "quiet"}>
          {people.length > 0 && <Bars />}
          {sound === "calling_back" ? "Line dropped. Calling back." : talkingWords(people)}
          <span className="vh">. Back to the room</span>
        </span>
      </Link>
      <Own room={room} me={me} />
      <button className="btn" aria-label="Leave quietly" onClick={() => visit.leave()}>
        <Icon name="leave" />
        <span>Leave quietly</span>
      </button>
    </section>
  );
}

function Own({ room, me }: { room: Room; me: string }) {
  const mic = useStore(engine.microphone.state);
  const identity = useStore(session.identity);
  const guest = identity.is === "somebody" && identity.way === "guest";
  const mine = find(room, me);
  if (mine && onStage(mine.role))
    return (
      <button className="icon-btn" aria-label={mic === "live" ? "Mute" : "Unmute"} onClick={() => void pressMicrophone(room.id, mine.muted)}>
        <Icon name={mic === "live" ? "mic" : "micoff"} />
      </button>
    );
  if (guest || room.policy.speak !== "hand") return null;
  const up = hasHandUp(room, me);
  return (
    <button className="icon-btn" aria-label={up ? "Lower hand" : "Raise hand"} aria-pressed={up} onClick={() => void toggleHand(room, me)}>
      <Icon name="hand" />
    </button>
  );
}
