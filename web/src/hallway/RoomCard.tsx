import type { MouseEvent } from "react";
import { Link } from "react-router";
import type { Card } from "../api/shapes";
import { session, visit } from "../house";
import { useStore } from "../kit/store";
import { hue } from "../ui/art";
import { Avatar } from "../ui/Avatar";
import { Counts } from "../ui/Counts";
import { vars } from "../ui/css";
import { Door } from "../ui/Door";
import { Icon } from "../ui/Icon";
import type { Reason } from "./ranked";
import { TalkLine, useTalkers } from "./TalkLine";

const FACES = 3;

/** A room as a slice of the corridor. */
export function RoomCard({ card, reasons }: { card: Card; reasons?: readonly Reason[] | undefined }) {
  const h = hue(card.club_id ?? card.id);
  const lit = useTalkers(card.id).length > 0;
  return (
    <li className="card" data-room-id={card.id} style={vars({ "--h": h })}>
      <div className={lit ? "nook lit" : "nook"}>
        <span className="lamp" aria-hidden="true" />
        <Door h={h} listening={card.participant_count} />
      </div>
      <div className="card-b">
        {card.club_id && (
          <Link className="club" to={`/club/${card.club_id}`}>
            {card.club_name}
          </Link>
        )}
        <h3>
          <Link className="go" to={`/room/${card.id}`} onClick={(event) => step(event, card.id)}>
            {card.name}
          </Link>
        </h3>
        <p className="who">
          <Stack card={card} width={38} />
          <span className="names">{faces(card)}</span>
        </p>
        {reasons && reasons.length > 0 && (
          <p className="meta" data-reason={reasons[0]?.kind}>
            {reasons.map(({ text }) => text).join(" · ")}
          </p>
        )}
        <div className="foot">
          <TalkLine roomId={card.id} />
          <Counts panel={card.panel_count} participants={card.participant_count} />
          <Here card={card} />
        </div>
      </div>
    </li>
  );
}

/** The same door, quieter. */
export function RoomRow({ card }: { card: Card }) {
  const talking = useTalkers(card.id).length > 0;
  return (
    <li data-room-id={card.id}>
      <Link className="row" to={`/room/${card.id}`} onClick={(event) => step(event, card.id)}>
        <Door h={hue(card.club_id ?? card.id)} listening={card.participant_count} />
        <div>
          {card.club_name && <span className="club">{card.club_name}</span>}
          <h3>{card.name}</h3>
          <span className="sub">
            <Counts panel={card.panel_count} participants={card.participant_count} />
            <Here card={card} />
          </span>
        </div>
        <span className="side">
          <Stack card={card} width={30} />
          {talking ? <TalkLine roomId={card.id} /> : <span className="meta">{faces(card)}</span>}
        </span>
      </Link>
    </li>
  );
}

/** A press on a door joins at once for whoever is signed in; a link opened elsewhere shows the doorstep. */
function step(event: MouseEvent, roomId: string): void {
  const plain = event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey;
  if (plain && session.identity.get().is === "somebody") visit.enter(roomId, "press");
}

function Here({ card }: { card: Card }) {
  const { roomId, phase } = useStore(visit.state);
  if (roomId === card.id && phase.at === "inside")
    return (
      <span className="policy">
        <Icon name="check" size="s" />
        You're here
      </span>
    );
  return <span className="policy">live</span>;
}

function Stack({ card, width }: { card: Card; width: number }) {
  return (
    <span className="stack" aria-hidden="true">
      {card.panel.slice(0, FACES).map(({ user_id, name }) => (
        <Avatar key={user_id} id={user_id} name={name ?? ""} width={width} />
      ))}
    </span>
  );
}

function faces({ panel, panel_count }: Card): string {
  const shown = panel.slice(0, 2).map((person) => person.name);
  const more = panel_count - shown.length;
  return shown.join(", ") + (more > 0 ? ` + ${more}` : "");
}
