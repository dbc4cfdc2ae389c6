import { Link } from "react-router";
import type { RoomPreview } from "../api/shapes";
import { session, visit } from "../house";
import { useStore } from "../kit/store";
import { Avatar } from "../ui/Avatar";
import { vars } from "../ui/css";
import { Icon } from "../ui/Icon";
import { useTitle } from "../ui/Moment";
import { useLate } from "../ui/useLate";
import { Banner } from "./Banners";
import { linkTo } from "./links";
import { ROLE_ICON, ROLE_WORDS } from "./micLook";
import { RoomBar } from "./RoomBar";
import { RoomTitle } from "./RoomTitle";
import { useMe } from "./useMe";
import type { Phase } from "./visitState";

/** The room from outside: nothing plays and nobody is joined until a press. */
export function Doorstep({ id, room, phase }: { id: string; room: RoomPreview | null; phase: Phase }) {
  useTitle(room?.name ?? "Room");
  const late = useLate(); // the hallway may be away while the rooms are not
  return (
    <>
      <a className="skip" href="#dock">
        Skip to your controls
      </a>
      <RoomBar line={null} />
      {phase.at === "elsewhere" && <Elsewhere id={id} />}
      <main id="main" className="wrap room">
        <div className="col">
          {room && <Inside room={room} />}
          {!room && (linkTo(id).get() ? <Private /> : <span className="skel" style={{ width: "60%", height: 40 }} />)}
          <Warnings id={id} />
        </div>
      </main>
      <footer className="dock" id="dock" tabIndex={-1} aria-label="Your controls">
        <div className="wrap">
          <span />
          <div className="mid">
            {(room !== null || late) && <Entrance id={id} phase={phase} />}
          </div>
          <span />
        </div>
      </footer>
    </>
  );
}

/** Nobody sees it from outside; whoever has the link may step in. */
function Private() {
  return (
    <div className="room-t">
      <h1>A private room</h1>
      <p className="sub">You have a link that lets you in.</p>
    </div>
  );
}

/** Said before stepping in: that somebody on stage has blocked you, or you them. */
function Warnings({ id }: { id: string }) {
  const identity = useStore(session.identity);
  return identity.is === "somebody" && identity.way !== "guest" ? <Warned id={id} /> : null;
}

function Warned({ id }: { id: string }) {
  const me = useMe(id, "");
  return (
    <>
      {me?.warnings.map((warning) => (
        <p key={warning.code} className="warned" role="status">
          <Icon name="shield" size="s" /> {warning.message}
        </p>
      ))}
    </>
  );
}

function Entrance({ id, phase }: { id: string; phase: Phase }) {
  const identity = useStore(session.identity);
  if (phase.at === "stepping_in" || identity.is === "unknown")
    return (
      <button className="btn btn-lg btn-pri" aria-disabled="true" aria-busy="true">
        <span className="spin" aria-hidden="true" />
        Stepping in.
      </button>
    );
  if (phase.at === "elsewhere") return <span className="hint">Press Listen here to move the sound to this tab.</span>;
  if (identity.is === "somebody")
    return (
      <button className="btn btn-lg btn-pri" onClick={() => visit.enter(id, "press")}>
        <Icon name="leave" size="l" />
        Step in
      </button>
    );
  return (
    <>
      <button className="btn btn-lg btn-pri" onClick={() => visit.enter(id, "press", () => session.listenAsGuest())}>
        <Icon name="sound" size="l" />
        Listen in
      </button>
      <Link className="btn btn-lg btn-line" to={`/sign-in?to=/room/${id}`}>
        Sign in
      </Link>
    </>
  );
}

function Elsewhere({ id }: { id: string }) {
  return (
    <Banner icon={<Icon name="sound" />} title="You're listening in another tab." action={["Listen here", () => visit.enter(id, "takeover")]}>
      One tab at a time, so you don't hear double.
    </Banner>
  );
}

function Inside({ room }: { room: RoomPreview }) {
  return (
    <>
      <RoomTitle
        id={room.id}
        name={room.name}
        clubId={room.club_id ?? null}
        clubName={room.club_name}
        panel={room.panel.length}
        participants={room.panel.length + room.audience_count}
        policy={room.policy ?? null}
        startedAt={room.started_at ?? null}
      />
      <section className="stage" aria-labelledby="stage-heading">
        <div className="stage-h">
          <h2 id="stage-heading">
            On stage <span>{room.panel.length}</span>
          </h2>
        </div>
        <ul className="people" style={vars({ "--cols": Math.min(6, Math.max(1, room.panel.length)) })}>
          {room.panel.map(({ user_id, name, role }) => (
            <li key={user_id}>
              <div className="person" data-user-id={user_id} data-role={role}>
                <span className="frame">
                  <Avatar id={user_id} name={name} />
                </span>
                <span>
                  <span className="nm">{name}</span>
                  <span className="rl">
                    {ROLE_ICON[role] && <Icon name={ROLE_ICON[role]} size="s" />}
                    {ROLE_WORDS[role]}
                  </span>
                </span>
              </div>
            </li>
          ))}
        </ul>
      </section>
    </>
  );
}
