import { useEffect, useState } from "react";
import { names, toasts } from "../house";
import { useStore } from "../kit/store";
import { useNames } from "../people/names";
import { Icon } from "./Icon";
import type { Line } from "./toasts";

export function ToastStack() {
  const shown = useStore(toasts.shown);
  const name = useNames(names);
  return (
    <div className="toasts">
      {shown.map((toast) => (
        <div
          key={toast.id}
          className="toast line"
          onPointerEnter={() => toasts.hold(toast.id)}
          onPointerLeave={() => toasts.resume(toast.id)}
        >
          <Icon name={toast.icon} />
          {filled(toast, name)}
        </div>
      ))}
    </div>
  );
}

const EMPTIED_MS = 5_000;

/** The two live regions of the page, mounted once. */
export function Announcer() {
  const spoken = useStore(toasts.spoken);
  const name = useNames(names);
  const [emptied, setEmptied] = useState(0);
  useEffect(() => {
    if (!spoken) return;
    const timer = setTimeout(() => setEmptied(spoken.id), EMPTIED_MS);
    return () => clearTimeout(timer);
  }, [spoken]);
  const words = spoken && spoken.id !== emptied ? filled(spoken, name) : "";
  return (
    <>
      <div className="vh" aria-live="polite">
        {spoken?.urgent ? "" : words}
      </div>
      <div className="vh" aria-live="assertive">
        {spoken?.urgent ? words : ""}
      </div>
    </>
  );
}

const filled = (line: Line, name: (id: string | null) => string): string => line.words.replace("{who}", name(line.who));
