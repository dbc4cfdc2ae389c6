import { Avatar } from "../ui/Avatar";
import { Icon } from "../ui/Icon";
import { hasHandUp } from "./room";
import { useRoom } from "./useRoom";

export function Audience() {
  const { room, me, name, pick, picked } = useRoom();
  const hidden = room.audience_count - room.audience.length;
  return (
    <section className={room.audience_count > 12 ? "aud far" : "aud"} aria-labelledby="audience-heading">
      <h2 id="audience-heading">
        Listening <span>{room.audience_count}</span>
      </h2>
      <ul className="people">
        {room.audience.map(({ user_id, role }) => (
          <li key={user_id}>
            <button
              className="person"
              data-user-id={user_id}
              data-role={role}
              data-hand={hasHandUp(room, user_id)}
              aria-haspopup="dialog"
              aria-expanded={picked === user_id}
              onClick={() => pick(user_id)}
            >
              <span className="frame">
                <Avatar id={user_id} name={name(user_id)} />
                {hasHandUp(room, user_id) && (
                  <span className="badge b-hand" aria-hidden="true">
                    <Icon name="hand" />
                  </span>
                )}
              </span>
              <span>
                <span className="nm">
                  {name(user_id)} {user_id === me && <span className="you">You</span>}
                </span>
                {hasHandUp(room, user_id) && <span className="vh">, hand up</span>}
              </span>
            </button>
          </li>
        ))}
      </ul>
      {room.panel.length + room.audience_count === 1 && <p className="empty-line">You're the first one here. Share the link.</p>}
      {hidden > 0 && <p className="meta">and {hidden} more</p>}
    </section>
  );
}
