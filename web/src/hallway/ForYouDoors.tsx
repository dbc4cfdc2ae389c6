import type { Card } from "../api/shapes";
import { ranked, type ForYou } from "./ranked";
import { RoomCard } from "./RoomCard";
import { Skeletons } from "./Waiting";

/** Doors in the order of how much they are for this person. It stands still while one looks; new doors wait to be asked for. */
export function ForYouDoors({ forYou, doors, again }: { forYou: ForYou | null; doors: readonly Card[]; again: () => void }) {
  if (!forYou) return <Skeletons />;
  const { cards, fresh } = ranked(forYou, doors);
  return (
    <section className="sec" aria-labelledby="for-you">
      <div className="sec-h">
        <h2 id="for-you">For you</h2>
        <span className="meta">{cards.length} live</span>
        {fresh > 0 && (
          <button className="chip" onClick={again}>
            {fresh} new {fresh === 1 ? "door" : "doors"}
          </button>
        )}
      </div>
      <ul className="cards">
        {cards.map((card) => (
          <RoomCard key={card.id} card={card} reasons={forYou.reasons.get(card.id)} />
        ))}
      </ul>
    </section>
  );
}
