import { useState, type FormEvent } from "react";
import type { Myself } from "../api/account";
import { account } from "../house";
import { useDoing } from "../kit/useDoing";
import { Button } from "../ui/Button";
import { Complaint } from "../ui/Complaint";
import { Field } from "../ui/Field";
import { Icon } from "../ui/Icon";
import { Sure } from "../ui/Sure";
import { Said, Section } from "../ui/Section";

/** One's address: there to get back in, seen by nobody. */
export function EmailSection({ me, again }: { me: Myself; again: () => void }) {
  const [changing, change] = useState(false);
  return (
    <Section title="E-mail">
      {me.email === null && <p>None yet. With one you can get back in when you forget your password. Nobody sees it.</p>}
      {me.email !== null && <Address email={me.email} verified={me.email_verified} change={() => change(true)} removed={again} />}
      {(me.email === null || changing) && <NewAddress me={me} done={() => (change(false), again())} />}
    </Section>
  );
}

interface AddressParts {
  email: string;
  verified: boolean;
  change: () => void;
  removed: () => void;
}

function Address({ email, verified, change, removed }: AddressParts) {
  const [said, say] = useState<string | null>(null);
  const { busy, complaint, run } = useDoing();
  const send = (): void => void run(() => account.sendVerificationAgain()).then((done) => done && say("Sent again."));
  return (
    <>
      <p className="address">
        <b>{email}</b>
        <span className={verified ? "state good" : "state"}>
          <Icon name={verified ? "check" : "mail"} size="s" />
          {verified ? "Verified" : "Not verified yet: open the link in the mail we sent."}
        </span>
      </p>
      <div className="acts">
        {!verified && (
          <Button size="sm" busy={busy} press={send}>
            Send the link again
          </Button>
        )}
        <Button size="sm" press={change}>
          Use another
        </Button>
        <Sure name="Remove" label="Remove this e-mail" look="ghost" line="Without it nobody can send you a link to a new password." run={() => account.removeEmail().then(removed)} />
        <Said words={said} />
      </div>
      <Complaint words={complaint} />
    </>
  );
}

/** Of an account with a password it wants the password: whoever finds an open tab shall not take the account over. */
function NewAddress({ me, done }: { me: Myself; done: () => void }) {
  const [email, setEmail] = useState("");
  const [password, setPassword] = useState("");
  const { busy, complaint, run } = useDoing();
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    void run(() => account.setEmail(email.trim(), password)).then((set) => set && done());
  };
  return (
    <form className="stacked" onSubmit={submit}>
      <Field label={me.email === null ? "E-mail" : "New e-mail"} type="email" autoComplete="email" value={email} change={setEmail} />
      {me.has_password && <Field label="Your password" type="password" autoComplete="current-password" value={password} change={setPassword} />}
      <Complaint words={complaint} />
      <div className="acts">
        <Button look="pri" busy={busy}>
          Send me the link
        </Button>
      </div>
    </form>
  );
}
