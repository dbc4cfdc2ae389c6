import { openness } from "./art";
import { vars } from "./css";

/** A room as a door: the busier, the wider it stands open. Decoration; the count beside it says the same. */
export function Door({ h, listening }: { h: number; listening: number | null }) {
  const shut = listening === null;
  const open = shut ? 0 : openness(listening);
  return <span className={shut ? "door shut" : "door"} style={vars({ "--h": h, "--open": open })} aria-hidden="true" />;
}
