import { useEffect, useRef } from "react";
import { Icon } from "../ui/Icon";

/** `/` goes here from anywhere on the page, Esc gives the doors back. */
export function SearchField({ typed, type }: { typed: string; type: (text: string) => void }) {
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || isWritten(event.target)) return;
      event.preventDefault();
      field.current?.focus();
    };
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  }, []);
  return (
    <form className="search" role="search" onSubmit={(event) => event.preventDefault()}>
      <Icon name="search" />
      <label className="vh" htmlFor="q">
        Search rooms, clubs and people
      </label>
      <input
        id="q"
        ref={field}
        type="search"
        maxLength={60}
        autoComplete="off"
        placeholder="Rooms, clubs, people"
        value={typed}
        onChange={(event) => type(event.target.value)}
        onKeyDown={(event) => event.key === "Escape" && type("")}
      />
      <kbd aria-hidden="true">/</kbd>
    </form>
  );
}

function isWritten(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName));
}
