import { useEffect, type ReactNode } from "react";
import { vars } from "./css";
import { hue } from "./art";
import { TabBar } from "./TabBar";
import { TopBar } from "./TopBar";

/** A page about something that is over, missing or still to come: a door and a few words, and always a way on. */
export function Moment({ id, title, lit, children }: { id: string; title: string; lit?: boolean; children: ReactNode }) {
  useTitle(title);
  return (
    <>
      <TopBar />
      <main id="main" className="wrap moment">
        <div className={lit ? "alcove lit" : "alcove"}>
          {!lit && <span className="lamp" aria-hidden="true" />}
          <span className={lit ? "door" : "door shut"} style={vars({ "--h": hue(id), "--open": lit ? 0.86 : 0 })} aria-hidden="true" />
        </div>
        <div>{children}</div>
      </main>
      <TabBar />
    </>
  );
}

export function useTitle(title: string): void {
  useEffect(() => {
    document.title = title === "" ? "Hallway" : `${title} · Hallway`;
  }, [title]);
}
