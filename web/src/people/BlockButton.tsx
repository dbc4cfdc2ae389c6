import type { Profile } from "../api/people";
import { people } from "../house";
import { useDoing } from "../kit/useDoing";
import { Button } from "../ui/Button";
import { Complaint } from "../ui/Complaint";
import { Icon } from "../ui/Icon";
import { Sure } from "../ui/Sure";

/** Just for whoever presses it: the other is not told. */
export function BlockButton({ profile, changed }: { profile: Profile; changed: () => void }) {
  const { busy, complaint, run } = useDoing();
  const { id, name, blocked } = profile;
  if (!blocked)
    return (
      <div className="below">
        <Sure
          name="Block"
          label={`Block ${name}`}
          look="ghost"
          line={`Just for you: ${name} isn't told. You stop following them, they can't follow you, and you are warned before you step into a room with them on stage.`}
          run={() => people.block(id, true).then(changed)}
        />
      </div>
    );
  return (
    <div className="below">
      <p className="warned">
        <Icon name="block" size="s" /> You blocked {name}. They aren't told.
      </p>
      <Button size="sm" busy={busy} label={`Unblock ${name}`} press={() => void run(() => people.block(id, false)).then((done) => done && changed())}>
        Unblock
      </Button>
      <Complaint words={complaint} />
    </div>
  );
}
