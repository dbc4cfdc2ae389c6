import { useEffect, useRef, useState } from "react";
import { commands } from "../house";
import { Avatar } from "../ui/Avatar";
import { act } from "./act";
import { useRoom } from "./useRoom";

/** A host who leaves says who gets the keys, or ends the room. */
export function KeysDialog({ leave, stay }: { leave: () => void; stay: () => void }) {
  const { room, me, name } = useRoom();
  const dialog = useRef<HTMLDialogElement>(null);
  const heirs = room.panel.filter((person) => person.user_id !== me);
  const [heir, setHeir] = useState(heirs[0]?.user_id ?? null);
  useEffect(() => dialog.current?.showModal(), []);
  const handOver = async (): Promise<void> => {
    if (heir && (await act(() => commands.leaveTo(room.id, heir)))) leave();
  };
  return (
    <dialog ref={dialog} className="keys" aria-labelledby="keys-heading" onClose={stay}>
      <h2 id="keys-heading">Who gets the keys?</h2>
      {heirs.length === 0 && <p className="meta">Nobody else is on the stage: without you the room ends.</p>}
      <div className="opts">
        {heirs.map(({ user_id }) => (
          <label key={user_id} className="opt">
            <input type="radio" name="heir" checked={heir === user_id} onChange={() => setHeir(user_id)} />
            <Avatar id={user_id} name={name(user_id)} width={32} />
            {name(user_id)}
          </label>
        ))}
      </div>
      <p className="howdy-acts">
        {heirs.length > 0 && (
          <button className="btn btn-pri" onClick={() => void handOver()}>
            Hand over and leave
          </button>
        )}
        <button className="btn btn-danger" onClick={() => void act(() => commands.end(room.id))}>
          End it for everyone
        </button>
        <button className="btn btn-line" onClick={stay}>
          Stay
        </button>
      </p>
    </dialog>
  );
}
