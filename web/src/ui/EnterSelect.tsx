import type { Enter } from "../api/shapes";

/** Who may come in: members only where there is a club. */
export function EnterSelect({ id, value, inClub, choose }: { id: string; value: Enter; inClub: boolean; choose: (enter: Enter) => void }) {
  return (
    <div className="field">
      <label htmlFor={id}>Who may come in?</label>
      <select className="input" id={id} value={value} onChange={(event) => choose(event.target.value as Enter)}>
        <option value="everyone">Everyone</option>
        {inClub && <option value="club">Members of the club</option>}
        <option value="private">Only who is invited</option>
      </select>
    </div>
  );
}
