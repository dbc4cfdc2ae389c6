import { useEffect, useState, type FormEvent } from "react";
import { Navigate, useNavigate } from "react-router";
import { words } from "../api/problem";
import type { ClubOf } from "../api/people";
import type { Speak, Topic } from "../api/shapes";
import { keeps } from "../club/roles";
import { account, api, commands, engine, session, visit } from "../house";
import { everyPage } from "../kit/pages";
import { useStore } from "../kit/store";
import { Icon } from "../ui/Icon";
import { useTitle } from "../ui/Moment";
import { TopBar } from "../ui/TopBar";
import { DoorChoice, OPEN_DOOR, type DoorRules } from "./DoorChoice";
import { SpeakChoice } from "./SpeakChoice";

const NAME = { least: 3, most: 60 };

/** `/start`: a name, a club, a topic, who may speak. */
export function StartPage() {
  useTitle("Start a room");
  const identity = useStore(session.identity);
  if (identity.is === "unknown") return <TopBar />;
  if (identity.is === "nobody" || identity.way === "guest") return <Navigate to="/sign-in?to=/start" replace />;
  return (
    <>
      <TopBar />
      <StartForm me={identity.user.id} />
    </>
  );
}

function StartForm({ me }: { me: string }) {
  const navigate = useNavigate();
  const { clubs, topics } = useChoices(me);
  const [name, setName] = useState("");
  const [clubId, setClubId] = useState("");
  const [topicId, setTopicId] = useState("");
  const [speak, setSpeak] = useState<Speak>("hand");
  const [door, setDoor] = useState<DoorRules>(OPEN_DOOR);
  const [complaint, setComplaint] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);

  const open = async (): Promise<void> => {
    const enter = clubId === "" && door.enter === "club" ? "everyone" : door.enter;
    const policy = { speak, hands_open: true, enter, max_people: door.most === "" ? null : Number(door.most) };
    const { id, seq } = await commands.open({
      name: name.trim(),
      policy,
      ...(clubId && { club_id: clubId }),
      ...(clubId === "" && topicId && { topic: topicId }),
      ...(door.at && { scheduled_for: new Date(door.at).toISOString() }),
    });
    if (door.at) {
      await api.read(`/v1/rooms/${id}?min_seq=${seq}`).catch(() => undefined); // the hallway is a moment behind
      return navigate(`/room/${id}`); // nobody steps in before it opens
    }
    visit.enter(id, "press");
    void engine.microphone.open(); // whoever opens a room is on its stage: the browser asks now
    await navigate(`/room/${id}`);
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const wrong = complaintAbout(name);
    setComplaint(wrong);
    if (wrong) return document.getElementById("room-name")?.focus();
    setBusy(true);
    open().catch((error: unknown) => {
      setComplaint(words(error));
      setBusy(false);
    });
  };
  return (
    <main id="main" className="wrap">
      <form className="dialog page" onSubmit={submit} aria-labelledby="start-heading" noValidate>
        <div className="dlg-h">
          <h1 id="start-heading">Start a room</h1>
          <button type="button" className="icon-btn" aria-label="Close" onClick={() => void navigate("/")}>
            <Icon name="x" size="l" />
          </button>
        </div>
        <div className="dlg-b">
          <div className="field">
            <label htmlFor="room-name">What's the room called?</label>
            <input
              className="input big"
              id="room-name"
              value={name}
              maxLength={NAME.most}
              autoFocus
              aria-invalid={complaint !== null}
              aria-describedby="room-name-help"
              onChange={(event) => setName(event.target.value)}
            />
            <p className="help" id="room-name-help">
              <span>Say what you'll talk about, not who you are.</span>
              <span className="num">
                {name.length} of {NAME.most}
              </span>
            </p>
            {complaint && (
              <p className="err" role="alert">
                <Icon name="x" size="s" />
                {complaint}
              </p>
            )}
          </div>
          <div className="two">
            <Choice id="room-club" label="Club" value={clubId} none="No club, just me" options={clubs} choose={setClubId} />
            {clubId === "" && (
              <Choice id="room-topic" label="Topic" value={topicId} none="No topic" options={topics} choose={setTopicId} />
            )}
          </div>
          <SpeakChoice value={speak} choose={setSpeak} />
          <DoorChoice rules={door} inClub={clubId !== ""} change={setDoor} />
        </div>
        <div className="dlg-f">
          <p className="hint">You'll be host. Your mic starts muted.</p>
          <button className="btn btn-lg btn-pri" type="submit" aria-busy={busy} disabled={busy}>
            {busy && <span className="spin" aria-hidden="true" />}
            {door.at ? "Plan it" : "Open the door"}
          </button>
        </div>
      </form>
    </main>
  );
}

export function complaintAbout(name: string): string | null {
  const length = name.trim().length;
  if (length === 0) return "Give it a name.";
  return length < NAME.least ? "A little longer, at least 3 letters." : null;
}

interface ChoiceParts {
  id: string;
  label: string;
  value: string;
  none: string;
  options: readonly { id: string; name: string }[];
  choose: (id: string) => void;
}

function Choice({ id, label, value, none, options, choose }: ChoiceParts) {
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <select className="input" id={id} value={value} onChange={(event) => choose(event.target.value)}>
        <option value="">{none}</option>
        {options.map((option) => (
          <option key={option.id} value={option.id}>
            {option.name}
          </option>
        ))}
      </select>
    </div>
  );
}

/** A club's rooms are opened by its founder and its admins; a club brings its own topic. */
function useChoices(me: string): { clubs: ClubOf["club"][]; topics: Topic[] } {
  const [clubs, setClubs] = useState<ClubOf["club"][]>([]);
  const [topics, setTopics] = useState<Topic[]>([]);
  useEffect(() => {
    everyPage((cursor) => account.clubs(cursor)).then((mine) => setClubs(mine.filter(({ role }) => keeps(role)).map(({ club }) => club)), () => undefined);
    api.read<{ topics: Topic[] }>("/v1/topics").then((answer) => setTopics(answer.topics), () => undefined);
  }, [me]);
  return { clubs, topics };
}
