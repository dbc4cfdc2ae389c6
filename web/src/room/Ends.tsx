import { useEffect } from "react";
import { Link } from "react-router";
import { names, visit } from "../house";
import { useNames } from "../people/names";
import { Moment } from "../ui/Moment";
import { timeOfDay } from "../ui/useNow";
import type { Phase } from "./visitState";

const ENDS: Record<string, string> = {
  hostless: "The host didn't come back.",
  no_host: "Its host didn't come.",
  cancelled: "It was called off.",
  operator: "The people who run this place closed the room.",
};

type At<K extends Phase["at"]> = Extract<Phase, { at: K }>;

export function Ended({ id, name, phase }: { id: string; name: string; phase: At<"ended"> }) {
  const who = useName(phase.by);
  const at = phase.time === null ? "" : ` at ${timeOfDay(phase.time)}`;
  const lead = ENDS[phase.reason] ?? (who ? `${who} closed the room${at}.` : "The room is closed.");
  return (
    <Moment id={id} title="That's a wrap">
      <p className="club" style={{ fontSize: "var(--t-sm)", marginBottom: 6 }}>
        {name}
      </p>
      <h1>That's a wrap.</h1>
      <p className="lead">{lead} Nobody can hear you, and your mic is off.</p>
      <Back />
    </Moment>
  );
}

export function Removed({ id, name, phase }: { id: string; name: string; phase: At<"removed"> }) {
  const who = useName(phase.by);
  const lead = phase.words ?? `${who ?? "A moderator"} ${phase.banned ? "banned" : "removed"} you from "${name}".`;
  const title = phase.banned ? "You were banned" : "You were asked to leave";
  return (
    <Moment id={id} title={title}>
      <h1>{title}.</h1>
      <p className="lead">
        {lead}
        {phase.until && ` You can come back at ${timeOfDay(phase.until)}.`}
      </p>
      {phase.why && <p className="lead">They said: {phase.why}</p>}
      <Back />
    </Moment>
  );
}

export function Missing({ id }: { id: string }) {
  useEffect(() => {
    document.title = "Room does not exist"; // after Moment's own title: children's effects run first
  });
  return (
    <Moment id={id} title="">
      <h1>Room does not exist</h1>
      <p className="lead">No such room. The link is wrong, or the door was taken away.</p>
      <Back />
    </Moment>
  );
}

export function Refused({ id, words }: { id: string; words: string }) {
  return (
    <Moment id={id} title="Not this time">
      <h1>Not this time.</h1>
      <p className="lead">{words}</p>
      <p className="howdy-acts">
        <button className="btn btn-pri" onClick={() => visit.enter(id, "press")}>
          Try again
        </button>
        <Link className="btn btn-line" to="/">
          Back to the hallway
        </Link>
      </p>
    </Moment>
  );
}

function Back() {
  return (
    <p className="howdy-acts">
      <Link className="btn btn-pri" to="/">
        Back to the hallway
      </Link>
    </p>
  );
}

function useName(id: string | null): string | null {
  const name = useNames(names);
  useEffect(() => {
    if (id) names.need([id]);
  }, [id]);
  return id && name(id);
}
