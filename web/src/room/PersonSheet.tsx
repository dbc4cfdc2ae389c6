import { useEffect, useRef } from "react";
import { Link } from "react-router";
import type { Profile } from "../api/people";
import { commands, names, people } from "../house";
import { asSeenBy, useViewer } from "../identity/useViewer";
import { useAnswer } from "../kit/useAnswer";
import { useStore } from "../kit/store";
import { FollowButton } from "../people/FollowButton";
import { Avatar } from "../ui/Avatar";
import { Icon } from "../ui/Icon";
import { useEscape } from "../ui/Popover";
import { act } from "./act";
import { Act } from "./SheetAct";
import { Ban } from "./Ban";
import { ROLE_WORDS } from "./micLook";
import { above, find, hasHandUp, moderates, onStage } from "./room";
import { useRoom } from "./useRoom";

/** The only place to act on others. */
export function PersonSheet({ userId }: { userId: string }) {
  const { room, name, pick, me } = useRoom();
  const person = find(room, userId);
  const username = useStore(names.known).get(userId)?.username;
  const viewer = useViewer();
  const { value: profile, again } = useAnswer(asSeenBy(viewer, userId), () => people.profile(userId)); // guests have none
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
            {profile && !profile.blocked && <FollowButton id={userId} name={profile.name} followed={profile.followed} changed={again} size="sm" />}
          </div>
        )}
        <Acts userId={userId} close={close} />
        {profile && viewer && viewer.id !== userId && <Blocking profile={profile} changed={again} />}
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

/** Just for whoever presses it. */
function Blocking({ profile, changed }: { profile: Profile; changed: () => void }) {
  const { id, name, blocked } = profile;
  const press = (): void => void act(() => people.block(id, !blocked)).then((done) => done && changed());
  return (
    <div className="menu">
      <Act
        bad={!blocked}
        icon="block"
        name={blocked ? "Unblock" : "Block"}
        line={blocked ? `You blocked ${name}. They aren't told.` : `Just for you. ${name} isn't told.`}
        onPress={press}
      />
    </div>
  );
}
