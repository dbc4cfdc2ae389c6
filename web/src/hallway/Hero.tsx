import { Link } from "react-router";
import { TopBar } from "../ui/TopBar";
import corridor from "./corridor.svg?raw";

/** The front door, for whoever is not signed in. */
export function Hero() {
  return (
    <div className="night">
      <TopBar night />
      <section className="wrap hero" aria-labelledby="hero">
        <div className="copy">
          <h1 id="hero">Follow the voices.</h1>
          <p>Every lit door is a live conversation. Step in, listen, and put a hand up when you have something to say.</p>
          <div className="cta">
            <Link className="btn btn-lg btn-pri" to="/sign-in?new">
              Join Hallway
            </Link>
            <Link className="btn btn-lg btn-line only-s" to="/sign-in">
              Sign in
            </Link>
            <a className="btn btn-lg btn-line only-l" href="#live">
              See who's talking
            </a>
          </div>
        </div>
        <figure dangerouslySetInnerHTML={{ __html: corridor }} />
      </section>
    </div>
  );
}
