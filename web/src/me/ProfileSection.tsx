import { useState, type FormEvent } from "react";
import { account, names, session } from "../house";
import { useDoing } from "../kit/useDoing";
import { complaintAboutLinks, linksIn, MOST_LINKS } from "../people/links";
import { Button } from "../ui/Button";
import { Complaint } from "../ui/Complaint";
import { Field } from "../ui/Field";
import type { Mine } from "./MePage";
import { Said, Section } from "../ui/Section";

/** What others see: name, a few words, links. */
export function ProfileSection({ me, changed }: Mine) {
  const [name, setName] = useState(me.name);
  const [bio, setBio] = useState(me.bio);
  const [links, setLinks] = useState(me.links.join("\n"));
  const [wrongLinks, setWrongLinks] = useState<string | null>(null);
  const [said, say] = useState<string | null>(null);
  const { busy, complaint, run } = useDoing();
  const save = async (): Promise<void> => {
    const next = await account.change({ name: name.trim(), bio: bio.trim(), links: linksIn(links) });
    changed(next);
    session.renamed(next.name);
    names.learn([{ user_id: next.id, name: next.name }]);
    say("Saved.");
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    say(null);
    const wrong = complaintAboutLinks(linksIn(links));
    setWrongLinks(wrong);
    if (!wrong) void run(save);
  };
  return (
    <Section title="Your profile">
      <form className="stacked" onSubmit={submit}>
        <Field label="Name" autoComplete="name" most={60} value={name} change={setName} />
        <Field label="About you" lines={4} most={500} optional value={bio} change={setBio} />
        <Field
          label="Links"
          lines={2}
          optional
          help={`One a line, at most ${MOST_LINKS}. Each begins with https://.`}
          value={links}
          change={setLinks}
          complaint={wrongLinks}
        />
        <Complaint words={complaint} />
        <div className="acts">
          <Button look="pri" busy={busy}>
            Save
          </Button>
          <Said words={said} />
        </div>
      </form>
    </Section>
  );
}
