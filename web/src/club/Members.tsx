import { useState } from "react";
import type { ClubMember } from "../api/clubs";
import { clubs } from "../house";
import { asSeenBy, useViewer } from "../identity/useViewer";
import { usePages } from "../kit/usePages";
import { Icon } from "../ui/Icon";
import { More } from "../ui/More";
import { Awaited } from "../ui/Page";
import { PersonRow } from "../ui/PersonRow";
import { Sure } from "../ui/Sure";
import type { ClubParts } from "./ClubPage";
import { powerOver, roleWords } from "./roles";

/** Founder, admins, members; and what founder and admins may do about them. */
export function Members({ club, again }: ClubParts) {
  const viewer = useViewer();
  const about = asSeenBy(viewer, `${club.id} ${club.role} ${club.member_count}`); // anew when somebody came or went
  const list = usePages(about, (cursor) => clubs.members(club.id, cursor), ({ user_id }) => user_id);
  const changed = (): void => {
    list.again();
    again();
  };
  return (
    <section className="sec" aria-labelledby="club-members">
      <div className="sec-h">
        <h2 id="club-members">Members</h2>
        <span className="meta">{club.member_count.toLocaleString()}</span>
      </div>
      {!list.value && <Awaited {...list} />}
      <ul className="follow">
        {list.value?.items.map((member) => (
          <Member key={member.user_id} club={club} member={member} mine={member.user_id === viewer?.id} changed={changed} />
        ))}
      </ul>
      <More list={list} what="members" />
    </section>
  );
}

interface MemberParts {
  club: ClubParts["club"];
  member: ClubMember;
  mine: boolean;
  changed: () => void;
}

function Member({ club, member, mine, changed }: MemberParts) {
  const [open, setOpen] = useState(false);
  const may = powerOver(club.role, member.role);
  const stepsDown = mine && member.role === "admin";
  const any = may.remove || may.makeAdmin || stepsDown;
  return (
    <PersonRow
      id={member.user_id}
      name={member.name}
      username={member.username}
      meta={`${roleWords(member.role)}${mine ? " · you" : ""}`}
      below={any && open && <Acts club={club} member={member} stepsDown={stepsDown} changed={changed} />}
    >
      {any && (
        <button className="icon-btn" aria-expanded={open} aria-label={`More about ${member.name}`} onClick={() => setOpen(!open)}>
          <Icon name="more" />
        </button>
      )}
    </PersonRow>
  );
}

function Acts({ club, member, stepsDown, changed }: Omit<MemberParts, "mine"> & { stepsDown: boolean }) {
  const may = powerOver(club.role, member.role);
  const { name, user_id } = member;
  const done = (command: Promise<unknown>): Promise<unknown> => command.then(changed);
  return (
    <>
      {may.makeAdmin && (
        <Sure
          gives
          name="Make an admin"
          label={`Make an admin of ${name}`}
          line="Admins open rooms, let people in, and remove and ban members."
          run={() => done(clubs.makeAdmin(club.id, user_id, true))}
        />
      )}
      {may.unmakeAdmin && (
        <Sure
          name="Take back admin"
          label={`Take back admin from ${name}`}
          line="Stays a member."
          run={() => done(clubs.makeAdmin(club.id, user_id, false))}
        />
      )}
      {stepsDown && <Sure name="Step down as admin" line="You stay a member." run={() => done(clubs.makeAdmin(club.id, user_id, false))} />}
      {may.handOver && (
        <Sure
          gives
          name="Hand the club over"
          label={`Hand the club over to ${name}`}
          line={`${name} becomes the founder. You stay on as an admin, and can't take it back by yourself.`}
          run={() => done(clubs.handOver(club.id, user_id))}
        />
      )}
      {may.remove && (
        <Sure
          name="Remove"
          label={`Remove ${name}`}
          line={`${name} is no longer a member, and may join or ask again.`}
          run={() => done(clubs.remove(club.id, user_id))}
        />
      )}
      {may.ban && (
        <Sure
          name="Ban"
          label={`Ban ${name}`}
          line={`${name} leaves the club and may not come back, neither to it nor into its rooms, until you lift it.`}
          run={() => done(clubs.ban(club.id, user_id, true))}
        />
      )}
    </>
  );
}
