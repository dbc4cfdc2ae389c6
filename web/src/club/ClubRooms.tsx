import { Link } from "react-router";
import type { Card, Club } from "../api/shapes";
import { clubs } from "../house";
import { asSeenBy, useViewer } from "../identity/useViewer";
import { RoomCard } from "../hallway/RoomCard";
import { usePages, type Paged } from "../kit/usePages";
import { More } from "../ui/More";
import { Awaited } from "../ui/Page";
import { day } from "../ui/times";
import { timeOfDay } from "../ui/useNow";
import { byDay } from "./byDay";
import { useEvery } from "../kit/useEvery";

const AGAIN_MS = 30_000;

function useRooms(club: Club, state: "live" | "scheduled" | "ended"): Paged<Card> {
  const viewer = useViewer();
  return usePages(asSeenBy(viewer, `${club.id} ${state} ${club.role}`), (cursor) => clubs.rooms(club.id, state, cursor), ({ id }) => id);
}

export function LiveRooms({ club }: { club: Club }) {
  const list = useRooms(club, "live");
  useEvery(AGAIN_MS, list.again);
  return (
    <section className="sec" aria-labelledby="club-live">
      <div className="sec-h">
        <h2 id="club-live">Live now</h2>
      </div>
      {!list.value && <Awaited {...list} />}
      {list.value?.items.length === 0 && <p className="meta">All quiet.</p>}
      <ul className="cards">
        {list.value?.items.map((card) => (
          <RoomCard key={card.id} card={card} />
        ))}
      </ul>
      <More list={list} what="rooms" />
    </section>
  );
}

export function PlannedRooms({ club }: { club: Club }) {
  const list = useRooms(club, "scheduled");
  if (!list.value || list.value.items.length === 0) return null;
  return (
    <section className="soon" aria-labelledby="club-soon">
      <h2 id="club-soon">Coming up</h2>
      {byDay(list.value.items).map(({ day: word, cards }) => (
        <div key={word}>
          <span className="day">{word}</span>
          <ul>
            {cards.map((card) => (
              <li key={card.id} className="slot" data-room-id={card.id}>
                <time dateTime={card.scheduled_for ?? undefined}>{card.scheduled_for && timeOfDay(card.scheduled_for)}</time>
                <h3>
                  <Link to={`/room/${card.id}`}>{card.name}</Link>
                </h3>
              </li>
            ))}
          </ul>
        </div>
      ))}
      <More list={list} what="planned rooms" />
    </section>
  );
}

/** Latest first; there is nothing to step into any more. */
export function PastRooms({ club }: { club: Club }) {
  const list = useRooms(club, "ended");
  if (!list.value || list.value.items.length === 0) return null;
  return (
    <section className="sec" aria-labelledby="club-past">
      <div className="sec-h">
        <h2 id="club-past">Past rooms</h2>
      </div>
      <ul className="past">
        {list.value.items.map((card) => (
          <li key={card.id}>
            <b>{card.name}</b>
            <span className="meta">{card.started_at ? `Opened ${day(card.started_at)}` : "Called off"}</span>
          </li>
        ))}
      </ul>
      <More list={list} what="past rooms" />
    </section>
  );
}
