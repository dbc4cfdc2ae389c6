import { Link } from "react-router";
import { Moment } from "./Moment";

export function NotHere({ words }: { words: string }) {
  return (
    <Moment id="not-here" title="Not here">
      <h1>{words}</h1>
      <p className="lead">The link is wrong, or the door was taken away.</p>
      <p className="howdy-acts">
        <Link className="btn btn-pri" to="/">
          Back to the hallway
        </Link>
      </p>
    </Moment>
  );
}
