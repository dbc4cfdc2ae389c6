import { useEffect, useRef } from "react";
import { engine } from "../house";
import { pressMicrophone } from "./act";
import { toggleHand } from "./HandButton";
import { onStage } from "./room";
import { useRoom, type InRoom } from "./useRoom";

/** M mutes, H raises the hand, Shift+L leaves, Space held down talks (ui.md, section 7). */
export function useKeys(): void {
  const inRoom = useRoom();
  const now = useRef(inRoom);
  now.current = inRoom;
  useEffect(() => {
    let talking = false;
    const stop = (): void => {
      if (talking) engine.microphone.mute();
      talking = false;
    };
    const down = (event: KeyboardEvent): void => {
      if (event.repeat || event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
      if (event.key === " " && onNothing(event.target) && mayTalk(now.current)) {
        event.preventDefault();
        talking = true;
        void engine.microphone.unmute();
      } else press(event, now.current);
    };
    const up = (event: KeyboardEvent): void => {
      if (event.key === " ") stop();
    };
    document.addEventListener("keydown", down);
    document.addEventListener("keyup", up);
    window.addEventListener("blur", stop);
    return () => {
      stop();
      document.removeEventListener("keydown", down);
      document.removeEventListener("keyup", up);
      window.removeEventListener("blur", stop);
    };
  }, []);
}

function press(event: KeyboardEvent, { room, me, role, mine, guest }: InRoom): void {
  if (event.key === "L" && event.shiftKey) document.querySelector<HTMLElement>("#dock .leave")?.click();
  const key = event.key.toLowerCase();
  if (key === "m" && role !== null && onStage(role)) void pressMicrophone(room.id, mine?.muted ?? false);
  if (key === "h" && role === "AUDIENCE" && !guest && room.policy.speak === "hand") void toggleHand(room, me);
}

/** Push to talk needs a captured microphone that nobody else shut. */
const mayTalk = ({ mine, role, lost }: InRoom): boolean =>
  role !== null && onStage(role) && !mine?.muted && !lost && engine.microphone.state.get() === "muted";

const typing = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && target.matches("input, textarea, select, [contenteditable]");

/** No control has the focus: a heading may, after a route change. */
const onNothing = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && target.matches("body, main, h1, h2, #dock");
