import { useEffect, useState } from "react";
import { Link } from "react-router";
import type { Club } from "../api/shapes";
import { clubs } from "../house";
import { asSeenBy, useViewer } from "../identity/useViewer";
import { usePages } from "../kit/usePages";
import { ClubRow, counted } from "../ui/ClubRow";
import { Icon } from "../ui/Icon";
import { More } from "../ui/More";
import { Awaited, Page } from "../ui/Page";
import { ADMISSIONS, roleWords } from "./roles";

const PAUSE_MS = 200;

/** `/clubs`: all of them, or those that one searches for. */
export function ClubsPage() {
  const viewer = useViewer();
  const [typed, type] = useState("");
  const q = useSettled(typed.trim());
  const list = usePages(asSeenBy(viewer, q), (cursor) => clubs.search(q, cursor), ({ id }) => id);
  return (
    <Page title="Clubs" className="narrow">
      <div className="heading">
        <h1>Clubs</h1>
        <Link className="btn btn-pri" to="/clubs/new">
          <Icon name="plus" />
          Found a club
        </Link>
      </div>
      <div className="search wide" role="search">
        <Icon name="search" />
        <input type="search" aria-label="Search clubs" placeholder="Search clubs" value={typed} onChange={(event) => type(event.target.value)} />
      </div>
      <h2 className="vh">{q === "" ? "All clubs" : "Found"}</h2>
      {!list.value && <Awaited {...list} />}
      {list.value?.items.length === 0 && <Nothing q={q} />}
      {list.value && list.value.items.length > 0 && (
        <ul className="rows">
          {list.value.items.map((club) => (
            <ClubRow key={club.id} id={club.id} name={club.name} meta={about(club)} />
          ))}
        </ul>
      )}
      <More list={list} what="clubs" />
    </Page>
  );
}

function Nothing({ q }: { q: string }) {
  return (
    <div className="empty">
      <h3>{q === "" ? "No clubs yet." : `Nothing for "${q}".`}</h3>
      <p>{q === "" ? "Yours could be the first." : "Try another name, or found it."}</p>
    </div>
  );
}

const about = (club: Club): string =>
  [club.topic, counted(club.member_count, "member"), club.role ? roleWords(club.role) : club.followed ? "Following" : ADMISSIONS[club.admission].name]
    .filter(Boolean)
    .join(" · ");

/** What one has typed, once one pauses. */
function useSettled(typed: string): string {
  const [settled, settle] = useState(typed);
  useEffect(() => {
    const timer = setTimeout(() => settle(typed), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [typed]);
  return settled;
}
