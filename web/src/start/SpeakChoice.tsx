import type { Speak } from "../api/shapes";
import { Door } from "../ui/Door";

export const SPEAK_CHOICES: readonly { speak: Speak; listening: number | null; name: string; line: string }[] = [
  { speak: "hand", listening: 14, name: "Everyone asks", line: "Hands go up, you invite." },
  { speak: "invite", listening: null, name: "Host invites", line: "No hands. You pick." },
  { speak: "open", listening: 900, name: "Open stage", line: "Anyone can step up." },
];

export function SpeakChoice({ value, choose }: { value: Speak; choose: (speak: Speak) => void }) {
  return (
    <fieldset className="field">
      <legend style={{ marginBottom: 6 }}>Who may speak?</legend>
      <div className="pick three">
        {SPEAK_CHOICES.map(({ speak, listening, name, line }) => (
          <label key={speak}>
            <input type="radio" name="speak" checked={value === speak} onChange={() => choose(speak)} />
            <Door h={152} listening={listening} />
            <b>{name}</b>
            <small>{line}</small>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
