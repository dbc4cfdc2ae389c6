import { useEffect } from "react";
import { Link } from "react-router";
import type { Club } from "../api/shapes";
import { names } from "../house";
import { useStore } from "../kit/store";
import { NOBODY_KNOWN } from "../people/names";
import { ADMISSIONS } from "./roles";

/** What the club says about itself. */
export function About({ club }: { club: Club }) {
  const founder = useStore(names.known).get(club.founder_id);
  useEffect(() => names.need([club.founder_id]), [club.founder_id]);
  const name = founder?.name ?? NOBODY_KNOWN;
  return (
    <section className="panel" aria-labelledby="club-about">
      <div className="panel-b stacked">
        <h2 id="club-about">About</h2>
        <dl className="facts">
          {club.topic && <Said what="Topic" words={club.topic} />}
          <Said what="Coming in" words={ADMISSIONS[club.admission].name} />
          <div>
            <dt>Founder</dt>
            <dd>{founder?.username ? <Link to={`/person/${founder.username}`}>{name}</Link> : name}</dd>
          </div>
        </dl>
        {club.rules && (
          <>
            <h3>Rules of the house</h3>
            <p className="written">{club.rules}</p>
          </>
        )}
      </div>
    </section>
  );
}

function Said({ what, words }: { what: string; words: string }) {
  return (
    <div>
      <dt>{what}</dt>
      <dd>{words}</dd>
    </div>
  );
}
