import { Link } from "react-router";
import { vars } from "../ui/css";
import { Door } from "../ui/Door";
import { Icon } from "../ui/Icon";
import { useLate } from "../ui/useLate";
import { timeOfDay } from "../ui/useNow";

const SKELETONS = 4;
const NOT_WORTH_SHOWING_MS = 150;
const HUE = 300;

export function Skeletons() {
  if (!useLate(NOT_WORTH_SHOWING_MS)) return null;
  return (
    <div className="cards" aria-hidden="true">
      {Array.from({ length: SKELETONS }, (_, n) => (
        <div key={n} className="card" style={vars({ "--h": HUE })}>
          <div className="nook">
            <span className="lamp" />
            <Door h={HUE} listening={null} />
          </div>
          <div className="card-b" style={{ gap: 10 }}>
            <span className="skel" style={{ width: "40%", height: 14 }} />
            <span className="skel" style={{ width: "85%", height: 24 }} />
            <span className="skel" style={{ width: "60%", height: 40 }} />
          </div>
        </div>
      ))}
    </div>
  );
}

export function Quiet() {
  return (
    <div className="empty">
      <Door h={HUE} listening={null} />
      <h3>All quiet.</h3>
      <p>No doors are open right now.</p>
      <Link className="btn btn-pri" to="/start">
        Start a room
      </Link>
    </div>
  );
}

const LASTS_MS = 3_000;

/** The stream is away: the doors are as of then, and say so. */
export function Offline({ since }: { since: Date }) {
  if (!useLate(LASTS_MS)) return null;
  return (
    <div className="banner" role="status">
      <div className="wrap">
        <Icon name="offline" />
        <p>
          <b>{navigator.onLine ? "Hallway can't be reached." : "You're offline."}</b>
          <small>These doors are from {timeOfDay(since)}. We'll refresh when you're back.</small>
        </p>
      </div>
    </div>
  );
}
