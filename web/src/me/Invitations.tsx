import { useEffect } from "react";
import type { ClubInvitation } from "../api/account";
import { account, clubs, names } from "../house";
import { without } from "../kit/pages";
import { useDoing } from "../kit/useDoing";
import { usePages } from "../kit/usePages";
import { useNames } from "../people/names";
import { Button } from "../ui/Button";
import { ClubRow, counted } from "../ui/ClubRow";
import { Complaint } from "../ui/Complaint";
import { More } from "../ui/More";
import { Section } from "../ui/Section";

/** Clubs that ask one in; nothing while there are none. */
export function Invitations() {
  const list = usePages("invitations", (cursor) => account.invitations(cursor), ({ club }) => club.id);
  const { value, set } = list;
  useEffect(() => names.need(value?.items.flatMap(({ by }) => by ?? []) ?? []), [value]);
  if (!value || value.items.length === 0) return null;
  return (
    <Section title="You're invited">
      <ul className="rows flat">
        {value.items.map((one) => (
          <Row key={one.club.id} one={one} answered={() => set(without(value, ({ club }) => club.id === one.club.id))} />
        ))}
      </ul>
      <More list={list} what="invitations" />
    </Section>
  );
}

function Row({ one, answered }: { one: ClubInvitation; answered: () => void }) {
  const { busy, complaint, run } = useDoing();
  const name = useNames(names);
  const answer = (command: () => Promise<unknown>) => (): void => void run(command).then((done) => done && answered());
  const { id, member_count } = one.club;
  return (
    <ClubRow id={id} name={one.club.name} meta={`${one.by ? `${name(one.by)} asks you in · ` : ""}${counted(member_count, "member")}`}>
      <Button size="sm" look="pri" busy={busy} label={`Join ${one.club.name}`} press={answer(() => clubs.join(id))}>
        Join
      </Button>
      <Button size="sm" look="ghost" label={`Decline ${one.club.name}`} press={answer(() => clubs.leave(id))}>
        Decline
      </Button>
      <Complaint words={complaint} />
    </ClubRow>
  );
}
