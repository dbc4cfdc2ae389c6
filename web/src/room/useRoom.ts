import { createContext, useContext } from "react";
import type { Participant, Role } from "../api/shapes";
import type { Room } from "./room";
import type { VisitState } from "./visitState";

/** What every part of the room's page reads. */
export interface InRoom {
  state: VisitState;
  room: Room;
  me: string;
  mine: Participant | null;
  role: Role | null;
  guest: boolean;
  name: (id: string | null | undefined) => string;
  talking: ReadonlySet<string>;
  /** Sound was up and is not now. */
  lost: boolean;
  pick: (userId: string | null) => void;
  picked: string | null;
}

export const RoomContext = createContext<InRoom | null>(null);

export function useRoom(): InRoom {
  const room = useContext(RoomContext);
  if (!room) throw new Error("useRoom outside the room's page");
  return room;
}
