import { useState } from "react";
import { appended, type Page } from "./pages";
import { useAnswer, type Asked } from "./useAnswer";

export interface Paged<T> extends Asked<Page<T>> {
  busy: boolean;
  /** Reads on; null when that is all. */
  more: (() => void) | null;
}

/** A list read page by page, from the start again when `about` changes; not read while `about` is null. */
export function usePages<T>(about: string | null, read: (cursor: string | null) => Promise<Page<T>>, key: (item: T) => string): Paged<T> {
  const asked = useAnswer(about, () => read(null));
  const [reading, setReading] = useState<string | null>(null);
  const { value, set } = asked;
  const busy = reading !== null && reading === about;
  const more = (): void => {
    if (!value?.next || busy) return;
    setReading(about);
    read(value.next)
      .then((page) => set(appended(value, page, key)), () => undefined) // the button stays, and may be pressed again
      .finally(() => setReading(null));
  };
  return { ...asked, busy, more: value?.next ? more : null };
}
