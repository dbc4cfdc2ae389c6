import { useEffect, useMemo, useState } from "react";
import type { RoomPreview } from "../api/shapes";
import { lamplight, names, session, visit } from "../house";
import { useStore } from "../kit/store";
import { GUEST, useNames } from "../people/names";
import { useTitle } from "../ui/Moment";
import { Audience } from "./Audience";
import { Banners } from "./Banners";
import { About, Why } from "./Details";
import { Dock } from "./Dock";
import { Invitation } from "./Invitation";
import { ModeratorPanel } from "./ModeratorPanel";
import { PersonSheet } from "./PersonSheet";
import { find, moderates } from "./room";
import { RoomBar } from "./RoomBar";
import { RoomTitle } from "./RoomTitle";
import { Stage } from "./Stage";
import { RoomContext, useRoom, type InRoom } from "./useRoom";
import { useKeys } from "./useKeys";

/** The room from inside. */
export function RoomScreen({ preview }: { preview: RoomPreview | null }) {
  const value = useInRoom();
  if (!value) return null;
  return (
    <RoomContext.Provider value={value}>
      <Screen preview={preview} />
    </RoomContext.Provider>
  );
}

function Screen({ preview }: { preview: RoomPreview | null }) {
  const { room, role, lost, state, picked } = useRoom();
  useTitle(room.name);
  useKeys();
  const moderating = moderates(role);
  return (
    <>
      <a className="skip" href="#main">
        Skip to content
      </a>
      <a className="skip" href="#dock">
        Skip to your controls
      </a>
      <RoomBar line={state.sound === "up" ? "clear" : lost ? "none" : "connecting"} />
      <Banners />
      <main id="main" tabIndex={-1} className={moderating ? "wrap room mod" : "wrap room"}>
        <div className="col">
          <RoomTitle
            id={room.id}
            name={room.name}
            clubId={room.club_id}
            clubName={preview?.club_name ?? null}
            panel={room.panel.length}
            participants={room.panel.length + room.audience_count}
            policy={room.policy}
            startedAt={room.started_at}
          />
          <Stage />
          <Audience />
        </div>
        <aside className="col" aria-label={moderating ? "Moderation" : "Room details"}>
          {moderating && <ModeratorPanel />}
          {role === "AUDIENCE" && <Why />}
          <About topic={preview?.topic ?? null} />
        </aside>
      </main>
      {picked && <PersonSheet key={picked} userId={picked} />}
      <Invitation />
      <Dock />
    </>
  );
}

function useInRoom(): InRoom | null {
  const state = useStore(visit.state);
  const identity = useStore(session.identity);
  const talking = useStore(lamplight.talking);
  const name = useNames(names);
  const [picked, pick] = useState<string | null>(null);
  const { room, me } = state;
  useEffect(() => {
    if (!room) return;
    names.need([...room.panel, ...room.audience].map((person) => person.user_id), GUEST);
    names.need([...room.hands.map((hand) => hand.user_id), ...[room.lost_host, room.awaited_host_id].filter((id) => id !== null)]);
  }, [room]);
  return useMemo(() => {
    if (!room || !me) return null;
    const mine = find(room, me);
    const lost = state.sound === "calling_back" || state.sound === "gave_up";
    const guest = identity.is === "somebody" && identity.way === "guest";
    return { state, room, me, mine, role: mine?.role ?? null, guest, name, talking, lost, pick, picked };
  }, [state, room, me, identity, name, talking, picked]);
}

