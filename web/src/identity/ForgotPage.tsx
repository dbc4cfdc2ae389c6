import { useState, type FormEvent } from "react";
import { Link } from "react-router";
import { askForReset } from "../api/ways";
import { useDoing } from "../kit/useDoing";
import { Button } from "../ui/Button";
import { Field } from "../ui/Field";
import { Entry } from "./Entry";

/** `/forgot`: a link to a new password. It says the same of accounts that do not exist. */
export function ForgotPage() {
  const [username, setUsername] = useState("");
  const [sent, setSent] = useState(false);
  const { busy, complaint, run } = useDoing();
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    void run(() => askForReset(username.trim())).then((done) => done && setSent(true));
  };
  if (sent)
    return (
      <Entry title="Forgot your password?" heading="Look in your mail." lead={`If ${username.trim()} has a verified e-mail, a link is on its way there.`}>
        <p>
          Nothing there after a few minutes? Without a verified e-mail no link can be sent. <Link to="/sign-in">Back to signing in</Link>.
        </p>
      </Entry>
    );
  return (
    <Entry title="Forgot your password?" heading="It happens." lead="We'll mail you a link to a new password.">
      <form className="stacked" onSubmit={submit}>
        <Field label="Username" autoComplete="username" value={username} change={setUsername} complaint={complaint} />
        <Button look="pri" size="lg" busy={busy}>
          Send the link
        </Button>
      </form>
      <p>
        <Link to="/sign-in">Back to signing in</Link>
      </p>
    </Entry>
  );
}
