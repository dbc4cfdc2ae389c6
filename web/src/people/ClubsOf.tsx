import type { ClubOf } from "../api/people";
import { people } from "../house";
import { usePages } from "../kit/usePages";
import { ClubRow, counted } from "../ui/ClubRow";
import { More } from "../ui/More";
import { roleWords } from "../club/roles";

/** The clubs that somebody belongs to, and as what. */
export function ClubsOf({ id, mine }: { id: string; mine: boolean }) {
  const list = usePages(id, (cursor) => people.clubs(id, cursor), ({ club }) => club.id);
  if (!list.value) return <section />;
  return (
    <section aria-labelledby="clubs-of">
      <div className="sec-h">
        <h2 id="clubs-of">Clubs</h2>
      </div>
      {list.value.items.length === 0 && <p className="meta">{mine ? "You are in no club yet." : "In no club yet."}</p>}
      {list.value.items.length > 0 && (
        <ul className="rows">
          {list.value.items.map((one) => (
            <ClubRow key={one.club.id} id={one.club.id} name={one.club.name} meta={standing(one)} />
          ))}
        </ul>
      )}
      <More list={list} what="clubs" />
    </section>
  );
}

/** "Founder · Technology · 12 members". */
export const standing = ({ club, role }: ClubOf): string => [roleWords(role), club.topic, counted(club.member_count, "member")].filter(Boolean).join(" · ");
