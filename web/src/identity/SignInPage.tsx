import { useState, type FormEvent } from "react";
import { Link, useNavigate, useSearchParams } from "react-router";
import { isProblem, words } from "../api/problem";
import { session, visit } from "../house";
import { Icon } from "../ui/Icon";
import { useTitle } from "../ui/Moment";
import { vars } from "../ui/css";
import { TopBar } from "../ui/TopBar";

/** `/sign-in`, and `/sign-in?new` for an account; afterwards on to `?to=`. */
export function SignInPage() {
  const [query] = useSearchParams();
  const joining = query.has("new");
  const to = safe(query.get("to"));
  const other = joining ? "/sign-in" : "/sign-in?new";
  useTitle(joining ? "Join" : "Sign in");
  return (
    <>
      <TopBar />
      <main id="main" className="wrap moment">
        <div className="alcove lit">
          <span className="door" style={vars({ "--h": 258, "--open": 0.86 })} aria-hidden="true" />
        </div>
        <div className="auth">
          <div>
            <h1>Come on in.</h1>
            {to.startsWith("/room/") && <p className="lead">The room is waiting for you.</p>}
          </div>
          <SignInForm key={String(joining)} joining={joining} to={to} />
          <p>
            {joining ? "Been here before? " : "New here? "}
            <Link to={`${other}${to === "/" ? "" : `${other.includes("?") ? "&" : "?"}to=${to}`}`}>
              {joining ? "Sign in" : "Make an account"}
            </Link>
            {joining ? "." : ". It takes a name and a password."}
          </p>
        </div>
      </main>
    </>
  );
}

function SignInForm({ joining, to }: { joining: boolean; to: string }) {
  const navigate = useNavigate();
  const [name, setName] = useState("");
  const [username, setUsername] = useState("");
  const [password, setPassword] = useState("");
  const [complaint, setComplaint] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    setBusy(true);
    setComplaint(null);
    visit.leave(); // a guest's seat is not the account's
    const entering = joining ? session.register({ username, name, password }) : session.signIn(username, password);
    entering.then(
      () => navigate(to, { replace: true }),
      (error: unknown) => {
        setComplaint(complaintOf(error));
        setBusy(false);
      },
    );
  };
  return (
    <form style={{ display: "grid", gap: 16 }} onSubmit={submit}>
      {joining && <Field id="name" label="Pick a name people will hear." autoComplete="name" value={name} change={setName} />}
      <Field id="username" label="Username" autoComplete="username" value={username} change={setUsername} />
      <Field
        id="password"
        label="Password"
        type="password"
        autoComplete={joining ? "new-password" : "current-password"}
        value={password}
        change={setPassword}
        complaint={complaint}
      />
      <button className="btn btn-lg btn-pri" aria-busy={busy} disabled={busy}>
        {joining ? "Join Hallway" : "Sign in"}
      </button>
    </form>
  );
}

interface FieldParts {
  id: string;
  label: string;
  type?: string;
  autoComplete: string;
  value: string;
  change: (value: string) => void;
  complaint?: string | null;
}

function Field({ id, label, type = "text", autoComplete, value, change, complaint = null }: FieldParts) {
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <input
        className="input"
        id={id}
        type={type}
        autoComplete={autoComplete}
        required
        value={value}
        aria-invalid={complaint !== null}
        aria-describedby={`${id}-error`}
        onChange={(event) => change(event.target.value)}
      />
      {complaint && (
        <p className="err" id={`${id}-error`} role="alert">
          <Icon name="x" size="s" />
          {complaint}
        </p>
      )}
    </div>
  );
}

function complaintOf(error: unknown): string {
  if (isProblem(error, "wrong_credentials")) return "That password doesn't match. Try again.";
  if (isProblem(error, "username_taken")) return "That one's taken.";
  return words(error);
}

/** Only to a page of ours. */
const safe = (to: string | null): string => (to !== null && /^\/(?!\/)/.test(to) ? to : "/");
