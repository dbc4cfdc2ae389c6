import { useEffect, useState } from "react";
import { isProblem } from "../api/problem";
import type { RoomPreview } from "../api/shapes";
import { api, names } from "../house";
import { sleep } from "../kit/waiting";

interface Preview {
  room: RoomPreview | null;
  missing: boolean;
}

const NOT_YET: Preview = { room: null, missing: false };
const TRIES_INSIDE = 4;

/** The room as the hallway knows it. One just opened may not be there yet: whoever is inside asks again. */
export function usePreview(id: string, inside: boolean): Preview {
  const [preview, setPreview] = useState<Preview>(NOT_YET);
  useEffect(() => {
    let stopped = false;
    const read = async (): Promise<void> => {
      for (let attempt = 1; !stopped; attempt++) {
        const answer = await once(id).catch((error: unknown) => error);
        if (stopped) return;
        if (!(answer instanceof Error)) return setPreview({ room: answer as RoomPreview, missing: false });
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
  }, [id, inside]);
  return preview;
}

async function once(id: string): Promise<RoomPreview> {
  const { room } = await api.read<{ room: RoomPreview }>(`/v1/rooms/${encodeURIComponent(id)}`);
  names.learn([...room.panel, ...room.audience]);
  return room;
}
