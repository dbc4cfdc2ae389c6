import { Link, useLocation } from "react-router";
import { Icon } from "./Icon";

/** Navigation on small screens. */
export function TabBar() {
  const path = useLocation().pathname;
  const here = (to: string) => (path === to ? ({ "aria-current": "page" } as const) : {});
  return (
    <nav className="tabbar" aria-label="Main, bottom">
      <ul className="four-tabs">
        <li>
          <Link to="/" {...here("/")}>
            <Icon name="home" size="l" />
            Live
          </Link>
        </li>
        <li>
          <Link to="/clubs" {...here("/clubs")}>
            <Icon name="clubs" size="l" />
            Clubs
          </Link>
        </li>
        <li>
          <Link className="start" to="/start" aria-label="Start a room">
            <Icon name="plus" size="l" />
          </Link>
        </li>
        <li>
          <Link to="/me" {...here("/me")}>
            <Icon name="user" size="l" />
            You
          </Link>
        </li>
      </ul>
    </nav>
  );
}
