import { Link, useSearchParams } from "react-router";
import { waysToSignIn } from "../api/ways";
import { useAnswer } from "../kit/useAnswer";
import { Complaint } from "../ui/Complaint";
import { Entry } from "./Entry";
import { safePath } from "./fragment";
import { JoinForm } from "./JoinForm";
import { ProviderButton } from "./ProviderButton";
import { SignInForm } from "./SignInForm";

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
