import { Icon } from "../ui/Icon";

/** One thing to do about somebody: its name, and what happens then. */
export function Act({ icon, name, line, bad, onPress }: { icon: string; name: string; line: string; bad?: boolean; onPress: () => void }) {
  return (
    <button className={bad ? "bad" : undefined} onClick={onPress}>
      <Icon name={icon} />
      <span>
        <b>{name}</b>
        <small>{line}</small>
      </span>
    </button>
  );
}
