import { useState, type FormEvent } from "react";
import { Link, useNavigate } from "react-router";
import { session, toasts, visit } from "../house";
import { useDoing } from "../kit/useDoing";
import { Button } from "../ui/Button";
import { Field } from "../ui/Field";
import { Entry } from "./Entry";
import { useTokenInAddress } from "./fragment";

/** `/reset#token=…`: a new password by the link that was mailed. */
export function ResetPage() {
  const token = useTokenInAddress();
  if (token === null)
    return (
      <Entry title="New password" heading="This link is not whole." lead="Open it once more from the mail, or ask for another.">
        <p>
          <Link to="/forgot">Send another link</Link>
        </p>
      </Entry>
    );
  return (
    <Entry title="New password" heading="Pick a new password." lead="It signs you in here, and signs you out everywhere else.">
      <NewPassword token={token} />
    </Entry>
  );
}

function NewPassword({ token }: { token: string }) {
  const navigate = useNavigate();
  const [password, setPassword] = useState("");
  const { busy, complaint, run } = useDoing();
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    visit.leave(); // whoever sat here before is not who comes in now
    void run(() => session.resetPassword(token, password)).then((done) => {
      if (!done) return;
      toasts.say({ icon: "check", words: "New password set. You're signed in.", who: null, urgent: false });
      void navigate("/", { replace: true });
    });
  };
  return (
    <>
      <form className="stacked" onSubmit={submit}>
        <Field label="New password" type="password" autoComplete="new-password" help="8 characters at least." value={password} change={setPassword} complaint={complaint} />
        <Button look="pri" size="lg" busy={busy}>
          Set it and sign in
        </Button>
      </form>
      {complaint && (
        <p>
          <Link to="/forgot">Send another link</Link>
        </p>
      )}
    </>
  );
}
