/** ICE restarts in SDP: what the server has to know of a new offer, and its answer put into the one of before (RFC 8840). */

const OURS = ["a=ice-ufrag:", "a=ice-pwd:"];
const ICE = [...OURS, "a=candidate:", "a=end-of-candidates"];

/** The credentials of a description. They are the same on every line: there is one transport. */
export function fragmentOf(sdp: string): string {
  const lines = linesOf(sdp);
  return text(OURS.flatMap((name) => lines.find((line) => line.startsWith(name)) ?? []));
}

/** A description with the credentials and candidates of a fragment instead of its own. */
export function renewed(sdp: string, fragment: string): string {
  const ice = linesOf(fragment).filter(isIce);
  const [session = "", ...media] = sdp.split(/^(?=m=)/m);
  return session + media.map((part) => text([...linesOf(part).filter((line) => !isIce(line)), ...ice])).join("");
}

const isIce = (line: string): boolean => ICE.some((name) => line.startsWith(name));
const linesOf = (sdp: string): string[] => sdp.split(/\r?\n/).filter((line) => line !== "");
const text = (lines: readonly string[]): string => lines.map((line) => `${line}\r\n`).join("");
