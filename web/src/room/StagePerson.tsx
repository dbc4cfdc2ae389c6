import { useId, useMemo } from "react";
import { engine, lamplight } from "../house";
import type { Participant } from "../api/shapes";
import { useStore } from "../kit/store";
import { Avatar } from "../ui/Avatar";
import { Icon } from "../ui/Icon";
import { micLook, ROLE_ICON, ROLE_WORDS } from "./micLook";
import type { Presence } from "./socket";
import { useRoom } from "./useRoom";
import { SIGNS } from "./visitState";

export function StagePerson({ person }: { person: Participant }) {
  const { me, name, state, talking, lost, pick, picked } = useRoom();
  const isMe = person.user_id === me;
  const presence = usePresence(person.user_id, isMe);
  const talks = talking.has(person.user_id) && !lost;
  const look = micLook(person, presence, talks);
  const light = useMemo(() => lamplight.attach(person.user_id), [person.user_id]);
  const away = lost || look.badge === "b-lost" || (isMe && state.sound !== "up" && state.sound !== "connecting");
  const icon = ROLE_ICON[person.role];
  const said = useId(); // how the microphone is describes a person, it does not name them
  return (
    <li>
      <button
        ref={light}
        className={`person${talks ? " talk" : ""}${away ? " away" : ""}`}
        data-user-id={person.user_id}
        data-role={person.role}
        data-muted={person.muted}
        aria-label={`${name(person.user_id)}${isMe ? ", you" : ""}, ${ROLE_WORDS[person.role]}${talks ? ", speaking" : ""}`}
        aria-describedby={said}
        aria-haspopup="dialog"
        aria-expanded={picked === person.user_id}
        onClick={() => pick(person.user_id)}
      >
        <span className="frame">
          <Avatar id={person.user_id} name={name(person.user_id)} />
          <span className={`badge ${look.badge}`} aria-hidden="true">
            {look.icon ? <Icon name={look.icon} /> : <Bars />}
          </span>
        </span>
        <span>
          <span className="nm">
            {name(person.user_id)} {isMe && <span className="you">You</span>}
          </span>
          <span className="rl">
            {look.label === null && icon && <Icon name={icon} size="s" />}
            {look.label ?? ROLE_WORDS[person.role]}
          </span>
          <span className="vh" id={said}>
            {look.said}
          </span>
        </span>
      </button>
    </li>
  );
}

/** One's own state is known here before the room hears of it. */
function usePresence(userId: string, isMe: boolean): Presence | undefined {
  const { state } = useRoom();
  const mic = useStore(engine.microphone.state);
  return isMe ? { user_id: userId, line: "here", microphone: SIGNS[mic] } : state.presence.get(userId);
}

export function Bars() {
  return (
    <span className="bars" aria-hidden="true">
      <i />
      <i />
      <i />
    </span>
  );
}
