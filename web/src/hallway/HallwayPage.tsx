import { useEffect, useState } from "react";
import { Link } from "react-router";
import type { Card, Club } from "../api/shapes";
import { api, hallway, session } from "../house";
import type { Identity } from "../identity/session";
import { useStore } from "../kit/store";
import { useTitle } from "../ui/Moment";
import { TabBar } from "../ui/TabBar";
import { TopBar } from "../ui/TopBar";
import { listed } from "./doors";
import { ForYouDoors } from "./ForYouDoors";
import { Hero } from "./Hero";
import { RoomCard, RoomRow } from "./RoomCard";
import { useSearch } from "./search";
import { SearchField } from "./SearchField";
import { SearchResults } from "./SearchResults";
import { SortChips, useSort } from "./Sort";
import { Upcoming } from "./Upcoming";
import { useForYou } from "./useForYou";
import { Offline, Quiet, Skeletons } from "./Waiting";

/** `/`: the open doors. One list request; after that the page updates by itself. */
export function HallwayPage() {
  useTitle("");
  useEffect(() => hallway.watch(), []);
  const identity = useStore(session.identity);
  const { doors, loaded, staleSince, nextCursor } = useStore(hallway.state);
  const followed = useFollowedClubs(identity);
  const cards = listed(doors);
  const mine = cards.filter((card) => card.club_id !== null && followed.has(card.club_id));
  const others = cards.filter((card) => !mine.includes(card));
  const signedIn = identity.is === "somebody" && identity.way !== "guest";
  const [typed, setTyped] = useState("");
  const { found, failed } = useSearch(typed);
  const searching = typed.trim().length > 1;
  const { sort, choose } = useSort();
  const personal = signedIn && sort === "for_you";
  const { forYou, again } = useForYou(personal && loaded, signedIn ? identity.user.id : null, cards);
  return (
    <>
      {signedIn || identity.is === "unknown" ? <TopBar /> : <Hero />}
      {staleSince && loaded && <Offline since={staleSince} />}
      <main id="main" className="wrap">
        {signedIn && <Howdy name={identity.user.name} doors={cards.length} followed={mine.length} />}
        <div className="finder">
          <SearchField typed={typed} type={setTyped} />
          {signedIn && <SortChips sort={sort} choose={choose} />}
        </div>
        {searching && <SearchResults found={found} failed={failed} />}
        <div className="hall one" id="live" style={searching ? { display: "none" } : undefined}>
          {!loaded && <Skeletons />}
          {loaded && cards.length === 0 && <Quiet />}
          {personal && cards.length > 0 && <ForYouDoors forYou={forYou} doors={cards} again={again} />}
          {!personal && mine.length > 0 && <Section title="Clubs you follow" note={`${mine.length} live`} cards={mine} as={RoomCard} list="cards" />}
          {!personal && others.length > 0 && (
            <Section
              title="Everything live"
              note={mine.length > 0 ? `${others.length} more rooms, newest first` : `${others.length} doors, newest first`}
              cards={others}
              as={signedIn && mine.length > 0 ? RoomRow : RoomCard}
              list={signedIn && mine.length > 0 ? "rows" : "cards"}
            />
          )}
          <Upcoming />
          {nextCursor && (
            <button className="btn btn-line" onClick={() => void hallway.more()}>
              More doors
            </button>
          )}
        </div>
      </main>
      {signedIn && <TabBar />}
    </>
  );
}

function Howdy({ name, doors, followed }: { name: string; doors: number; followed: number }) {
  return (
    <div className="hello">
      <div>
        <h1>Howdy, {name}</h1>
        <p>
          {doors} {doors === 1 ? "door" : "doors"} open. {followed} {followed === 1 ? "is" : "are"} in clubs you follow.
        </p>
      </div>
      <div className="only-s">
        <Link className="btn btn-pri" to="/start">
          Start a room
        </Link>
      </div>
    </div>
  );
}

interface Listing {
  title: string;
  note: string;
  cards: Card[];
  as: (props: { card: Card }) => React.ReactNode;
  list: "cards" | "rows";
}

function Section({ title, note, cards, as: Room, list }: Listing) {
  const id = title.replaceAll(" ", "-").toLowerCase();
  return (
    <section className="sec" aria-labelledby={id}>
      <div className="sec-h">
        <h2 id={id}>{title}</h2>
        <span className="meta">{note}</span>
      </div>
      <ul className={list}>
        {cards.map((card) => (
          <Room key={card.id} card={card} />
        ))}
      </ul>
    </section>
  );
}

function useFollowedClubs(identity: Identity): ReadonlySet<string> {
  const [followed, setFollowed] = useState<ReadonlySet<string>>(new Set());
  const viewer = identity.is === "somebody" && identity.way !== "guest" ? identity.user.id : null;
  useEffect(() => {
    let stopped = false;
    setFollowed(new Set());
    if (viewer !== null)
      api
        .read<{ clubs: Club[] }>("/v1/clubs")
        .then(({ clubs }) => stopped || setFollowed(new Set(clubs.filter((club) => club.followed).map((club) => club.id))))
        .catch(() => undefined); // without it every door stands in one list
    return () => {
      stopped = true;
    };
  }, [viewer]);
  return followed;
}
