import type { ClubWaiting } from "../api/clubs";
import { clubs } from "../house";
import { without } from "../kit/pages";
import { useDoing } from "../kit/useDoing";
import { usePages } from "../kit/usePages";
import { Section } from "../ui/Section";
import { Button } from "../ui/Button";
import { Complaint } from "../ui/Complaint";
import { More } from "../ui/More";
import { PersonRow } from "../ui/PersonRow";
import { day } from "../ui/times";
import type { ClubParts } from "./ClubPage";

/** Who may not come in, neither to the club nor into its rooms. */
export function Banned({ club }: ClubParts) {
  const list = usePages(`${club.id} banned`, (cursor) => clubs.bans(club.id, cursor), ({ user_id }) => user_id);
  const { value, set } = list;
  return (
    <Section title="Banned">
      {value?.items.length === 0 && <p className="meta">Nobody.</p>}
      <ul className="follow">
        {value?.items.map((one) => (
          <Row key={one.user_id} clubId={club.id} one={one} lifted={() => set(without(value, ({ user_id }) => user_id === one.user_id))} />
        ))}
      </ul>
      <More list={list} what="bans" />
    </Section>
  );
}

function Row({ clubId, one, lifted }: { clubId: string; one: ClubWaiting; lifted: () => void }) {
  const { busy, complaint, run } = useDoing();
  const press = (): void => void run(() => clubs.ban(clubId, one.user_id, false)).then((done) => done && lifted());
  return (
    <PersonRow id={one.user_id} name={one.name} username={one.username} meta={`Banned ${day(one.since)}`} below={complaint && <Complaint words={complaint} />}>
      <Button size="sm" busy={busy} label={`Lift the ban of ${one.name}`} press={press}>
        Lift the ban
      </Button>
    </PersonRow>
  );
}
