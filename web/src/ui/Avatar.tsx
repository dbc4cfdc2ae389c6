import { hue, initials, pattern } from "./art";
import { vars } from "./css";

/** A person as an arch: someone standing in a doorway. Decoration; the name stands beside it. */
export function Avatar({ id, name, width }: { id: string; name: string; width?: number }) {
  const size = width === undefined ? {} : { "--w": `${width}px` };
  return <span className={`av p${pattern(id)}`} style={vars({ "--h": hue(id), ...size })} data-i={initials(name)} aria-hidden="true" />;
}
