import type { ReactNode } from "react";

interface ButtonParts {
  children: ReactNode;
  press?: () => void;
  /** "pri", "line", "soft", "ghost", "danger". */
  look?: string;
  size?: "sm" | "lg";
  busy?: boolean;
  pressed?: boolean;
  /** For screen readers, where the words alone do not say whom it is about. */
  label?: string;
}

/** A press; without `press` it submits its form. While busy it keeps its place and its focus. */
export function Button({ children, press, look = "line", size, busy = false, pressed, label }: ButtonParts) {
  return (
    <button
      type={press ? "button" : "submit"}
      className={`btn btn-${look}${size ? ` btn-${size}` : ""}`}
      aria-busy={busy}
      aria-disabled={busy || undefined}
      aria-pressed={pressed}
      aria-label={label}
      onClick={(event) => {
        if (busy) event.preventDefault();
        else press?.();
      }}
    >
      {busy && <span className="spin" aria-hidden="true" />}
      {children}
    </button>
  );
}
