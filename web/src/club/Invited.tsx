import { useState, type FormEvent } from "react";
import { Problem } from "../api/problem";
import type { ClubWaiting } from "../api/clubs";
import { clubs, people } from "../house";
import { without } from "../kit/pages";
import { useDoing } from "../kit/useDoing";
import { usePages } from "../kit/usePages";
import { Button } from "../ui/Button";
import { Complaint } from "../ui/Complaint";
import { Field } from "../ui/Field";
import { More } from "../ui/More";
import { PersonRow } from "../ui/PersonRow";
import { day } from "../ui/times";
import { Said, Section } from "../ui/Section";
import type { ClubParts } from "./ClubPage";

/** Asking people in, by username; and those who have not answered yet. */
export function Invited({ club, again }: ClubParts) {
  const list = usePages(`${club.id} invited`, (cursor) => clubs.waiting(club.id, "invited", cursor), ({ user_id }) => user_id);
  const { value, set } = list;
  const changed = (): void => {
    list.again();
    again();
  };
  return (
    <Section title="Invite people">
      <Invite clubId={club.id} done={changed} />
      <ul className="follow">
        {value?.items.map((one) => (
          <Row key={one.user_id} clubId={club.id} one={one} withdrawn={() => set(without(value, ({ user_id }) => user_id === one.user_id))} />
        ))}
      </ul>
      <More list={list} what="invitations" />
    </Section>
  );
}

function Invite({ clubId, done }: { clubId: string; done: () => void }) {
  const [username, setUsername] = useState("");
  const [said, say] = useState<string | null>(null);
  const { busy, complaint, run } = useDoing();
  const invite = async (): Promise<void> => {
    const name = username.trim().replace(/^@/, "");
    const person = await people.named(name);
    if (!person) throw new Problem(404, "user_unknown", `Nobody has the username "${name}".`);
    await clubs.invite(clubId, person.id, true);
    setUsername("");
    say(`${person.name} is invited.`);
    done();
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    say(null);
    void run(invite);
  };
  return (
    <form className="stacked" onSubmit={submit}>
      <Field label="Username" value={username} change={setUsername} complaint={complaint} />
      <div className="acts">
        <Button look="pri" busy={busy}>
          Invite
        </Button>
        <Said words={said} />
      </div>
    </form>
  );
}

function Row({ clubId, one, withdrawn }: { clubId: string; one: ClubWaiting; withdrawn: () => void }) {
  const { busy, complaint, run } = useDoing();
  const press = (): void => void run(() => clubs.invite(clubId, one.user_id, false)).then((done) => done && withdrawn());
  return (
    <PersonRow id={one.user_id} name={one.name} username={one.username} meta={`Invited ${day(one.since)}`} below={complaint && <Complaint words={complaint} />}>
      <Button size="sm" busy={busy} label={`Withdraw ${one.name}'s invitation`} press={press}>
        Withdraw
      </Button>
    </PersonRow>
  );
}
