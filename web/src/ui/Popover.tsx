import { useEffect, useId, type ReactNode } from "react";
import { Icon } from "./Icon";

/** A small non-modal dialog above the dock. Esc closes it. */
export function Popover({ title, close, children }: { title: string; close: () => void; children: ReactNode }) {
  const id = useId();
  useEscape(close);
  return (
    <section className="pop" role="dialog" aria-labelledby={id}>
      <div style={{ display: "flex", justifyContent: "space-between", alignItems: "center", margin: "-8px -8px -8px 0" }}>
        <h2 id={id}>{title}</h2>
        <button className="icon-btn" aria-label="Close" autoFocus onClick={close}>
          <Icon name="x" />
        </button>
      </div>
      {children}
    </section>
  );
}

export function useEscape(close: () => void): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.key === "Escape") close();
    };
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  }, [close]);
}
