import { Link, useParams } from "react-router";
import type { Profile } from "../api/people";
import { people } from "../house";
import { asSeenBy, useViewer } from "../identity/useViewer";
import { useAnswer } from "../kit/useAnswer";
import { Avatar } from "../ui/Avatar";
import { NotHere } from "../ui/NotHere";
import { Awaited, Page } from "../ui/Page";
import { BlockButton } from "./BlockButton";
import { ClubsOf } from "./ClubsOf";
import { FollowButton } from "./FollowButton";
import { shownLinks } from "./links";

/** `/person/{username}`. */
export function PersonPage() {
  const { username = "" } = useParams();
  const viewer = useViewer();
  const asked = useAnswer(asSeenBy(viewer, username), async () => ({ profile: await people.named(username) }));
  if (asked.value && !asked.value.profile) return <NotHere words="Nobody by that name." />;
  const profile = asked.value?.profile;
  return (
    <Page title={profile?.name ?? username} className="moment person-page">
      {profile ? <Person profile={profile} changed={(next) => asked.set({ profile: next })} again={asked.again} /> : <Awaited {...asked} />}
    </Page>
  );
}

interface PersonParts {
  profile: Profile;
  changed: (profile: Profile) => void;
  again: () => void;
}

function Person({ profile, changed, again }: PersonParts) {
  const viewer = useViewer();
  const mine = viewer?.id === profile.id;
  const followed = (now: boolean): void => changed({ ...profile, followed: now, follower_count: profile.follower_count + (now ? 1 : -1) });
  return (
    <>
      <div>
        <div className="portrait">
          <Avatar id={profile.id} name={profile.name} width={120} />
          <div className="acts">
            {mine && (
              <Link className="btn btn-line" to="/me">
                Edit your profile
              </Link>
            )}
            {!profile.blocked && <FollowButton id={profile.id} name={profile.name} followed={profile.followed} changed={followed} />}
          </div>
        </div>
        <h1>{profile.name}</h1>
        <p className="meta">
          @{profile.username}
          {profile.joined_at && ` · here since ${monthOf(profile.joined_at)}`}
          {profile.follows_me && " · follows you"}
        </p>
        {profile.bio && <p className="lead bio">{profile.bio}</p>}
        <Links links={profile.links} />
        <Stats profile={profile} />
        {viewer && !mine && <BlockButton profile={profile} changed={again} />}
      </div>
      <ClubsOf id={profile.id} mine={mine} />
    </>
  );
}

function Links({ links }: { links: readonly string[] }) {
  const shown = shownLinks(links);
  if (shown.length === 0) return null;
  return (
    <ul className="links" aria-label="Links">
      {shown.map(({ href, words }) => (
        <li key={href}>
          <a href={href} target="_blank" rel="noopener nofollow ugc">
            {words}
          </a>
        </li>
      ))}
    </ul>
  );
}

function Stats({ profile }: { profile: Profile }) {
  const at = `/person/${profile.username}`;
  return (
    <dl className="stats">
      <Stat to={`${at}/followers`} count={profile.follower_count} words={profile.follower_count === 1 ? "follower" : "followers"} />
      <Stat to={`${at}/following`} count={profile.following_count} words="following" />
      {profile.mutual_count > 0 && <Stat to={`${at}/mutuals`} count={profile.mutual_count} words="followers you follow" />}
    </dl>
  );
}

function Stat({ to, count, words }: { to: string; count: number; words: string }) {
  return (
    <div>
      <dt>{words}</dt>
      <dd>
        <Link to={to} aria-label={`${count.toLocaleString()} ${words}`}>
          {count.toLocaleString()}
        </Link>
      </dd>
    </div>
  );
}

/** "March 2026". */
const monthOf = (at: string): string => new Date(at).toLocaleDateString(undefined, { month: "long", year: "numeric" });
