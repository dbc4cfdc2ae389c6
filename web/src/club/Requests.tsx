import type { ClubWaiting } from "../api/clubs";
import { clubs } from "../house";
import { without } from "../kit/pages";
import { useDoing } from "../kit/useDoing";
import { usePages } from "../kit/usePages";
import { Button } from "../ui/Button";
import { Complaint } from "../ui/Complaint";
import { More } from "../ui/More";
import { PersonRow } from "../ui/PersonRow";
import { day } from "../ui/times";
import type { ClubParts } from "./ClubPage";

/** Who asks to come in; nothing while nobody does. */
export function Requests({ club, again }: ClubParts) {
  const list = usePages(`${club.id} asked`, (cursor) => clubs.waiting(club.id, "asked", cursor), ({ user_id }) => user_id);
  const { value, set } = list;
  if (!value || value.items.length === 0) return null;
  const answered = (one: ClubWaiting): void => {
    set(without(value, ({ user_id }) => user_id === one.user_id));
    again();
  };
  return (
    <section className="sec" aria-labelledby="club-requests">
      <div className="sec-h">
        <h2 id="club-requests">Asking to come in</h2>
      </div>
      <ul className="follow">
        {value.items.map((one) => (
          <Request key={one.user_id} clubId={club.id} one={one} answered={() => answered(one)} />
        ))}
      </ul>
      <More list={list} what="requests" />
    </section>
  );
}

function Request({ clubId, one, answered }: { clubId: string; one: ClubWaiting; answered: () => void }) {
  const { busy, complaint, run } = useDoing();
  const answer = (word: "accepted" | "declined") => (): void => void run(() => clubs.answer(clubId, one.user_id, word)).then((done) => done && answered());
  return (
    <PersonRow id={one.user_id} name={one.name} username={one.username} meta={`Asked ${day(one.since)}`} below={complaint && <Complaint words={complaint} />}>
      <Button size="sm" look="pri" busy={busy} label={`Let in ${one.name}`} press={answer("accepted")}>
        Let in
      </Button>
      <Button size="sm" look="ghost" label={`Decline ${one.name}`} press={answer("declined")}>
        Decline
      </Button>
    </PersonRow>
  );
}
