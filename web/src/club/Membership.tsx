import { Link } from "react-router";
import type { Club } from "../api/shapes";
import { clubs } from "../house";
import { useViewer } from "../identity/useViewer";
import { useDoing } from "../kit/useDoing";
import { Button } from "../ui/Button";
import { Complaint } from "../ui/Complaint";
import { Icon } from "../ui/Icon";
import { Sure } from "../ui/Sure";
import type { ClubParts } from "./ClubPage";
import { doorOf } from "./roles";

/** How one stands to the club, and the next step in or out. */
export function Membership({ club, changed, again }: ClubParts) {
  const viewer = useViewer();
  const { busy, complaint, run } = useDoing();
  if (viewer === undefined) return null;
  if (viewer === null)
    return (
      <Link className="btn" to={`/sign-in?to=/club/${club.id}`}>
        Sign in to join
      </Link>
    );
  const act = (command: () => Promise<Club>) => (): void => void run(async () => changed(await command()));
  const follow = (): void => void run(() => clubs.follow(club.id, !club.followed)).then((done) => done && again());
  return (
    <>
      <Step club={club} busy={busy} join={act(() => clubs.join(club.id))} leave={act(() => clubs.leave(club.id))} changed={changed} />
      {club.role === null && !club.banned && (
        <Button look="quiet" pressed={club.followed} press={follow}>
          {club.followed && <Icon name="check" />}
          {club.followed ? "Following" : "Follow"}
        </Button>
      )}
      <Complaint words={complaint} />
    </>
  );
}

interface StepParts {
  club: Club;
  busy: boolean;
  join: () => void;
  leave: () => void;
  changed: (club: Club) => void;
}

function Step({ club, busy, join, leave, changed }: StepParts) {
  switch (doorOf(club)) {
    case "join":
      return <Button look="in" busy={busy} press={join} children="Join" />;
    case "ask":
      return <Button look="in" busy={busy} press={join} children="Ask to join" />;
    case "asked":
      return (
        <>
          <span className="standing">
            <Icon name="clock" /> Asked. An admin will answer.
          </span>
          <Button look="quiet" busy={busy} press={leave} children="Withdraw" />
        </>
      );
    case "invited":
      return (
        <>
          <span className="standing">
            <Icon name="mail" /> You're invited.
          </span>
          <Button look="in" busy={busy} press={join} children="Accept" />
          <Button look="quiet" press={leave} children="Decline" />
        </>
      );
    case "in":
      return <Sure name="Leave" label="Leave the club" look="quiet" line="You leave the club and stop following it." run={async () => changed(await clubs.leave(club.id))} />;
    case "must_hand_over":
      return (
        <span className="standing">
          <Icon name="key" /> You founded it.
        </span>
      );
    case "by_invitation":
      return (
        <span className="standing">
          <Icon name="mail" /> By invitation only.
        </span>
      );
    case "banned":
      return (
        <span className="standing">
          <Icon name="ban" /> You're banned from this club.
        </span>
      );
  }
}
