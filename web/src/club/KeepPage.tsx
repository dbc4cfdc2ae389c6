import { useState } from "react";
import { Link, useParams } from "react-router";
import type { Club } from "../api/shapes";
import type { ClubWords } from "../api/clubs";
import { clubs } from "../house";
import { asSeenBy, useViewer } from "../identity/useViewer";
import { useAnswer } from "../kit/useAnswer";
import { Said, Section } from "../ui/Section";
import { Icon } from "../ui/Icon";
import { NotHere } from "../ui/NotHere";
import { Awaited, Page } from "../ui/Page";
import { Banned } from "./Banned";
import { ClubForm } from "./ClubForm";
import type { ClubParts } from "./ClubPage";
import { Invited } from "./Invited";
import { Requests } from "./Requests";
import { keeps } from "./roles";

/** `/club/{id}/keep`: for founder and admins. Members are looked after in their list on the club's own page. */
export function KeepPage() {
  const { id = "" } = useParams();
  const viewer = useViewer();
  const asked = useAnswer(asSeenBy(viewer, id), () => clubs.one(id));
  if (asked.value && !keeps(asked.value.role)) return <NotHere words="Only its founder and admins run a club." />;
  return (
    <Page title={asked.value ? `Run ${asked.value.name}` : "Run the club"} className="narrow">
      {asked.value ? <Keep club={asked.value} changed={asked.set} again={asked.again} /> : <Awaited {...asked} />}
    </Page>
  );
}

function Keep(parts: ClubParts) {
  const { club } = parts;
  return (
    <>
      <Link className="back" to={`/club/${club.id}`}>
        <Icon name="back" />
        {club.name}
      </Link>
      <h1>Run the club</h1>
      <div className="col">
        <Requests {...parts} />
        <Invited {...parts} />
        <Edit {...parts} />
        <Banned {...parts} />
      </div>
    </>
  );
}

function Edit({ club, changed }: ClubParts) {
  const [said, say] = useState<string | null>(null);
  const save = async (words: ClubWords): Promise<void> => {
    say(null);
    changed(await clubs.change(club.id, words));
  };
  return (
    <Section title="What it says about itself">
      <ClubForm begin={wordsOf(club)} submit="Save" save={save} saved={() => say("Saved.")} />
      <Said words={said} />
    </Section>
  );
}

const wordsOf = ({ name, topic_id, description, rules, admission }: Club): ClubWords => ({ name, topic: topic_id ?? "", description, rules, admission });
