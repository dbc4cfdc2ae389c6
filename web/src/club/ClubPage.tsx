import { useEffect, useState } from "react";
import { useParams } from "react-router";
import { words } from "../api/problem";
import type { Card, CardPage, Club } from "../api/shapes";
import { api, session, toasts } from "../house";
import { useStore } from "../kit/store";
import { RoomCard } from "../hallway/RoomCard";
import { hue } from "../ui/art";
import { vars } from "../ui/css";
import { Door } from "../ui/Door";
import { Icon } from "../ui/Icon";
import { useTitle } from "../ui/Moment";
import { NotHere } from "../ui/NotHere";
import { TabBar } from "../ui/TabBar";
import { TopBar } from "../ui/TopBar";

/** `/club/{id}`: what it is, and its open doors. */
export function ClubPage() {
  const { id = "" } = useParams();
  const identity = useStore(session.identity);
  const [club, setClub] = useState<Club | null | "missing">(null);
  const [rooms, setRooms] = useState<Card[]>([]);
  useTitle(club && club !== "missing" ? club.name : "Club");
  useEffect(() => {
    api.read<Club | { club: Club }>(`/v1/clubs/${id}`).then((answer) => setClub("club" in answer ? answer.club : answer), () => setClub("missing"));
    api.read<CardPage>(`/v1/rooms?club=${id}`).then((page) => setRooms(page.rooms), () => undefined);
  }, [id, identity]);
  if (club === "missing") return <NotHere words="No such club." />;
  const mayFollow = identity.is === "somebody" && identity.way !== "guest";
  return (
    <>
      <TopBar />
      <main id="main" className="wrap" style={{ paddingTop: 8 }}>
        {club && (
          <div className="masthead" style={vars({ "--h": hue(club.id) })}>
            <Door h={hue(club.id)} listening={rooms.length > 0 ? 60 : null} />
            <div className="t">
              <h1>{club.name}</h1>
              <p>
                {club.topic ? `${club.topic}. ` : ""}
                <span className="num">{club.follower_count}</span> {club.follower_count === 1 ? "follower" : "followers"}.
              </p>
            </div>
            {mayFollow && <Follow club={club} changed={setClub} />}
          </div>
        )}
        <div className="hall one">
          <section className="sec" aria-labelledby="club-live">
            <div className="sec-h">
              <h2 id="club-live">Live now</h2>
            </div>
            {rooms.length === 0 && <p className="meta">All quiet.</p>}
            <ul className="cards">
              {rooms.map((card) => (
                <RoomCard key={card.id} card={card} />
              ))}
            </ul>
          </section>
        </div>
      </main>
      <TabBar />
    </>
  );
}

function Follow({ club, changed }: { club: Club; changed: (club: Club) => void }) {
  const press = (): void => {
    const followed = !club.followed;
    api.command(followed ? "PUT" : "DELETE", `/v1/clubs/${club.id}/followers/me`).then(
      () => changed({ ...club, followed, follower_count: club.follower_count + (followed ? 1 : -1) }),
      (error: unknown) => toasts.refuse(words(error)),
    );
  };
  return (
    <button className="btn" aria-pressed={club.followed} onClick={press}>
      {club.followed && <Icon name="check" />}
      {club.followed ? "Following" : "Follow"}
    </button>
  );
}
