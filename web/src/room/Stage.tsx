import { engine } from "../house";
import { useStore } from "../kit/store";
import { vars } from "../ui/css";
import { Icon } from "../ui/Icon";
import { Bars, StagePerson } from "./StagePerson";
import { useRoom } from "./useRoom";

const PER_ROW = 6;

export function Stage() {
  const { room } = useRoom();
  const held = useStore(engine.held);
  return (
    <section className="stage" aria-labelledby="stage-heading">
      <div className="stage-h">
        <h2 id="stage-heading" tabIndex={-1}>
          On stage <span>{room.panel.length}</span>
        </h2>
        {!held && <Talking />}
      </div>
      {held && <Unlock />}
      <ul className="people" style={vars({ "--cols": columns(room.panel.length) })}>
        {room.panel.map((person) => (
          <StagePerson key={person.user_id} person={person} />
        ))}
      </ul>
    </section>
  );
}

function Talking() {
  const { state, room, talking, name, me, lost } = useRoom();
  const quiet = { color: "var(--stage-ink-2)" };
  if (lost)
    return (
      <span className="talkline" style={quiet}>
        <Icon name="sig0" size="s" />
        Sound is paused
      </span>
    );
  if (state.sound !== "up") return <span className="talkline" style={quiet}>Stepping in.</span>;
  const people = room.panel.filter((person) => talking.has(person.user_id)).map((person) => (person.user_id === me ? "You" : name(person.user_id)));
  if (people.length === 0) return <span className="talkline" style={quiet}>Quiet for now</span>;
  return (
    <span className="talkline">
      <Bars />
      {talkingWords(people)}
    </span>
  );
}

/** The browser refused to play without a press: the strip takes the place of the talking line. */
function Unlock() {
  return (
    <div className="unlock" onClick={() => engine.unlock()}>
      <p>
        <b>Your browser is holding the sound.</b>You're in. Nobody can hear you.
      </p>
      <button className="btn btn-pri">
        <Icon name="sound" />
        Start audio
      </button>
    </div>
  );
}

export function talkingWords(people: readonly string[]): string {
  const [a, b, ...more] = people;
  if (a === undefined) return "Quiet for now";
  if (b === undefined) return a === "You" ? "You're talking" : `${a} is talking`;
  return more.length === 0 ? `${a} and ${b}` : `${a}, ${b} and ${more.length} more`;
}

const columns = (people: number): number => Math.max(1, Math.ceil(people / Math.max(1, Math.ceil(people / PER_ROW))));
