import type { ReactNode } from "react";
import { Link } from "react-router";
import { Avatar } from "./Avatar";

interface PersonRowParts {
  id: string;
  name: string;
  username: string | null;
  /** Under the name, in place of the username. */
  meta?: ReactNode;
  /** What one may do about them. */
  children?: ReactNode;
  /** Under it all: what was asked, or refused. */
  below?: ReactNode;
}

/** Somebody in a list. */
export function PersonRow({ id, name, username, meta, children, below }: PersonRowParts) {
  return (
    <li data-user-id={id}>
      <Avatar id={id} name={name} />
      <span>
        <b>{username ? <Link to={`/person/${username}`}>{name}</Link> : name}</b>
        <span className="meta">{meta ?? (username && `@${username}`)}</span>
      </span>
      <span className="acts">{children}</span>
      {below && <div className="acts below">{below}</div>}
    </li>
  );
}
