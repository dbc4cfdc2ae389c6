import { useEffect, useState } from "react";
import { Navigate, useNavigate, useParams } from "react-router";
import type { User } from "../api/shapes";
import { api, session, visit } from "../house";
import { useStore } from "../kit/store";
import { Avatar } from "../ui/Avatar";
import { useTitle } from "../ui/Moment";
import { NotHere } from "../ui/NotHere";
import { TabBar } from "../ui/TabBar";
import { TopBar } from "../ui/TopBar";

/** `/person/{username}`. */
export function PersonPage() {
  const { username = "" } = useParams();
  const [person, setPerson] = useState<User | null | "missing">(null);
  const identity = useStore(session.identity);
  useTitle(person && person !== "missing" ? person.name : username);
  useEffect(() => {
    setPerson(null);
    find(username).then((found) => setPerson(found ?? "missing"), () => setPerson("missing"));
  }, [username]);
  if (person === "missing") return <NotHere words="Nobody by that name." />;
  const isMe = person !== null && identity.is === "somebody" && identity.user.id === person.id;
  return (
    <>
      <TopBar />
      <main id="main" className="wrap" style={{ paddingTop: 20 }}>
        {person && (
          <>
            <Avatar id={person.id} name={person.name} width={120} />
            <h1 style={{ marginTop: 16, fontSize: "var(--t-3xl)", lineHeight: "var(--lh-3xl)" }}>{person.name}</h1>
            <p className="meta" style={{ fontSize: "var(--t-sm)" }}>
              @{person.username}
              {person.joined_at && ` · here since ${new Date(person.joined_at).toLocaleDateString(undefined, { month: "long", year: "numeric" })}`}
            </p>
            {isMe && <SignOut />}
          </>
        )}
      </main>
      <TabBar />
    </>
  );
}

function SignOut() {
  const navigate = useNavigate();
  const press = (): void => {
    visit.leave();
    void session.signOut();
    void navigate("/");
  };
  return (
    <p className="howdy-acts">
      <button className="btn btn-line" onClick={press}>
        Sign out
      </button>
    </p>
  );
}

/** `/me`: one's own page, or the way in. */
export function MePage() {
  const identity = useStore(session.identity);
  if (identity.is === "unknown") return <TopBar />;
  if (identity.is === "nobody" || identity.way === "guest") return <Navigate to="/sign-in" replace />;
  return <Navigate to={`/person/${identity.user.username}`} replace />;
}

async function find(username: string): Promise<User | null> {
  const { users } = await api.read<{ users: User[] }>(`/v1/users?username=${encodeURIComponent(username)}`);
  return users[0] ?? null;
}
