import { useId, type ReactNode } from "react";

/** One matter of the settings. */
export function Section({ title, children }: { title: string; children: ReactNode }) {
  const id = useId();
  return (
    <section className="panel" aria-labelledby={id}>
      <div className="panel-b stacked">
        <h2 id={id}>{title}</h2>
        {children}
      </div>
    </section>
  );
}

/** Said where it happened, until something else happens there. */
export function Said({ words }: { words: string | null }) {
  return (
    <p className="said" role="status">
      {words}
    </p>
  );
}
