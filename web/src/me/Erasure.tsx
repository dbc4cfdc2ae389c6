import { useState, type FormEvent } from "react";
import { useNavigate } from "react-router";
import type { Myself } from "../api/account";
import { account, session, toasts, visit } from "../house";
import { useDoing } from "../kit/useDoing";
import { Button } from "../ui/Button";
import { Complaint } from "../ui/Complaint";
import { Field } from "../ui/Field";
import { Section } from "../ui/Section";

/** The end of an account: asks once, in place. */
export function Erasure({ me }: { me: Myself }) {
  const [asked, ask] = useState(false);
  return (
    <Section title="Erase your account">
      <p>
        Your name, username, profile, e-mail and whom you follow are erased for good, from every record and every copy of it. Where you were, it
        says "a former member". Clubs you founded go to their next admin, and you are signed out everywhere. This can't be undone.
      </p>
      {asked ? (
        <Proof me={me} cancel={() => ask(false)} />
      ) : (
        <div className="acts">
          <Button press={() => ask(true)}>Erase my account</Button>
        </div>
      )}
    </Section>
  );
}

function Proof({ me, cancel }: { me: Myself; cancel: () => void }) {
  const navigate = useNavigate();
  const [typed, setTyped] = useState("");
  const { busy, complaint, run } = useDoing();
  const erase = async (): Promise<void> => {
    await account.erase(me.has_password ? { username: me.username ?? "", password: typed } : { username: typed.trim() });
    visit.leave();
    await navigate("/");
    session.over();
    toasts.say({ icon: "check", words: "Your account is erased. Thank you for the time.", who: null, urgent: false });
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    void run(erase);
  };
  return (
    <form className="stacked" onSubmit={submit}>
      {me.has_password ? (
        <Field label="Your password, to be sure it is you" type="password" autoComplete="current-password" value={typed} change={setTyped} />
      ) : (
        <Field label={`Your username (${me.username}), to be sure`} value={typed} change={setTyped} />
      )}
      <Complaint words={complaint} />
      <div className="acts">
        <Button look="danger" busy={busy}>
          Erase it for good
        </Button>
        <Button look="ghost" press={cancel}>
          Keep it
        </Button>
      </div>
    </form>
  );
}
