import { Link } from "react-router";
import type { Club, User } from "../api/shapes";
import { hue } from "../ui/art";
import { Avatar } from "../ui/Avatar";
import { Door } from "../ui/Door";
import { RoomRow } from "./RoomCard";
import { nothing, type Found } from "./search";

/** What was found, in groups, in place of the doors. */
export function SearchResults({ found, failed }: { found: Found | null; failed: boolean }) {
  return (
    <div aria-live="polite" aria-busy={!found && !failed}>
      {failed && <p className="meta">The search didn't work. Try again in a moment.</p>}
      {found && nothing(found) && <Nothing q={found.q} />}
      {found && <Group title="Rooms" count={found.rooms.length} rows={found.rooms.map((card) => <RoomRow key={card.id} card={card} />)} />}
      {found && <Group title="Clubs" count={found.clubs.length} rows={found.clubs.map((club) => <ClubFound key={club.id} club={club} />)} />}
      {found && <Group title="People" count={found.people.length} rows={found.people.map((user) => <PersonFound key={user.id} user={user} />)} />}
    </div>
  );
}

function Group({ title, count, rows }: { title: string; count: number; rows: React.ReactNode[] }) {
  if (count === 0) return null;
  const id = `found-${title.toLowerCase()}`;
  return (
    <section className="sec" aria-labelledby={id}>
      <div className="sec-h">
        <h2 id={id}>{title}</h2>
        <span className="meta">{count} found</span>
      </div>
      <ul className="rows">{rows}</ul>
    </section>
  );
}

function ClubFound({ club }: { club: Club }) {
  return (
    <li>
      <Link className="row" to={`/club/${club.id}`}>
        <Door h={hue(club.id)} listening={null} />
        <div>
          <h3>{club.name}</h3>
          <span className="meta">
            {[club.topic, `${club.follower_count} ${club.follower_count === 1 ? "follower" : "followers"}`].filter(Boolean).join(" · ")}
          </span>
        </div>
      </Link>
    </li>
  );
}

function PersonFound({ user }: { user: User }) {
  return (
    <li>
      <Link className="row" to={`/person/${user.username ?? user.id}`}>
        <Avatar id={user.id} name={user.name} width={40} />
        <div>
          <h3>{user.name}</h3>
          {user.username && <span className="meta">@{user.username}</span>}
        </div>
      </Link>
    </li>
  );
}

function Nothing({ q }: { q: string }) {
  return (
    <div className="empty">
      <Door h={300} listening={null} />
      <h3>Nothing like “{q}”.</h3>
      <p>Look for a room, a club or somebody's name. Small typing errors are fine.</p>
    </div>
  );
}
