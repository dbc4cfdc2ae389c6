import { waysToSignIn } from "../api/ways";
import { session, visit } from "../house";
import { useAnswer } from "../kit/useAnswer";
import { Button } from "../ui/Button";

/** Signing in by way of a provider, where this Hallway has one. */
export function ProviderButton({ to }: { to: string }) {
  const provider = useAnswer("ways", waysToSignIn).value?.oidc;
  if (!provider) return null;
  const go = (): void => {
    visit.leave();
    session.leaveFor(provider.href, to);
  };
  return (
    <>
      <Button size="lg" press={go}>
        Go on with {provider.name}
      </Button>
      <p className="or">
        <span>or</span>
      </p>
    </>
  );
}
