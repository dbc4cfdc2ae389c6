import { useCallback, useEffect, useRef, useState } from "react";
import type { Card } from "../api/shapes";
import { api } from "../house";
import { ranking, type CardForYou, type ForYou } from "./ranked";

/** The ranking, read when it is wanted; `again` reads it anew. */
export function useForYou(
  wanted: boolean,
  viewer: string | null,
  doors: readonly Card[],
): { forYou: ForYou | null; again: () => void } {
  const open = useRef(doors);
  open.current = doors;
  const [forYou, setForYou] = useState<ForYou | null>(null);
  const [turn, setTurn] = useState(0);
  const again = useCallback(() => setTurn((number) => number + 1), []);
  useEffect(() => {
    let stopped = false;
    if (wanted)
      api
        .read<{ rooms: CardForYou[] }>("/v1/rooms?sort=for_you")
        .then(({ rooms }) => stopped || setForYou(ranking(rooms, open.current)))
        .catch(() => undefined); // the doors stay as they were
    return () => {
      stopped = true;
    };
  }, [wanted, viewer, turn]);
  return { forYou, again };
}
