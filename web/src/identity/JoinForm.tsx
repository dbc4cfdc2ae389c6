import { useState, type FormEvent } from "react";
import { useNavigate } from "react-router";
import { names, session, visit } from "../house";
import { until } from "../kit/store";
import { useDoing } from "../kit/useDoing";
import { find } from "../room/room";
import type { VisitState } from "../room/visitState";
import { Button } from "../ui/Button";
import { Complaint } from "../ui/Complaint";
import { Field } from "../ui/Field";
import { saidPlainly } from "./refusals";

/** A new account; a guest's seat in a room becomes the account's. */
export function JoinForm({ to }: { to: string }) {
  const navigate = useNavigate();
  const [name, setName] = useState("");
  const [username, setUsername] = useState("");
  const [email, setEmail] = useState("");
  const [password, setPassword] = useState("");
  const { busy, complaint, run } = useDoing();
  const join = async (): Promise<void> => {
    await session.register({ username: username.trim(), name: name.trim(), password, ...(email.trim() && { email: email.trim() }) }).catch(saidPlainly);
    const identity = session.identity.get();
    if (identity.is === "somebody") names.learn([{ user_id: identity.user.id, name: identity.user.name }]); // no longer a guest
    if (visit.state.get().phase.at === "inside") await until(visit.state, knownByRoom, ROOM_HEARS_SECONDS);
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (!session.isGuest()) visit.leave(); // a guest's seat becomes the account's
    void run(join).then((done) => done && navigate(to, { replace: true }));
  };
  return (
    <form className="stacked" onSubmit={submit}>
      <Field label="Pick a name people will hear." autoComplete="name" most={60} value={name} change={setName} />
      <Field label="Username" autoComplete="username" help="Your address here. Letters, digits and underscores." value={username} change={setUsername} />
      <Field
        label="E-mail"
        type="email"
        autoComplete="email"
        optional
        help="To get back in when you forget your password. Nobody sees it."
        value={email}
        change={setEmail}
      />
      <Field label="Password" type="password" autoComplete="new-password" help="8 characters at least." value={password} change={setPassword} />
      <Complaint words={complaint} />
      <Button look="pri" size="lg" busy={busy}>
        Join Hallway
      </Button>
    </form>
  );
}

const ROOM_HEARS_SECONDS = 2; // of an account, through the log: before it does, a hand is refused

function knownByRoom({ room, me }: VisitState): boolean {
  return room === null || me === null || find(room, me)?.guest === false;
}
