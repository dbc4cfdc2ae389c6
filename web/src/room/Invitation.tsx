import { useEffect, useRef } from "react";
import { commands, toasts } from "../house";
import { act, joinStage } from "./act";
import { useRoom } from "./useRoom";

/** The room's consent asks for one's own. Never accepted by itself. */
export function Invitation() {
  const { room, me, name, role } = useRoom();
  const invitation = room.invitations.find((row) => row.user_id === me);
  const join = useRef<HTMLButtonElement>(null);
  const open = invitation !== undefined && role === "AUDIENCE";
  useEffect(() => {
    if (!open) return;
    // Whoever is typing keeps the focus; the words are said aloud either way.
    if (!isTyping()) join.current?.focus();
    toasts.announce("You're invited to the stage.", true);
  }, [open]);
  if (!open) return null;
  const decline = (): void => void act(() => commands.answerInvitation(room.id, "declined"));
  return (
    <div
      className="toast invitation"
      role="alertdialog"
      aria-labelledby="invitation-title"
      aria-describedby="invitation-words"
      onKeyDown={(event) => event.key === "Escape" && decline()}
    >
      <div>
        <h3 id="invitation-title">{name(invitation.by)} invites you up</h3>
        <p id="invitation-words">You'll join muted. Step down whenever you like.</p>
      </div>
      <div className="acts">
        <button ref={join} className="btn btn-sm" onClick={() => joinStage(room.id)}>
          Join the stage
        </button>
        <button className="btn btn-sm" onClick={decline}>
          Not now
        </button>
      </div>
    </div>
  );
}

const isTyping = (): boolean => document.activeElement?.matches("input, textarea, select, [contenteditable]") ?? false;
