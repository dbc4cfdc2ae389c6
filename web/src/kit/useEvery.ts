import { useEffect } from "react";

/** Again and again while somebody looks at the page. */
export function useEvery(ms: number, again: () => void): void {
  useEffect(() => {
    const timer = setInterval(() => document.hidden || again(), ms);
    return () => clearInterval(timer);
  }, [ms, again]);
}
