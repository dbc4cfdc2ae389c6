import { useParams } from "react-router";
import type { Club } from "../api/shapes";
import { clubs } from "../house";
import { asSeenBy, useViewer } from "../identity/useViewer";
import { isProblem } from "../api/problem";
import { useAnswer } from "../kit/useAnswer";
import { NotHere } from "../ui/NotHere";
import { Awaited, Page } from "../ui/Page";
import { About } from "./About";
import { LiveRooms, PastRooms, PlannedRooms } from "./ClubRooms";
import { Masthead } from "./Masthead";
import { Members } from "./Members";
import { Requests } from "./Requests";
import { keeps } from "./roles";

/** What the parts of a club's page share. */
export interface ClubParts {
  club: Club;
  /** The club as it is now, by the answer of a command. */
  changed: (club: Club) => void;
  /** Something changed in it that only asking again tells. */
  again: () => void;
}

/** `/club/{id}`: what it is, who belongs, and its doors. */
export function ClubPage() {
  const { id = "" } = useParams();
  const viewer = useViewer();
  const asked = useAnswer(asSeenBy(viewer, id), () => clubs.one(id));
  if (isProblem(asked.refusal) && (asked.refusal.status === 404 || asked.refusal.status === 400)) return <NotHere words="No such club." />;
  return (
    <Page title={asked.value?.name ?? "Club"} className="club-page">
      {asked.value ? <Inside club={asked.value} changed={asked.set} again={asked.again} /> : <Awaited {...asked} />}
    </Page>
  );
}

function Inside(parts: ClubParts) {
  const { club } = parts;
  return (
    <>
      <Masthead {...parts} />
      <div className="hall">
        <div>
          {keeps(club.role) && <Requests {...parts} />}
          <LiveRooms club={club} />
          <Members {...parts} />
          <PastRooms club={club} />
        </div>
        <aside className="col" aria-label="About the club">
          <PlannedRooms club={club} />
          <About club={club} />
        </aside>
      </div>
    </>
  );
}
