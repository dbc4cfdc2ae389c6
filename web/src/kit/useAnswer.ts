import { useCallback, useEffect, useState } from "react";

export interface Asked<T> {
  /** Null until it is there, or when it was refused. */
  value: T | null;
  refusal: unknown;
  set: (value: T) => void;
  /** Asks once more, and shows what is there until the answer comes. */
  again: () => void;
}

interface State<T> {
  about: string | null;
  value: T | null;
  refusal: unknown;
}

/** The answer to a question, asked anew when `about` changes; not asked at all while `about` is null. */
export function useAnswer<T>(about: string | null, ask: () => Promise<T>): Asked<T> {
  const [state, setState] = useState<State<T>>({ about, value: null, refusal: null });
  const [times, setTimes] = useState(0);
  useEffect(() => {
    if (about === null) return;
    let stopped = false;
    ask().then(
      (value) => stopped || setState({ about, value, refusal: null }),
      (refusal: unknown) => stopped || setState((before) => ({ about, value: before.about === about ? before.value : null, refusal })),
    );
    return () => {
      stopped = true;
    };
    // `ask` is new with each render; `about` says when it asks something else.
  }, [about, times]);
  const set = useCallback((value: T) => setState({ about, value, refusal: null }), [about]);
  const again = useCallback(() => setTimes((count) => count + 1), []);
  const here = state.about === about; // else it is the answer to another question
  return { value: here ? state.value : null, refusal: here ? state.refusal : null, set, again };
}
