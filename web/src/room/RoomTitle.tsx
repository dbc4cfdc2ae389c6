import { Link } from "react-router";
import type { Policy } from "../api/shapes";
import { hue } from "../ui/art";
import { Counts } from "../ui/Counts";
import { Door } from "../ui/Door";
import { Icon } from "../ui/Icon";
import { PolicyLine } from "../ui/Policy";
import { useNow } from "../ui/useNow";

interface Titled {
  id: string;
  name: string;
  clubId: string | null;
  clubName: string | null;
  panel: number;
  participants: number;
  policy: Policy | null;
  startedAt: string | null;
}

export function RoomTitle({ id, name, clubId, clubName, panel, participants, policy, startedAt }: Titled) {
  return (
    <div className="room-t">
      {clubId && (
        <Link className="club" to={`/club/${clubId}`}>
          <Door h={hue(clubId)} listening={participants} />
          {clubName ?? "Club"}
        </Link>
      )}
      <h1 data-room-id={id} tabIndex={-1}>
        {name}
      </h1>
      <p className="sub">
        <Counts panel={panel} participants={participants} />
        {policy && <PolicyLine policy={policy} />}
        {startedAt && <Since startedAt={startedAt} />}
      </p>
    </div>
  );
}

function Since({ startedAt }: { startedAt: string }) {
  const minutes = Math.max(0, Math.floor((useNow(30_000) - Date.parse(startedAt)) / 60_000));
  const words = minutes < 60 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
  return (
    <span className="policy">
      <Icon name="clock" size="s" />
      Live {words}
    </span>
  );
}
