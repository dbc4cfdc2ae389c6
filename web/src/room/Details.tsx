import { engine } from "../house";
import { useStore } from "../kit/store";
import { Icon } from "../ui/Icon";
import { policyWords } from "../ui/Policy";
import { host, placeInLine } from "./room";
import { useMe } from "./useMe";
import { useRoom } from "./useRoom";

/** Three checks, and exactly one sentence about what to do next. */
export function Why() {
  const { state, room, me, mine, name, guest } = useRoom();
  const invited = room.invitations.some((row) => row.user_id === me);
  const said = useMe(room.id, JSON.stringify([room.policy, invited, placeInLine(room, me), guest, mine?.guest]))?.may["speak"]?.message;
  const mic = useStore(engine.microphone.state);
  const hearing = state.sound === "up";
  const mods = room.panel.filter((person) => person.role === "HOST" || person.role === "MODERATOR").map((person) => name(person.user_id));
  const troubled = mic === "blocked" || mic === "missing" || mic === "busy" || mic === "insecure";
  return (
    <section className="panel" id="why" aria-labelledby="why-heading">
      <div className="panel-b why">
        <h2 id="why-heading">Why can't I speak?</h2>
        <ol>
          <Check ok={hearing} icon="sig0" title={hearing ? "You're in the room" : "Sound isn't through yet"}>
            {hearing ? "Sound is playing and the line is clear." : "We're still calling."}
          </Check>
          <Check ok={!troubled} icon="micx" title={troubled ? "Your microphone isn't ready" : "Your microphone"}>
            {troubled ? "Open Sound to see what holds it." : "It is asked for when you step up, and stays off until then."}
          </Check>
          <Check ok={false} icon="hand" title={guest ? "Guests listen" : "A moderator hasn't invited you yet"}>
            {guest ? "Sign in to raise a hand." : said ?? `This room is ${policyWords(room.policy)}. ${next(room.policy.speak, mods)}`}
          </Check>
        </ol>
      </div>
    </section>
  );
}

function next(speak: "hand" | "invite" | "open", mods: string[]): string {
  if (speak === "open") return "Press Step up.";
  if (speak === "invite") return "The host picks who comes up.";
  return mods.length > 0 ? `Raise your hand and ${mods.slice(0, 2).join(" or ")} will see it.` : "Raise your hand.";
}

function Check({ ok, icon, title, children }: { ok: boolean; icon: string; title: string; children: string }) {
  return (
    <li>
      <span className={ok ? "tick" : "tick no"}>
        <Icon name={ok ? "check" : icon} size="s" />
      </span>
      <span>
        <b>{title}</b>
        {children}
      </span>
    </li>
  );
}

export function About({ topic }: { topic: string | null }) {
  const { room, name } = useRoom();
  const keys = host(room);
  const heir = room.panel.filter((person) => person.role === "MODERATOR").sort((a, b) => a.seat - b.seat)[0];
  return (
    <section className="panel" aria-labelledby="about-heading">
      <div className="panel-b">
        <h2 id="about-heading">About this room</h2>
        <div className="facts" style={{ marginTop: 12 }}>
          {topic && (
            <div>
              <Icon name="topic" />
              <span>{topic}</span>
            </div>
          )}
          <div>
            <Icon name="key" />
            <span>
              {keys ? `${name(keys.user_id)} holds the keys.` : "Nobody holds the keys."}
              {keys && heir && ` If they drop off, ${name(heir.user_id)} takes over.`}
            </span>
          </div>
          <div>
            <Icon name="eye" />
            <span>Not recorded. Moderator actions are logged.</span>
          </div>
        </div>
      </div>
    </section>
  );
}
