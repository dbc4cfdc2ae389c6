import { useRef, useEffect, useState } from "react";
import { Link } from "react-router";
import { commands, names } from "../house";
import { useStore } from "../kit/store";
import { Avatar } from "../ui/Avatar";
import { Icon } from "../ui/Icon";
import { useEscape } from "../ui/Popover";
import { act } from "./act";
import { ROLE_WORDS } from "./micLook";
import { above, find, hasHandUp, moderates, onStage } from "./room";
import { useRoom } from "./useRoom";

/** The only place to act on others. */
export function PersonSheet({ userId }: { userId: string }) {
  const { room, name, pick, me } = useRoom();
  const person = find(room, userId);
  const username = useStore(names.known).get(userId)?.username;
  const closeButton = useRef<HTMLButtonElement>(null);
  const close = (): void => {
    pick(null);
    document.querySelector<HTMLElement>(`.person[data-user-id="${userId}"]`)?.focus();
  };
  useEscape(close);
  useEffect(() => {
    closeButton.current?.focus();
  }, [userId]);
  if (!person) return null;
  return (
    <>
      <div className="scrim soft" onClick={close} />
      <section className="sheet person-sheet" role="dialog" aria-labelledby="sheet-name">
        <div className="grab" />
        <div className="p-head">
          <Avatar id={userId} name={name(userId)} />
          <div>
            <h2 id="sheet-name">{name(userId)}</h2>
            <p className="meta">
              {ROLE_WORDS[person.role]}
              {userId === me && " · you"}
              {hasHandUp(room, userId) && " · hand up"}
              {person.invited_by && ` · came with ${name(person.invited_by)}'s invitation`}
            </p>
          </div>
          <button ref={closeButton} className="icon-btn" aria-label="Close" style={{ alignSelf: "start" }} onClick={close}>
            <Icon name="x" />
          </button>
        </div>
        {username && (
          <div className="p-acts">
            <Link className="btn btn-line btn-sm" to={`/person/${username}`}>
              View profile
            </Link>
          </div>
        )}
        <Acts userId={userId} close={close} />
      </section>
    </>
  );
}

function Acts({ userId, close }: { userId: string; close: () => void }) {
  const { room, role, name } = useRoom();
  const person = find(room, userId);
  if (!person || !moderates(role) || !above(role, person.role)) return null;
  const who = name(userId);
  const run = (command: () => Promise<unknown>) => (): void => void act(command).then((done) => done && close());
  const invited = room.invitations.some((row) => row.user_id === userId);
  return (
    <>
      <div className="menu">
        <h3>{onStage(person.role) ? "On stage" : "Listening"}</h3>
        {!onStage(person.role) && !invited && (
          <Act icon="toup" name="Invite up" line="Comes up muted, after saying yes." onPress={run(() => commands.invite(room.id, userId))} />
        )}
        {!onStage(person.role) && invited && <p className="empty-line">Asked. Waiting for an answer.</p>}
        {onStage(person.role) && !person.muted && (
          <Act
            icon="micoff"
            name="Mute"
            line={`${who} can unmute. You can't switch it back on.`}
            onPress={run(() => commands.mute(room.id, userId))}
          />
        )}
        {onStage(person.role) && (
          <Act
            icon="toaud"
            name="Move to audience"
            line="Keeps listening. May raise a hand again."
            onPress={run(() => commands.changeRole(room.id, userId, "AUDIENCE"))}
          />
        )}
        {role === "HOST" && person.role === "SPEAKER" && (
          <Act
            icon="shield"
            name="Make moderator"
            line="Can do everything on this list."
            onPress={run(() => commands.changeRole(room.id, userId, "MODERATOR"))}
          />
        )}
        {role === "HOST" && person.role === "MODERATOR" && (
          <>
            <Act
              icon="mic"
              name="Step down as moderator"
              line="Stays on stage as a speaker."
              onPress={run(() => commands.changeRole(room.id, userId, "SPEAKER"))}
            />
            <Act
              icon="key"
              name="Hand over the keys"
              line={`${who} becomes the host, you a moderator.`}
              onPress={run(() => commands.changeRole(room.id, userId, "HOST"))}
            />
          </>
        )}
      </div>
      <div className="menu">
        <h3>Safety</h3>
        <Act bad icon="out" name="Remove from room" line="Can come back after 10 minutes." onPress={run(() => commands.remove(room.id, userId))} />
        <Ban userId={userId} close={close} />
      </div>
    </>
  );
}

/** Asks once, in its own place, and for a reason that the person will read. */
function Ban({ userId, close }: { userId: string; close: () => void }) {
  const { room } = useRoom();
  const [asked, setAsked] = useState(false);
  const [why, setWhy] = useState("");
  if (!asked) return <Act bad icon="x" name="Ban from room" line="May not come back, until a moderator lifts it." onPress={() => setAsked(true)} />;
  const ban = (): void => void act(() => commands.ban(room.id, userId, why.trim())).then((done) => done && close());
  return (
    <form
      className="ban"
      onSubmit={(event) => {
        event.preventDefault();
        ban();
      }}
    >
      <label htmlFor="ban-why">Why? They will read it.</label>
      <input className="input" id="ban-why" value={why} maxLength={200} autoFocus onChange={(event) => setWhy(event.target.value)} />
      <button className="btn btn-danger btn-sm" type="submit">
        Ban them
      </button>
    </form>
  );
}

function Act({ icon, name, line, bad, onPress }: { icon: string; name: string; line: string; bad?: boolean; onPress: () => void }) {
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
