import type { Myself } from "../api/account";
import { account } from "../house";
import { useDoing } from "../kit/useDoing";
import { Button } from "../ui/Button";
import { Complaint } from "../ui/Complaint";
import { Section } from "../ui/Section";

const KEPT_MS = 60_000; // some browsers read the file only a while after the click

/** All that is kept about one, to take along. */
export function Export({ me }: { me: Myself }) {
  const { busy, complaint, run } = useDoing();
  const press = (): void => void run(async () => save(await account.export(), `hallway-${me.username}.zip`));
  return (
    <Section title="Your data">
      <p>Everything that is kept about you, as a ZIP of readable files.</p>
      <Complaint words={complaint} />
      <div className="acts">
        <Button busy={busy} press={press}>
          Download it
        </Button>
      </div>
    </Section>
  );
}

/** The request needs the token in a header, which no plain link can carry. */
function save(file: Blob, name: string): void {
  const href = URL.createObjectURL(file);
  const link = document.createElement("a");
  link.href = href;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(href), KEPT_MS);
}
