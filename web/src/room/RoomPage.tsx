import { useEffect } from "react";
import { useLocation, useNavigate, useParams } from "react-router";
import { session, visit } from "../house";
import { useStore } from "../kit/store";
import { Doorstep } from "./Doorstep";
import { Ended, Missing, Refused, Removed } from "./Ends";
import { linkIn, linkTo } from "./links";
import { Planned } from "./Planned";
import { RoomScreen } from "./RoomScreen";
import { usePreview } from "./usePreview";

/** `/room/{id}`: the door, the room, or what became of it. */
export function RoomPage() {
  const { id = "" } = useParams();
  const state = useStore(visit.state);
  const here = state.roomId === id;
  const phase = here ? state.phase : ({ at: "outside" } as const);
  const inside = phase.at === "inside";
  const preview = usePreview(id, inside);
  useLinkInAddress(id);
  useReturnAfterReload(id);
  useEffect(() => () => visit.forget(), [id]);

  const name = (here ? state.room?.name : null) ?? preview.room?.name ?? "this room";
  if (inside && state.room) return <RoomScreen preview={preview.room} />;
  if (phase.at === "ended") return <Ended id={id} name={name} phase={phase} />;
  if (phase.at === "removed") return <Removed id={id} name={name} phase={phase} />;
  if (phase.at === "missing" || (preview.missing && !linkTo(id).get())) return <Missing id={id} />;
  if (phase.at === "refused") return <Refused id={id} words={phase.words} />;
  if (preview.room?.state === "ended") return <Ended id={id} name={name} phase={{ at: "ended", reason: "ended", by: null, time: null }} />;
  if (preview.room?.state === "scheduled" && phase.at === "outside") return <Planned room={preview.room} reread={preview.reread} />;
  return <Doorstep id={id} room={preview.room} phase={phase} />;
}

/** What came in the address is kept for this tab, and taken out of sight. */
function useLinkInAddress(id: string): void {
  const { hash, pathname } = useLocation();
  const navigate = useNavigate();
  const link = linkIn(hash);
  if (link) linkTo(id).set(link); // before anything that would ask for it
  useEffect(() => {
    if (link) void navigate(pathname, { replace: true });
  }, [link, pathname, navigate]);
}

/** A reload comes back into the same seat; the browser may hold the sound until a press. */
function useReturnAfterReload(id: string): void {
  const identity = useStore(session.identity);
  useEffect(() => {
    if (identity.is !== "somebody" || visit.rememberedRoom() !== id) return;
    if (visit.state.get().phase.at === "outside") visit.enter(id, "reload");
  }, [identity, id]);
}
