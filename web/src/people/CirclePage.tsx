import { Link, useParams } from "react-router";
import type { Circle, FollowedUser, Profile } from "../api/people";
import { people } from "../house";
import { asSeenBy, useViewer } from "../identity/useViewer";
import { useAnswer } from "../kit/useAnswer";
import { usePages } from "../kit/usePages";
import { Icon } from "../ui/Icon";
import { More } from "../ui/More";
import { NotHere } from "../ui/NotHere";
import { Awaited, Page } from "../ui/Page";
import { PersonRow } from "../ui/PersonRow";
import { FollowButton } from "./FollowButton";

const SAID: Record<Circle, { title: (name: string) => string; nobody: string }> = {
  followers: { title: (name) => `Who follows ${name}`, nobody: "Nobody yet." },
  following: { title: (name) => `Whom ${name} follows`, nobody: "Nobody yet." },
  mutuals: { title: (name) => `People you follow who follow ${name}`, nobody: "Nobody." },
};

/** `/person/{username}/followers`, `/following` and `/mutuals`. */
export function CirclePage({ circle }: { circle: Circle }) {
  const { username = "" } = useParams();
  const asked = useAnswer(username, async () => ({ profile: await people.named(username) }));
  if (asked.value && !asked.value.profile) return <NotHere words="Nobody by that name." />;
  const profile = asked.value?.profile;
  return (
    <Page title={SAID[circle].title(profile?.name ?? username)} className="narrow">
      {profile ? <CircleOf profile={profile} circle={circle} /> : <Awaited {...asked} />}
    </Page>
  );
}

function CircleOf({ profile, circle }: { profile: Profile; circle: Circle }) {
  const viewer = useViewer();
  const list = usePages(asSeenBy(viewer, `${profile.id} ${circle}`), (cursor) => people.circle(profile.id, circle, cursor), ({ id }) => id);
  const changed = (one: FollowedUser, followed: boolean): void => {
    if (list.value) list.set({ ...list.value, items: list.value.items.map((other) => (other.id === one.id ? { ...other, followed } : other)) });
  };
  return (
    <>
      <Link className="back" to={`/person/${profile.username}`}>
        <Icon name="back" />
        {profile.name}
      </Link>
      <h1>{SAID[circle].title(profile.name)}</h1>
      {!list.value && <Awaited {...list} />}
      {list.value?.items.length === 0 && <p className="meta">{SAID[circle].nobody}</p>}
      <ul className="follow">
        {list.value?.items.map((one) => (
          <PersonRow key={one.id} {...one}>
            <FollowButton id={one.id} name={one.name} followed={one.followed} size="sm" changed={(followed) => changed(one, followed)} />
          </PersonRow>
        ))}
      </ul>
      <More list={list} what="people" />
    </>
  );
}
