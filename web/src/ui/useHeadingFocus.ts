import { useEffect, useRef } from "react";

const PATIENCE_MS = 3_000; // an answer may have to come first

/** A new page begins at its heading, also for whoever does not see it. Not where keys are for talking, nor where a field waits. */
export function useHeadingFocus(pathname: string): void {
  const before = useRef(pathname);
  useEffect(() => {
    if (before.current === pathname) return;
    before.current = pathname;
    if (pathname.startsWith("/room/")) return;
    const observer = new MutationObserver(() => found() && stop());
    const timer = setTimeout(() => stop(), PATIENCE_MS);
    const stop = (): void => {
      observer.disconnect();
      clearTimeout(timer);
    };
    if (found()) stop();
    else observer.observe(document.body, { childList: true, subtree: true });
    return stop;
  }, [pathname]);
}

/** Whether there is nothing left to wait for. */
function found(): boolean {
  if (document.activeElement?.closest("main")) return true;
  const heading = document.querySelector<HTMLElement>("main h1");
  if (!heading) return false;
  heading.tabIndex = -1;
  heading.focus({ preventScroll: true });
  return true;
}
