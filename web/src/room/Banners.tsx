import type { ReactNode } from "react";
import { commands, visit } from "../house";
import { Icon } from "../ui/Icon";
import { useLate } from "../ui/useLate";
import { clock, useNow } from "../ui/useNow";
import { act } from "./act";
import { onStage } from "./room";
import { useRoom } from "./useRoom";
import { keysHeld } from "./visitState";

const SEAT_HELD_SECONDS = 60;

/** One at a time, the most pressing first. */
export function Banners() {
  const { state, room } = useRoom();
  if (state.sound === "calling_back") return <CallingBack />;
  if (state.sound === "gave_up") return <GaveUp />;
  if (state.sound === "no_path") return <NoPath />;
  if (room.hostless_until && room.awaited_host_id) return <Awaited until={room.hostless_until} host={room.awaited_host_id} />;
  if (room.hostless_until) return <Hostless until={room.hostless_until} />;
  if (!state.linked && state.sound === "up") return <CatchingUp />;
  return null;
}

function CallingBack() {
  const { state } = useRoom();
  const gone = (useNow(1_000) - (state.lostAtMs ?? Date.now())) / 1000;
  const left = Math.max(0, Math.round(SEAT_HELD_SECONDS - gone));
  return (
    <Banner icon={<span className="spin" aria-hidden="true" />} title="Line dropped. Calling back." action={["Try now", () => visit.tryNow()]}>
      {left > 0 ? (
        <>
          Your seat is held for <span className="num">{left}</span> s.
        </>
      ) : (
        "Your seat is gone. We're still calling; you'll come back to the audience."
      )}
    </Banner>
  );
}

function GaveUp() {
  return (
    <Banner icon={<Icon name="offline" />} title="We couldn't get you back in." action={["Rejoin", () => visit.tryNow()]}>
      Press Rejoin, or leave.
    </Banner>
  );
}

function NoPath() {
  return (
    <Banner icon={<Icon name="offline" />} title="Sound can't get through on this network." action={["Try again", () => visit.tryNow()]}>
      Try another one, or switch off the VPN.
    </Banner>
  );
}

const WORTH_SAYING_MS = 1_000;

/** Facts are late, voices are not: nothing to do, so nothing to press. Shown only when it lasts. */
function CatchingUp() {
  if (!useLate(WORTH_SAYING_MS)) return null;
  return (
    <Banner icon={<span className="spin" aria-hidden="true" />} title="Catching up." action={null}>
      You can still hear and be heard.
    </Banner>
  );
}

function Hostless({ until }: { until: string }) {
  const { room, me, role, name } = useRoom();
  const left = clock(Date.parse(until) - useNow(1_000));
  const may = (role !== null && onStage(role)) || room.lost_host === me || keysHeld.get() === room.id;
  const who = room.lost_host ? name(room.lost_host) : "The host";
  const take = (): void => void act(() => commands.changeRole(room.id, me, "HOST"));
  return (
    <Banner icon={<Icon name="key" />} title={`${who} stepped out. This room closes in ${left}.`} action={may ? ["Take the keys", take] : null}>
      Anyone on stage can take the keys.
    </Banner>
  );
}

/** It opened by itself. */
function Awaited({ until, host }: { until: string; host: string }) {
  const { name } = useRoom();
  const left = clock(Date.parse(until) - useNow(1_000));
  return (
    <Banner icon={<Icon name="clock" />} title={`Waiting for ${name(host)}. This room closes in ${left}.`} action={null}>
      It opened at its time; its host isn't here yet.
    </Banner>
  );
}

interface BannerParts {
  icon: ReactNode;
  title: string;
  action: [string, () => void] | null;
  children: ReactNode;
}

export function Banner({ icon, title, action, children }: BannerParts) {
  return (
    <div className="banner" role="alert">
      <div className="wrap">
        {icon}
        <p>
          <b>{title}</b> <small>{children}</small>
        </p>
        {action && (
          <button className="btn btn-sm" onClick={action[1]}>
            {action[0]}
          </button>
        )}
      </div>
    </div>
  );
}
