import { Link, useLocation } from "react-router";
import { session } from "../house";
import { useStore } from "../kit/store";
import { Avatar } from "./Avatar";
import { Icon } from "./Icon";
import { Logo } from "./Logo";

export function TopBar({ night = false }: { night?: boolean }) {
  const identity = useStore(session.identity);
  const path = useLocation().pathname;
  const here = (to: string) => (path === to ? ({ "aria-current": "page" } as const) : {});
  return (
    <header className={night ? "topbar on-night" : "topbar"}>
      <div className="wrap">
        <Logo />
        <nav className="mainnav" aria-label="Main">
          <Link to="/" {...here("/")}>
            Live
          </Link>
          <Link to="/clubs" {...here("/clubs")}>
            Clubs
          </Link>
        </nav>
        <span className="spacer" />
        {identity.is === "somebody" ? <Signed name={identity.user.name} id={identity.user.id} guest={identity.way === "guest"} /> : <Door />}
      </div>
    </header>
  );
}

function Signed({ name, id, guest }: { name: string; id: string; guest: boolean }) {
  if (guest) return <Door />;
  return (
    <>
      <Link className="btn btn-pri only-l" to="/start">
        <Icon name="plus" />
        Start a room
      </Link>
      <Link className="me" to="/me">
        <Avatar id={id} name={name} />
        <span className="vh">{name}, your account</span>
      </Link>
    </>
  );
}

function Door() {
  return (
    <>
      <Link className="btn btn-ghost" to="/sign-in">
        Sign in
      </Link>
      <Link className="btn btn-pri only-l" to="/sign-in?new">
        Join
      </Link>
    </>
  );
}
