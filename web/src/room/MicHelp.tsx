import type { MicrophoneState } from "../audio/microphone";
import { engine } from "../house";
import { Popover } from "../ui/Popover";

const HELP: Partial<Record<MicrophoneState, { title: string; words: string; again: boolean }>> = {
  blocked: {
    title: "Mic blocked",
    words: "Your browser said no. Click the icon beside the address, allow the microphone, then press Try again.",
    again: true,
  },
  missing: { title: "No mic found", words: "Plug one in, or choose another one in Sound. Then press Try again.", again: true },
  busy: { title: "Mic in use", words: "Another app is holding your microphone. Close it, then Try again.", again: true },
  insecure: {
    title: "Mic needs a safe address",
    words: "You can listen here. To speak, open Hallway at https or on the computer it runs on.",
    again: false,
  },
};

/** The steps that bring a microphone back, one sentence for each kind of trouble. */
export function MicHelp({ state, close, openSound }: { state: MicrophoneState; close: () => void; openSound: () => void }) {
  const help = HELP[state];
  if (!help) return null;
  const again = (): void => {
    close();
    void engine.microphone.open();
  };
  return (
    <Popover title={help.title} close={close}>
      <p>{help.words}</p>
      <p style={{ display: "flex", gap: 8 }}>
        {help.again && (
          <button className="btn btn-sm btn-pri" onClick={again}>
            Try again
          </button>
        )}
        {state === "missing" && (
          <button className="btn btn-sm btn-line" onClick={openSound}>
            Sound
          </button>
        )}
      </p>
    </Popover>
  );
}
