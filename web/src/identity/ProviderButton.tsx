import type { Ways } from "../api/ways";
import { session, visit } from "../house";
import { Button } from "../ui/Button";

/** Signing in by way of a provider, where this Hallway has one. */
export function ProviderButton({ provider, to }: { provider: NonNullable<Ways["oidc"]>; to: string }) {
  const go = (): void => {
    visit.leave();
    session.leaveFor(provider.href, to);
  };
  return (
    <Button size="lg" press={go}>
      Sign in with {provider.name}
    </Button>
  );
}
