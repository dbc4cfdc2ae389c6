import { useState, type FormEvent } from "react";
import type { Enter, Speak } from "../api/shapes";
import { commands } from "../house";
import { act } from "./act";
import { useRoom } from "./useRoom";

/** What the host changes about the room while it is open; moderators close hands and open them again. */
export function RoomSettings() {
  const { room, role } = useRoom();
  const { speak, hands_open } = room.policy;
  return (
    <div className="room-settings">
      {speak === "hand" && (
        <button className="btn btn-line btn-sm" onClick={() => void act(() => commands.edit(room.id, { policy: { hands_open: !hands_open } }))}>
          {hands_open ? "Close hands" : "Open hands"}
        </button>
      )}
      {role === "HOST" && <HostsSettings key={`${room.name} ${speak} ${room.policy.enter}`} />}
    </div>
  );
}

function HostsSettings() {
  const { room } = useRoom();
  const [name, setName] = useState(room.name);
  const [speak, setSpeak] = useState<Speak>(room.policy.speak);
  const [enter, setEnter] = useState<Enter>(room.policy.enter);
  const save = (event: FormEvent): void => {
    event.preventDefault();
    void act(() => commands.edit(room.id, { name: name.trim(), policy: { speak, enter } }));
  };
  return (
    <form onSubmit={save}>
      <div className="field">
        <label htmlFor="settings-name">Name</label>
        <input className="input" id="settings-name" value={name} maxLength={60} onChange={(event) => setName(event.target.value)} />
      </div>
      <div className="field">
        <label htmlFor="settings-speak">Who may speak?</label>
        <select className="input" id="settings-speak" value={speak} onChange={(event) => setSpeak(event.target.value as Speak)}>
          <option value="hand">Everyone asks</option>
          <option value="invite">Host invites</option>
          <option value="open">Open stage</option>
        </select>
      </div>
      <div className="field">
        <label htmlFor="settings-enter">Who may come in?</label>
        <select className="input" id="settings-enter" value={enter} onChange={(event) => setEnter(event.target.value as Enter)}>
          <option value="everyone">Everyone</option>
          {room.club_id && <option value="club">Members of the club</option>}
          <option value="private">Only who is invited</option>
        </select>
      </div>
      <button className="btn btn-pri btn-sm" type="submit">
        Save changes
      </button>
    </form>
  );
}
