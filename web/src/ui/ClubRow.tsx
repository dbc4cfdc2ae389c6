import type { ReactNode } from "react";
import { Link } from "react-router";
import { hue } from "./art";
import { Door } from "./Door";

/** A club in a list: a door that is neither lit nor shut. */
export function ClubRow({ id, name, meta, children }: { id: string; name: string; meta: ReactNode; children?: ReactNode }) {
  return (
    <li data-club-id={id}>
      <Link className="row" to={`/club/${id}`}>
        <Door h={hue(id)} listening={0} />
        <div>
          <h3>{name}</h3>
          <span className="meta">{meta}</span>
        </div>
      </Link>
      {children && <div className="row-acts">{children}</div>}
    </li>
  );
}

export const counted = (count: number, one: string, many = `${one}s`): string => `${count.toLocaleString()} ${count === 1 ? one : many}`;
