import { Icon } from "./Icon";

/** "{n} on stage · {m} listening": together everyone, oneself counted. */
export function Counts({ panel, participants }: { panel: number; participants: number }) {
  return (
    <span className="count">
      <Icon name="users" size="s" />
      <span className="vh">
        <span data-count="participants">{participants}</span> in the room:{" "}
      </span>
      <span>
        <b data-count="panel">{panel}</b> on stage
      </span>
      <span aria-hidden="true">·</span>
      <span>
        <b data-count="listening">{Math.max(0, participants - panel)}</b> listening
      </span>
    </span>
  );
}
