import { Icon } from "./Icon";

/** Why something was refused, beside where it was asked. */
export function Complaint({ words, id }: { words: string | null; id?: string }) {
  if (!words) return null;
  return (
    <p className="err" role="alert" {...(id !== undefined && { id })}>
      <Icon name="x" size="s" />
      {words}
    </p>
  );
}
