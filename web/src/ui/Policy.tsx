import type { Policy } from "../api/shapes";
import { Icon } from "./Icon";

const SAID = {
  hand: { icon: "hand", words: "Ask to speak" },
  invite: { icon: "mail", words: "Invite only" },
  open: { icon: "mic", words: "Open stage" },
} as const;

export const policyWords = (policy: Policy): string => SAID[policy.speak].words;

export function PolicyLine({ policy }: { policy: Policy }) {
  const { icon, words } = SAID[policy.speak];
  return (
    <span className="policy">
      <Icon name={icon} size="s" />
      {words}
    </span>
  );
}
