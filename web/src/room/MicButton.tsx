import { useMemo, useState } from "react";
import { engine, lamplight } from "../house";
import { useStore } from "../kit/store";
import type { MicrophoneState } from "../audio/microphone";
import { Icon } from "../ui/Icon";
import { pressMicrophone } from "./act";
import { MicHelp } from "./MicHelp";
import { useRoom } from "./useRoom";

interface Face {
  className: string;
  icon: string;
  words: string;
  hint?: string;
}

/** One's own microphone: on the stage it is always there, and always says what it is. */
export function MicButton({ openSound }: { openSound: () => void }) {
  const { room, me, mine, name, lost } = useRoom();
  const state = useStore(engine.microphone.state);
  const [help, setHelp] = useState(false);
  const light = useMemo(() => lamplight.attach(me), [me]);
  const mutedBy = mine?.muted ? (room.muted_by[me] ? firstName(name(room.muted_by[me])) : "a moderator") : null;
  const face = lost ? OFF : faceOf(state, mutedBy);
  const press = (): void => {
    if (lost) return;
    if (state in TROUBLE) return setHelp(true);
    void pressMicrophone(room.id, mutedBy !== null);
  };
  return (
    <>
      {help && state in TROUBLE && <MicHelp state={state} close={() => setHelp(false)} openSound={openSound} />}
      <button
        ref={light}
        className={`mic ${face.className}`}
        aria-pressed={state === "live"}
        aria-disabled={lost}
        aria-keyshortcuts="M"
        onClick={press}
      >
        <Icon name={face.icon} />
        <span>{face.words}</span>
        {face.hint && <span className="vh">. {face.hint}</span>}
      </button>
      {state === "asking" ? (
        <span className="hint">Allow the microphone in the box your browser shows.</span>
      ) : (
        <span className="hint only-m">
          {state === "live" ? (
            <>
              <kbd>M</kbd>mute
            </>
          ) : (
            state === "muted" && (
              <>
                <span>Hold</span>
                <kbd>Space</kbd>
                <span>to talk</span>
              </>
            )
          )}
        </span>
      )}
    </>
  );
}

const firstName = (name: string): string => name.split(" ")[0] ?? name;

const OFF: Face = { className: "locked", icon: "micoff", words: "Mic is off" };

const TROUBLE: Partial<Record<MicrophoneState, Face>> = {
  blocked: { className: "blocked solid", icon: "micblock", words: "Mic blocked", hint: "How to allow it" },
  missing: { className: "blocked", icon: "micx", words: "No mic found", hint: "What to do" },
  busy: { className: "blocked solid", icon: "micblock", words: "Mic in use", hint: "What to do" },
  insecure: { className: "blocked solid", icon: "micblock", words: "Mic needs a safe address", hint: "What to do" },
};

function faceOf(state: MicrophoneState, mutedBy: string | null): Face {
  const trouble = TROUBLE[state];
  if (trouble) return trouble;
  if (mutedBy !== null) return { className: "muted by-mod", icon: "micoff", words: `Muted by ${mutedBy}`, hint: "Press to unmute" };
  if (state === "live") return { className: "live", icon: "mic", words: "You're live", hint: "Press to mute" };
  return { className: "muted", icon: "micoff", words: "Muted", hint: "Press to unmute" };
}
