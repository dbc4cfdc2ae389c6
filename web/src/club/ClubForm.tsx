import { useState, type FormEvent } from "react";
import type { ClubWords } from "../api/clubs";
import type { Admission } from "../api/shapes";
import { account } from "../house";
import { useAnswer } from "../kit/useAnswer";
import { useDoing } from "../kit/useDoing";
import { Button } from "../ui/Button";
import { Complaint } from "../ui/Complaint";
import { Door } from "../ui/Door";
import { Field } from "../ui/Field";
import { ADMISSIONS } from "./roles";

export const NEW_CLUB: ClubWords = { name: "", topic: "", description: "", rules: "", admission: "open" };

interface ClubFormParts {
  begin: ClubWords;
  submit: string;
  save: (words: ClubWords) => Promise<unknown>;
  saved?: () => void;
}

/** What a club says about itself, and who may come in: the same for founding and for changing. */
export function ClubForm({ begin, submit, save, saved }: ClubFormParts) {
  const [words, setWords] = useState(begin);
  const { busy, complaint, complain, run } = useDoing();
  const topics = useAnswer("topics", () => account.topics()).value ?? [];
  const put = (change: Partial<ClubWords>): void => setWords({ ...words, ...change });
  const press = (event: FormEvent): void => {
    event.preventDefault();
    const whole = trimmed(words);
    const wrong = complaintAboutClub(whole);
    complain(wrong);
    if (!wrong) void run(() => save(whole)).then((done) => done && saved?.());
  };
  return (
    <form className="stacked" onSubmit={press} noValidate>
      <Field label="Name" most={60} help="3 letters at least." value={words.name} change={(name) => put({ name })} />
      <div className="field">
        <label htmlFor="club-topic">Topic</label>
        <select className="input" id="club-topic" required value={words.topic} onChange={(event) => put({ topic: event.target.value })}>
          <option value="">Pick one</option>
          {topics.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </select>
      </div>
      <Field label="What is it about?" lines={3} most={500} optional value={words.description} change={(description) => put({ description })} />
      <AdmissionChoice value={words.admission} choose={(admission) => put({ admission })} />
      <Field label="Rules of the house" lines={5} most={5000} optional help="Shown on the club's page." value={words.rules} change={(rules) => put({ rules })} />
      <Complaint words={complaint} />
      <div className="acts">
        <Button look="pri" busy={busy}>
          {submit}
        </Button>
      </div>
    </form>
  );
}

/** How far the door stands open says the same. */
const DOORS: readonly { admission: Admission; listening: number | null }[] = [
  { admission: "open", listening: 900 },
  { admission: "approval", listening: 14 },
  { admission: "invitation", listening: null },
];

function AdmissionChoice({ value, choose }: { value: Admission; choose: (admission: Admission) => void }) {
  return (
    <fieldset className="field">
      <legend style={{ marginBottom: 6 }}>Who may come in?</legend>
      <div className="pick three">
        {DOORS.map(({ admission, listening }) => (
          <label key={admission}>
            <input type="radio" name="admission" checked={value === admission} onChange={() => choose(admission)} />
            <Door h={152} listening={listening} />
            <b>{ADMISSIONS[admission].name}</b>
            <small>{ADMISSIONS[admission].line}</small>
          </label>
        ))}
      </div>
    </fieldset>
  );
}

const trimmed = (words: ClubWords): ClubWords => ({ ...words, name: words.name.trim(), description: words.description.trim(), rules: words.rules.trim() });

function complaintAboutClub({ name, topic }: ClubWords): string | null {
  if (name.length < 3) return name === "" ? "Give it a name." : "A little longer, at least 3 letters.";
  return topic === "" ? "Pick a topic." : null;
}
