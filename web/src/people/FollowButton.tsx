import { Link, useLocation } from "react-router";
import { people } from "../house";
import { useViewer } from "../identity/useViewer";
import { useDoing } from "../kit/useDoing";
import { Button } from "../ui/Button";
import { Complaint } from "../ui/Complaint";
import { Icon } from "../ui/Icon";

interface FollowParts {
  id: string;
  name: string;
  followed: boolean;
  changed: (followed: boolean) => void;
  size?: "sm";
}

/** Follow or unfollow somebody; the way in for whoever has no account; nothing for oneself. */
export function FollowButton({ id, name, followed, changed, size }: FollowParts) {
  const viewer = useViewer();
  const path = useLocation().pathname;
  const { busy, complaint, run } = useDoing();
  if (viewer === undefined || viewer?.id === id) return null;
  const look = size ? "soft" : "pri";
  if (viewer === null)
    return (
      <Link className={`btn btn-${look}${size ? ` btn-${size}` : ""}`} to={`/sign-in?to=${encodeURIComponent(path)}`} aria-label={`Sign in to follow ${name}`}>
        Follow
      </Link>
    );
  const press = (): void => void run(() => people.follow(id, !followed)).then((done) => done && changed(!followed));
  return (
    <>
      <Button look={followed ? "line" : look} {...(size && { size })} busy={busy} pressed={followed} label={followed ? `Following ${name}` : `Follow ${name}`} press={press}>
        {followed && !busy && <Icon name="check" size="s" />}
        {followed ? "Following" : "Follow"}
      </Button>
      <Complaint words={complaint} />
    </>
  );
}
