import type { Enter } from "../api/shapes";
import { EnterSelect } from "../ui/EnterSelect";

export interface DoorRules {
  enter: Enter;
  /** As typed; empty for no limit. */
  most: string;
  /** As a `datetime-local` input has it; empty for now. */
  at: string;
}

export const OPEN_DOOR: DoorRules = { enter: "everyone", most: "", at: "" };

/** Who may come in, how many, and when the door opens. */
export function DoorChoice({ rules, inClub, change }: { rules: DoorRules; inClub: boolean; change: (rules: DoorRules) => void }) {
  return (
    <>
      <div className="two">
        <EnterSelect id="room-enter" value={rules.enter} inClub={inClub} choose={(enter) => change({ ...rules, enter })} />
        <div className="field">
          <label htmlFor="room-most">How many fit in?</label>
          <input
            className="input"
            id="room-most"
            type="number"
            min={2}
            max={100000}
            placeholder="No limit"
            value={rules.most}
            onChange={(event) => change({ ...rules, most: event.target.value })}
          />
        </div>
      </div>
      <div className="field">
        <label htmlFor="room-at">When does it open?</label>
        <input className="input" id="room-at" type="datetime-local" value={rules.at} onChange={(event) => change({ ...rules, at: event.target.value })} />
        <p className="help">
          <span>{rules.at ? `Your time (${Intl.DateTimeFormat().resolvedOptions().timeZone}). It opens by itself, or when you open it.` : "Leave it empty to open now."}</span>
        </p>
      </div>
    </>
  );
}
