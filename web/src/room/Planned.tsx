import { useEffect, useState } from "react";
import { Link } from "react-router";
import type { RoomPreview } from "../api/shapes";
import { commands, engine, session, visit } from "../house";
import { useStore } from "../kit/store";
import { Moment } from "../ui/Moment";
import { day, localInput } from "../ui/times";
import { act } from "./act";

/** A room that has not opened yet: when it will, and for its host the key to it. */
export function Planned({ room, reread }: { room: RoomPreview; reread: () => void }) {
  const hosts = useHosts(room.id);
  const time = room.scheduled_for ?? null;
  return (
    <Moment id={room.id} title={room.name}>
      <p className="club" style={{ fontSize: "var(--t-sm)", marginBottom: 6 }}>
        {room.club_name ?? "Planned"}
      </p>
      <h1 data-room-id={room.id}>{room.name}</h1>
      <p className="lead">
        {time ? `Opens ${day(time)}` : "Opens later"}
        {room.host && `, hosted by ${room.host.name}`}. {hosts ? "You can open it earlier." : "This page lets you in as soon as it is open."}
      </p>
      {hosts && <HostsPart room={room} time={time} reread={reread} />}
      <p className="howdy-acts">
        <Link className="btn btn-line" to="/">
          Back to the hallway
        </Link>
      </p>
    </Moment>
  );
}

function HostsPart({ room, time, reread }: { room: RoomPreview; time: string | null; reread: () => void }) {
  const [name, setName] = useState(room.name);
  const [at, setAt] = useState(time ? localInput(time) : "");
  const openNow = async (): Promise<void> => {
    if (!(await act(() => commands.openPlanned(room.id)))) return;
    visit.enter(room.id, "press");
    void engine.microphone.open();
  };
  const save = async (): Promise<void> => {
    const change = { ...(name.trim() !== room.name && { name: name.trim() }), ...(at && { scheduled_for: new Date(at).toISOString() }) };
    if (await act(() => commands.edit(room.id, change))) reread();
  };
  const cancel = async (): Promise<void> => {
    if (await act(() => commands.end(room.id))) reread();
  };
  return (
    <>
      <p className="howdy-acts">
        <button className="btn btn-lg btn-pri" onClick={() => void openNow()}>
          Open now
        </button>
        <button className="btn btn-lg btn-danger" onClick={() => void cancel()}>
          Cancel it
        </button>
      </p>
      <form
        className="planned-edit"
        onSubmit={(event) => {
          event.preventDefault();
          void save();
        }}
      >
        <div className="field">
          <label htmlFor="planned-name">Name</label>
          <input className="input" id="planned-name" value={name} maxLength={60} onChange={(event) => setName(event.target.value)} />
        </div>
        <div className="field">
          <label htmlFor="planned-at">Opens at</label>
          <input className="input" id="planned-at" type="datetime-local" value={at} onChange={(event) => setAt(event.target.value)} />
        </div>
        <button className="btn btn-line" type="submit">
          Save
        </button>
      </form>
    </>
  );
}

/** Whether this person may open it: the room says so. */
function useHosts(id: string): boolean {
  const identity = useStore(session.identity);
  const [hosts, setHosts] = useState(false);
  const somebody = identity.is === "somebody";
  useEffect(() => {
    if (!somebody) return;
    let stopped = false;
    commands.me(id).then((me) => stopped || setHosts(me.may["open"]?.allowed === true), () => undefined);
    return () => {
      stopped = true;
    };
  }, [id, somebody]);
  return hosts;
}
