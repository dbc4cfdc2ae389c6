import type { ReactNode } from "react";
import { words } from "../api/problem";
import { useTitle } from "./Moment";
import { TabBar } from "./TabBar";
import { TopBar } from "./TopBar";
import { useLate } from "./useLate";

/** A page with the house's bars. */
export function Page({ title, className = "", children }: { title: string; className?: string; children: ReactNode }) {
  useTitle(title);
  return (
    <>
      <a className="skip" href="#main">
        Skip to content
      </a>
      <TopBar />
      <main id="main" className={`wrap ${className}`} tabIndex={-1}>
        {children}
      </main>
      <TabBar />
    </>
  );
}

/** While an answer is awaited, or instead of it. */
export function Awaited({ refusal, again }: { refusal: unknown; again: () => void }) {
  const late = useLate(150); // what passes quickly is not worth showing
  if (refusal)
    return (
      <div className="empty" role="alert">
        <p>{words(refusal)}</p>
        <button className="btn btn-line" onClick={again}>
          Try again
        </button>
      </div>
    );
  if (!late) return null;
  return (
    <div aria-busy="true">
      <span className="vh">Loading</span>
      <span className="skel" style={{ width: "40%", height: 38, marginBottom: 16 }} />
      <span className="skel" style={{ width: "70%", height: 20 }} />
    </div>
  );
}
