import { useState, type FormEvent } from "react";
import type { Enter, Speak } from "../api/shapes";
import { commands } from "../house";
import { SPEAK_CHOICES } from "../start/SpeakChoice";
import { EnterSelect } from "../ui/EnterSelect";
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
          {SPEAK_CHOICES.map((choice) => (
            <option key={choice.speak} value={choice.speak}>
              {choice.name}
            </option>
          ))}
        </select>
      </div>
      <EnterSelect id="settings-enter" value={enter} inClub={room.club_id !== null} choose={setEnter} />
      <button className="btn btn-pri btn-sm" type="submit">
        Save changes
      </button>
    </form>
  );
}
