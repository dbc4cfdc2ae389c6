import { useEffect, useState } from "react";
import { Link } from "react-router";
import type { Card, CardPage } from "../api/shapes";
import { api } from "../house";
import { Door } from "../ui/Door";
import { hue } from "../ui/art";
import { day } from "../ui/times";

const AGAIN_MS = 30_000;

/** Rooms that are planned, the soonest first; nothing when there are none. */
export function Upcoming() {
  const cards = useUpcoming();
  if (cards.length === 0) return null;
  return (
    <section className="sec" aria-labelledby="upcoming">
      <div className="sec-h">
        <h2 id="upcoming">Upcoming</h2>
        <span className="meta">{cards.length} planned</span>
      </div>
      <ul className="rows">
        {cards.map((card) => (
          <li key={card.id} data-room-id={card.id}>
            <Link className="row" to={`/room/${card.id}`}>
              <Door h={hue(card.club_id ?? card.id)} listening={null} />
              <div>
                {card.club_name && <span className="club">{card.club_name}</span>}
                <h3>{card.name}</h3>
                <span className="meta">{card.scheduled_for ? `Opens ${day(card.scheduled_for)}` : "Opens later"}</span>
              </div>
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}

function useUpcoming(): Card[] {
  const [cards, setCards] = useState<Card[]>([]);
  useEffect(() => {
    const read = (): void => {
      if (!document.hidden) api.read<CardPage>("/v1/rooms?state=scheduled&limit=20").then(({ rooms }) => setCards(rooms), () => undefined);
    };
    read();
    const timer = setInterval(read, AGAIN_MS);
    return () => clearInterval(timer);
  }, []);
  return cards;
}
