import { Link } from "react-router";
import { hue } from "../ui/art";
import { counted } from "../ui/ClubRow";
import { vars } from "../ui/css";
import { Door } from "../ui/Door";
import type { ClubParts } from "./ClubPage";
import { Membership } from "./Membership";
import { keeps } from "./roles";

/** A club's front door. */
export function Masthead(parts: ClubParts) {
  const { club } = parts;
  return (
    <div className="masthead" style={vars({ "--h": hue(club.id) })}>
      <Door h={hue(club.id)} listening={60} />
      <div className="t">
        <h1>{club.name}</h1>
        {club.description && <p className="written">{club.description}</p>}
        <p>
          {counted(club.member_count, "member")}, {counted(club.follower_count, "follower")}
        </p>
      </div>
      <div className="acts">
        {keeps(club.role) && (
          <Link className="btn" to={`/club/${club.id}/keep`}>
            Run the club
          </Link>
        )}
        <Membership {...parts} />
      </div>
    </div>
  );
}
