import { useState } from "react";
import { words } from "../api/problem";

export interface Doing {
  busy: boolean;
  /** Why it was refused, for people; null when it was not. */
  complaint: string | null;
  complain: (words: string | null) => void;
  /** True when it was done. One thing at a time: a second press while busy does nothing. */
  run: (command: () => Promise<unknown>) => Promise<boolean>;
}

/** Something a person asked for: running, done, or refused with words that belong beside the button. */
export function useDoing(): Doing {
  const [busy, setBusy] = useState(false);
  const [complaint, complain] = useState<string | null>(null);
  const run = async (command: () => Promise<unknown>): Promise<boolean> => {
    if (busy) return false;
    setBusy(true);
    complain(null);
    try {
      await command();
      return true;
    } catch (error) {
      complain(words(error));
      return false;
    } finally {
      setBusy(false);
    }
  };
  return { busy, complaint, complain, run };
}
