import { useState, type FormEvent } from "react";
import { useNavigate } from "react-router";
import { session, visit } from "../house";
import { useDoing } from "../kit/useDoing";
import { Button } from "../ui/Button";
import { Field } from "../ui/Field";
import { saidPlainly } from "./refusals";

export function SignInForm({ to }: { to: string }) {
  const navigate = useNavigate();
  const [username, setUsername] = useState("");
  const [password, setPassword] = useState("");
  const { busy, complaint, run } = useDoing();
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    visit.leave(); // a guest's seat is not the account's
    void run(() => session.signIn(username.trim(), password).catch(saidPlainly)).then((done) => done && navigate(to, { replace: true }));
  };
  return (
    <form className="stacked" onSubmit={submit}>
      <Field label="Username" autoComplete="username" value={username} change={setUsername} />
      <Field label="Password" type="password" autoComplete="current-password" value={password} change={setPassword} complaint={complaint} />
      <Button look="pri" size="lg" busy={busy}>
        Sign in
      </Button>
    </form>
  );
}
