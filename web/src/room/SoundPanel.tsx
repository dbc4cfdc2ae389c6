import { useEffect, useState } from "react";
import { engine } from "../house";
import { useStore } from "../kit/store";
import { Popover } from "../ui/Popover";

/** The choice of the microphone. Devices have names only once the browser was allowed to open one. */
export function SoundPanel({ close }: { close: () => void }) {
  const state = useStore(engine.microphone.state);
  const devices = useMicrophones(state);
  const [chosen, setChosen] = useState(engine.microphone.chosen.get() ?? "");
  const choose = (deviceId: string): void => {
    setChosen(deviceId);
    void engine.microphone.choose(deviceId);
  };
  return (
    <Popover title="Sound" close={close}>
      <div className="field">
        <label htmlFor="microphone">Microphone</label>
        <select className="input" id="microphone" value={chosen} onChange={(event) => choose(event.target.value)}>
          <option value="">System default</option>
          {devices.map((device, n) => (
            <option key={device.deviceId} value={device.deviceId}>
              {device.label || `Microphone ${n + 1}`}
            </option>
          ))}
        </select>
        <p className="help">{WORDS[state] ?? "Your microphone is asked for when you step up."}</p>
      </div>
    </Popover>
  );
}

function useMicrophones(state: string): MediaDeviceInfo[] {
  const [devices, setDevices] = useState<MediaDeviceInfo[]>([]);
  useEffect(() => {
    const media: MediaDevices | undefined = navigator.mediaDevices; // missing on plain http beyond localhost
    const look = (): void => {
      void media?.enumerateDevices().then((all) => setDevices(all.filter(isChoice)));
    };
    look();
    media?.addEventListener("devicechange", look);
    return () => media?.removeEventListener("devicechange", look);
  }, [state]);
  return devices;
}

const isChoice = ({ kind, deviceId }: MediaDeviceInfo): boolean => kind === "audioinput" && deviceId !== "" && deviceId !== "default";

const WORDS: Record<string, string> = {
  live: "Looking good. We can hear you.",
  muted: "Ready, and muted.",
  asking: "Allow the microphone in the box your browser shows.",
  missing: "No mic found. Plug one in, or choose another.",
  blocked: "Your browser said no. Click the icon beside the address and allow the microphone.",
  busy: "Another app is holding your microphone. Close it, then choose it again.",
};
