import { useState } from "react";
import type { Hand as HandUp } from "../api/shapes";
import { commands } from "../house";
import { Avatar } from "../ui/Avatar";
import { clock, useNow } from "../ui/useNow";
import { act } from "./act";
import { addressOf } from "./links";
import { Log } from "./Log";
import { ROLE_WORDS } from "./micLook";
import { RoomSettings } from "./RoomSettings";
import { useRoom } from "./useRoom";

/** Hands in the order they went up, and everybody in the room. */
export function ModeratorPanel() {
  const { room } = useRoom();
  const [tab, setTab] = useState<"hands" | "people" | "log" | "room">("hands");
  const everyone = room.panel.length + room.audience_count;
  return (
    <section className="panel modpanel" aria-label="Moderation">
      <div className="tabs" role="tablist" aria-label="Moderation">
        <button role="tab" id="tab-hands" aria-selected={tab === "hands"} aria-controls="tab-panel" onClick={() => setTab("hands")}>
          Hands <span className={room.hands.length > 0 ? "n hot" : "n"}>{room.hands.length}</span>
        </button>
        <button role="tab" id="tab-people" aria-selected={tab === "people"} aria-controls="tab-panel" onClick={() => setTab("people")}>
          People <span className="n">{everyone}</span>
        </button>
        <button role="tab" id="tab-log" aria-selected={tab === "log"} aria-controls="tab-panel" onClick={() => setTab("log")}>
          Log
        </button>
        <button role="tab" id="tab-room" aria-selected={tab === "room"} aria-controls="tab-panel" onClick={() => setTab("room")}>
          Room
        </button>
      </div>
      <div role="tabpanel" id="tab-panel" aria-labelledby={`tab-${tab}`}>
        {tab === "hands" && <HandQueue />}
        {tab === "people" && <PeopleList />}
        {tab === "log" && <Log />}
        {tab === "room" && <RoomSettings />}
      </div>
      <InviteLink />
    </section>
  );
}

/** Lets whoever has it into the room, also into a private one. */
function InviteLink() {
  const { room } = useRoom();
  const [address, setAddress] = useState<string | null>(null);
  const make = async (): Promise<void> => {
    await act(async () => {
      const made = addressOf(room.id, (await commands.makeLink(room.id)).link);
      setAddress(made);
      await navigator.clipboard?.writeText(made).catch(() => undefined); // missing on plain http beyond localhost
    });
  };
  return (
    <div className="invite-link">
      <button className="btn btn-line btn-sm" onClick={() => void make()}>
        Make an invite link
      </button>
      {address && <input className="input" readOnly aria-label="Invite link" value={address} onFocus={(event) => event.target.select()} />}
    </div>
  );
}

function HandQueue() {
  const { room } = useRoom();
  if (room.hands.length === 0) return <p className="empty-line" style={{ paddingTop: 16 }}>No hands up.</p>;
  return (
    <>
      {room.hands.length > 1 && (
        <div className="queue-h">
          <span />
          <button className="btn btn-sm btn-ghost" onClick={() => void act(() => commands.lowerAllHands(room.id))}>
            Lower all
          </button>
        </div>
      )}
      <Queue hands={room.hands} />
    </>
  );
}

function Queue({ hands }: { hands: readonly HandUp[] }) {
  return (
    <ol className="queue" style={{ paddingTop: 4 }}>
      {hands.map(({ user_id, raised_at }, n) => (
        <Hand key={user_id} userId={user_id} raisedAt={raised_at} order={n + 1} />
      ))}
      {hands.length > 1 && <li className="more-q">{hands.length - 1} more waiting</li>}
    </ol>
  );
}

const INVITATION_MS = 60_000; // a clock that is a little behind must not show more

function Hand({ userId, raisedAt, order }: { userId: string; raisedAt: string; order: number }) {
  const { room, name } = useRoom();
  const now = useNow(1_000);
  const who = name(userId);
  const invitation = room.invitations.find((row) => row.user_id === userId);
  return (
    <li data-hand-of={userId}>
      <span className="ord" aria-hidden="true">
        {order}
      </span>
      <Avatar id={userId} name={who} />
      <span>
        <span className="nm">{who}</span>
        <span className="meta wait">Waiting {clock(now - Date.parse(raisedAt))}</span>
      </span>
      <span className="do">
        {invitation ? (
          <span className="invited num">Asked, {clock(Math.min(INVITATION_MS, Date.parse(invitation.expires_at) - now))}</span>
        ) : (
          <button className="btn btn-hand btn-sm" aria-label={`Invite up, ${who}`} onClick={() => void act(() => commands.invite(room.id, userId))}>
            Invite up
          </button>
        )}
        <button className="btn btn-line btn-sm" aria-label={`Not now, ${who}`} onClick={() => void act(() => commands.lowerHandOf(room.id, userId))}>
          Not now
        </button>
      </span>
    </li>
  );
}

function PeopleList() {
  const { room, name, pick } = useRoom();
  return (
    <ul className="people-list">
      {[...room.panel, ...room.audience].map(({ user_id, role }) => (
        <li key={user_id}>
          <button aria-haspopup="dialog" onClick={() => pick(user_id)}>
            <Avatar id={user_id} name={name(user_id)} />
            <span>{name(user_id)}</span>
            <span className="meta">{ROLE_WORDS[role]}</span>
          </button>
        </li>
      ))}
    </ul>
  );
}
