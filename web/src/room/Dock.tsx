import { useState } from "react";
import { commands } from "../house";
import { Icon } from "../ui/Icon";
import { act } from "./act";
import { HandButton } from "./HandButton";
import { Leave } from "./Leave";
import { MicButton } from "./MicButton";
import { onStage } from "./room";
import { SoundPanel } from "./SoundPanel";
import { useRoom } from "./useRoom";

/** The only place to act on yourself. */
export function Dock() {
  const { role, room, me } = useRoom();
  const [sound, setSound] = useState(false);
  const staged = role !== null && onStage(role);
  return (
    <>
      {sound && <SoundPanel close={() => setSound(false)} />}
      <footer className="dock" id="dock" tabIndex={-1} aria-label="Your controls">
        <div className="wrap">
          <div className="l">
            <Leave />
          </div>
          <div className="mid">{staged ? <MicButton openSound={() => setSound(true)} /> : <HandButton />}</div>
          <div className="r">
            {role === "HOST" && <EndRoom roomId={room.id} />}
            {staged && role !== "HOST" && (
              <button className="tool" onClick={() => void act(() => commands.changeRole(room.id, me, "AUDIENCE"))}>
                <Icon name="toaud" />
                Step down
              </button>
            )}
            {!staged && (
              <a className="tool" href="#why">
                <Icon name="info" />
                Can't speak?
              </a>
            )}
            <button
              className={staged ? "tool" : "tool only-m"}
              aria-haspopup="dialog"
              aria-expanded={sound}
              onClick={() => setSound(!sound)}
            >
              <Icon name="sound" />
              Sound
            </button>
          </div>
        </div>
      </footer>
    </>
  );
}

/** Asks once, in its own place. */
function EndRoom({ roomId }: { roomId: string }) {
  const [asked, setAsked] = useState(false);
  const press = (): void => {
    if (!asked) return setAsked(true);
    void act(() => commands.end(roomId));
    setAsked(false);
  };
  return (
    <button className="tool" onClick={press} onBlur={() => setAsked(false)}>
      <Icon name="home" />
      {asked ? "End for all?" : "End room"}
    </button>
  );
}
