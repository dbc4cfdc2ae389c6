import { Link, Navigate, useNavigate } from "react-router";
import type { Myself } from "../api/account";
import { account, session, visit } from "../house";
import { useViewer } from "../identity/useViewer";
import { useAnswer } from "../kit/useAnswer";
import { Avatar } from "../ui/Avatar";
import { Button } from "../ui/Button";
import { Awaited, Page } from "../ui/Page";
import { TopBar } from "../ui/TopBar";
import { Blocked } from "./Blocked";
import { Devices } from "./Devices";
import { EmailSection } from "./EmailSection";
import { Erasure } from "./Erasure";
import { Export } from "./Export";
import { Invitations } from "./Invitations";
import { MyClubs } from "./MyClubs";
import { PasswordSection } from "./PasswordSection";
import { ProfileSection } from "./ProfileSection";
import { Topics } from "./Topics";

/** `/me`: one's profile and settings, or the way in. */
export function MePage() {
  const viewer = useViewer();
  const asked = useAnswer(viewer?.id ?? null, () => account.me());
  if (viewer === undefined) return <TopBar />;
  if (viewer === null) return <Navigate to="/sign-in?to=/me" replace />;
  return (
    <Page title="Your account" className="moment person-page">
      {asked.value ? <Settings me={asked.value} changed={asked.set} again={asked.again} /> : <Awaited {...asked} />}
    </Page>
  );
}

export interface Mine {
  me: Myself;
  changed: (me: Myself) => void;
}

function Settings({ me, changed, again }: Mine & { again: () => void }) {
  return (
    <>
      <div className="myself">
        <Avatar id={me.id} name={me.name} width={120} />
        <h1>{me.name}</h1>
        <p className="meta">@{me.username}</p>
        <p className="howdy-acts">
          <Link className="btn btn-line" to={`/person/${me.username}`}>
            See your page
          </Link>
          <SignOut />
        </p>
      </div>
      <div className="col">
        <Invitations />
        <ProfileSection me={me} changed={changed} />
        <MyClubs />
        <Topics />
        <EmailSection me={me} again={again} />
        <PasswordSection me={me} again={again} />
        <Devices />
        <Blocked />
        <Export me={me} />
        <Erasure me={me} />
      </div>
    </>
  );
}

function SignOut() {
  const navigate = useNavigate();
  const press = (): void => {
    visit.leave();
    void navigate("/");
    void session.signOut();
  };
  return <Button press={press}>Sign out</Button>;
}
