import type { User } from "../api/shapes";
import { account, people } from "../house";
import { without } from "../kit/pages";
import { useDoing } from "../kit/useDoing";
import { usePages } from "../kit/usePages";
import { Button } from "../ui/Button";
import { Complaint } from "../ui/Complaint";
import { More } from "../ui/More";
import { Awaited } from "../ui/Page";
import { PersonRow } from "../ui/PersonRow";
import { Section } from "../ui/Section";

/** Whom one has blocked; nobody else is told. */
export function Blocked() {
  const list = usePages("blocked", (cursor) => account.blocked(cursor), ({ id }) => id);
  const { value, set } = list;
  return (
    <Section title="Blocked people">
      {!value && <Awaited {...list} />}
      {value?.items.length === 0 && <p className="meta">Nobody. You can block somebody on their page.</p>}
      <ul className="follow">
        {value?.items.map((one) => (
          <Row key={one.id} one={one} unblocked={() => set(without(value, ({ id }) => id === one.id))} />
        ))}
      </ul>
      <More list={list} what="blocked people" />
    </Section>
  );
}

function Row({ one, unblocked }: { one: User; unblocked: () => void }) {
  const { busy, complaint, run } = useDoing();
  return (
    <PersonRow {...one} below={complaint && <Complaint words={complaint} />}>
      <Button size="sm" busy={busy} label={`Unblock ${one.name}`} press={() => void run(() => people.block(one.id, false)).then((done) => done && unblocked())}>
        Unblock
      </Button>
    </PersonRow>
  );
}
