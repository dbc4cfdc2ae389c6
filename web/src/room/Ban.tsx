import { useState, type FormEvent } from "react";
import { clubs, commands } from "../house";
import { keeps } from "../club/roles";
import { useAnswer } from "../kit/useAnswer";
import { act } from "./act";
import { Act } from "./SheetAct";
import { useRoom } from "./useRoom";

/** Asks once, in its own place, and for a reason that the person will read. */
export function Ban({ userId, close }: { userId: string; close: () => void }) {
  const [asked, ask] = useState(false);
  if (asked) return <BanForm userId={userId} close={close} />;
  return <Act bad icon="x" name="Ban from room" line="May not come back, until a moderator lifts it." onPress={() => ask(true)} />;
}

function BanForm({ userId, close }: { userId: string; close: () => void }) {
  const { room } = useRoom();
  const [why, setWhy] = useState("");
  const [everywhere, setEverywhere] = useState(false);
  const club = useAnswer(room.club_id, () => clubs.one(room.club_id ?? "")).value;
  const ban = async (): Promise<void> => {
    await commands.ban(room.id, userId, why.trim());
    if (everywhere && club) await clubs.ban(club.id, userId, true);
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    void act(ban).then((done) => done && close());
  };
  return (
    <form className="ban" onSubmit={submit}>
      <label htmlFor="ban-why">Why? They will read it.</label>
      <input className="input" id="ban-why" value={why} maxLength={200} autoFocus onChange={(event) => setWhy(event.target.value)} />
      {club && keeps(club.role) && (
        <fieldset className="opts">
          <legend>From where?</legend>
          <Where checked={!everywhere} choose={() => setEverywhere(false)} words="This room" />
          <Where checked={everywhere} choose={() => setEverywhere(true)} words={`All of ${club.name}, and its rooms`} />
        </fieldset>
      )}
      <button className="btn btn-danger btn-sm" type="submit">
        Ban them
      </button>
    </form>
  );
}

function Where({ checked, choose, words }: { checked: boolean; choose: () => void; words: string }) {
  return (
    <label className="opt">
      <input type="radio" name="ban-where" checked={checked} onChange={choose} />
      {words}
    </label>
  );
}
