import { useState } from "react";
import { inThisBrowser } from "../kit/remembered";

export type Sort = "newest" | "for_you";

const chosen = inThisBrowser("doors");
const WORDS: Record<Sort, string> = { newest: "Newest", for_you: "For you" };

/** How this browser likes its doors. */
export function useSort(): { sort: Sort; choose: (sort: Sort) => void } {
  const [sort, setSort] = useState<Sort>(chosen.get() === "for_you" ? "for_you" : "newest");
  return {
    sort,
    choose: (next) => {
      chosen.set(next);
      setSort(next);
    },
  };
}

export function SortChips({ sort, choose }: { sort: Sort; choose: (sort: Sort) => void }) {
  return (
    <div role="group" aria-label="Order of the doors" style={{ display: "flex", gap: 8 }}>
      {(Object.keys(WORDS) as Sort[]).map((each) => (
        <button key={each} className="chip" aria-pressed={each === sort} onClick={() => choose(each)}>
          {WORDS[each]}
        </button>
      ))}
    </div>
  );
}
