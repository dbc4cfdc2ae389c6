import { Link } from "react-router";
import { toasts } from "../house";
import { Icon } from "../ui/Icon";

export type LineLook = "clear" | "connecting" | "none";

const LOOKS = {
  clear: { className: "conn ok", icon: "sig3", words: "Clear" },
  connecting: { className: "conn", icon: "sig1", words: "Connecting" },
  none: { className: "conn bad", icon: "sig0", words: "No line" },
} as const;

/** Back keeps you in the room; only Leave leaves. */
export function RoomBar({ line }: { line: LineLook | null }) {
  const look = line && LOOKS[line];
  return (
    <header className="roombar">
      <div className="wrap">
        <Link className="back" to="/">
          <Icon name="back" size="l" />
          Hallway{line && <span className="vh">, keep listening</span>}
        </Link>
        <span />
        <div className="acts">
          {look && (
            <span className={look.className} data-line={line}>
              <Icon name={look.icon} />
              {look.words}
              <span className="vh"> connection</span>
            </span>
          )}
          <button className="icon-btn" aria-label="Share this room" onClick={() => void share()}>
            <Icon name="share" size="l" />
          </button>
        </div>
      </div>
    </header>
  );
}

async function share(): Promise<void> {
  const clipboard: Clipboard | undefined = navigator.clipboard; // missing on plain http beyond localhost
  try {
    if (!clipboard) throw new Error("no clipboard");
    await clipboard.writeText(location.href);
    toasts.say({ icon: "check", words: "Link copied.", who: null, urgent: false });
  } catch {
    toasts.say({ icon: "share", words: `The link is ${location.href}`, who: null, urgent: false });
  }
}
