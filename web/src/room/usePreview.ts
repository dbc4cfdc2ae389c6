import { useEffect, useState } from "react";
import { isProblem } from "../api/problem";
import type { RoomPreview } from "../api/shapes";
import { api, names } from "../house";
import { sleep } from "../kit/waiting";

interface Read {
  room: RoomPreview | null;
  missing: boolean;
}

interface Preview extends Read {
  reread: () => void;
}

const NOT_YET: Read = { room: null, missing: false };
const TRIES_INSIDE = 4;
const PLANNED_SECONDS = 2;

/** The room as the hallway knows it. One just opened may not be there yet: whoever is inside asks again. */
export function usePreview(id: string, inside: boolean): Preview {
  const [preview, setPreview] = useState<Read>(NOT_YET);
  const [asked, setAsked] = useState(0);
  useEffect(() => {
    let stopped = false;
    const read = async (): Promise<void> => {
      for (let attempt = 1; !stopped; attempt++) {
        const answer = await once(id).catch((error: unknown) => error);
        if (stopped) return;
        if (!(answer instanceof Error)) {
          const room = answer as RoomPreview;
          setPreview({ room, missing: false });
          if (room.state !== "scheduled") return;
          await sleep(PLANNED_SECONDS); // whoever waits here is let in as soon as it opens
          continue;
        }
        const final = isProblem(answer) && !answer.passing;
        if (final && (!inside || attempt >= TRIES_INSIDE)) return setPreview({ room: null, missing: !inside });
        await sleep(Math.min(5, attempt));
      }
    };
    setPreview((known) => (known.room?.id === id ? known : NOT_YET));
    void read();
    return () => {
      stopped = true;
    };
  }, [id, inside, asked]);
  return { ...preview, reread: () => setAsked((times) => times + 1) };
}

async function once(id: string): Promise<RoomPreview> {
  const { room } = await api.read<{ room: RoomPreview }>(`/v1/rooms/${encodeURIComponent(id)}`);
  names.learn([...room.panel, ...room.audience]);
  return room;
}
