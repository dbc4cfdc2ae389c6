import { useEffect, useState } from "react";
import type { Me } from "../api/shapes";
import { commands } from "../house";

/** What the room says one may do here; asked again whenever `when` changes. Null until it has answered. */
export function useMe(roomId: string, when: string): Me | null {
  const [me, setMe] = useState<Me | null>(null);
  useEffect(() => {
    let stopped = false;
    commands.me(roomId).then((answer) => stopped || setMe(answer), () => undefined);
    return () => {
      stopped = true;
    };
  }, [roomId, when]);
  return me;
}
