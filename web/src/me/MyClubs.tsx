import { Link } from "react-router";
import { account } from "../house";
import { usePages } from "../kit/usePages";
import { standing } from "../people/ClubsOf";
import { ClubRow } from "../ui/ClubRow";
import { More } from "../ui/More";
import { Awaited } from "../ui/Page";
import { Section } from "../ui/Section";

/** The clubs one belongs to. */
export function MyClubs() {
  const list = usePages("my clubs", (cursor) => account.clubs(cursor), ({ club }) => club.id);
  return (
    <Section title="Your clubs">
      {!list.value && <Awaited {...list} />}
      {list.value?.items.length === 0 && <p className="meta">None yet.</p>}
      {list.value && list.value.items.length > 0 && (
        <ul className="rows flat">
          {list.value.items.map((one) => (
            <ClubRow key={one.club.id} id={one.club.id} name={one.club.name} meta={standing(one)} />
          ))}
        </ul>
      )}
      <More list={list} what="clubs" />
      <div className="acts">
        <Link className="btn btn-sm btn-line" to="/clubs">
          Find a club
        </Link>
        <Link className="btn btn-sm btn-ghost" to="/clubs/new">
          Found a club
        </Link>
      </div>
    </Section>
  );
}
