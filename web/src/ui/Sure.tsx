import { useEffect, useRef, useState } from "react";
import { useDoing } from "../kit/useDoing";
import { Button } from "./Button";
import { Complaint } from "./Complaint";

interface SureParts {
  /** On the button: "Remove". */
  name: string;
  /** For screen readers: "Remove Sarah Connor". */
  label?: string;
  /** What happens then: "Sarah may join again." */
  line: string;
  look?: string;
  /** Brick is for what removes people or things; what gives is not. */
  gives?: boolean;
  run: () => Promise<unknown>;
}

/** Something that is not easily undone: asks once, in its own place. */
export function Sure({ name, label = name, line, look = "line", gives = false, run }: SureParts) {
  const [asked, ask] = useState(false);
  const { busy, complaint, run: doing } = useDoing();
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (asked) box.current?.querySelector("button")?.focus();
  }, [asked]);
  if (!asked)
    return (
      <Button look={look} size="sm" label={label} press={() => ask(true)}>
        {name}
      </Button>
    );
  return (
    <div className="sure" ref={box} role="group" aria-label={label}>
      <p>{line}</p>
      <div className="acts">
        <Button look={gives ? "pri" : "danger"} size="sm" busy={busy} press={() => void doing(run).then((done) => done && ask(false))}>
          {label}
        </Button>
        <Button look="ghost" size="sm" press={() => ask(false)}>
          Not now
        </Button>
      </div>
      <Complaint words={complaint} />
    </div>
  );
}
