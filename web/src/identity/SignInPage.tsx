import { useState, type FormEvent } from "react";
import { Link, useNavigate, useSearchParams } from "react-router";
import { isProblem } from "../api/problem";
import { waysToSignIn } from "../api/ways";
import { names, session, visit } from "../house";
import { useAnswer } from "../kit/useAnswer";
import { useDoing } from "../kit/useDoing";
import { Button } from "../ui/Button";
import { Complaint } from "../ui/Complaint";
import { Field } from "../ui/Field";
import { Entry } from "./Entry";
import { safePath } from "./fragment";
import { ProviderButton } from "./ProviderButton";

/** `/sign-in`, and `/sign-in?new` for an account; afterwards on to `?to=`. */
export function SignInPage() {
  const [query] = useSearchParams();
  const joining = query.has("new");
  const to = safePath(query.get("to"));
  const ways = useAnswer("ways", waysToSignIn).value;
  const on = to === "/" ? "" : `to=${encodeURIComponent(to)}`;
  return (
    <Entry title={joining ? "Join" : "Sign in"} heading="Come on in." lead={to.startsWith("/room/") ? "The room is waiting for you." : null}>
      {query.get("problem") === "provider" && <Complaint words="Signing in there didn't work. Try again." />}
      {ways?.oidc && <ProviderButton provider={ways.oidc} to={to} />}
      {ways?.oidc && ways.passwords && <Or />}
      {ways?.passwords !== false && (joining ? <JoinForm to={to} /> : <SignInForm to={to} />)}
      {ways?.passwords !== false && <Otherwise joining={joining} on={on} />}
    </Entry>
  );
}

function Or() {
  return (
    <p className="or">
      <span>or</span>
    </p>
  );
}

function Otherwise({ joining, on }: { joining: boolean; on: string }) {
  if (joining)
    return (
      <p>
        Been here before? <Link to={`/sign-in?${on}`}>Sign in</Link>.
      </p>
    );
  return (
    <>
      <p>
        New here? <Link to={`/sign-in?new&${on}`}>Make an account</Link>. It takes a name and a password.
      </p>
      <p>
        <Link to="/forgot">Forgot your password?</Link>
      </p>
    </>
  );
}

function SignInForm({ to }: { to: string }) {
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

function JoinForm({ to }: { to: string }) {
  const navigate = useNavigate();
  const [name, setName] = useState("");
  const [username, setUsername] = useState("");
  const [email, setEmail] = useState("");
  const [password, setPassword] = useState("");
  const { busy, complaint, run } = useDoing();
  const join = async (): Promise<void> => {
    await session.register({ username: username.trim(), name: name.trim(), password, ...(email.trim() && { email: email.trim() }) }).catch(saidPlainly);
    const identity = session.identity.get();
    if (identity.is === "somebody") names.learn([{ user_id: identity.user.id, name: identity.user.name }]); // no longer a guest, also in the room
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

/** The two refusals that everybody meets, in the house's own words. */
function saidPlainly(error: unknown): never {
  if (isProblem(error, "wrong_credentials")) throw error.saying("That password doesn't match. Try again.");
  if (isProblem(error, "username_taken")) throw error.saying("That one's taken.");
  throw error;
}
