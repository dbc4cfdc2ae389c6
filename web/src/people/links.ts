export const MOST_LINKS = 5;

export interface ShownLink {
  href: string;
  /** The address without what all have in common. */
  words: string;
}

/** Only https: whatever else a text may say, it never becomes something to press. */
export function shownLinks(links: readonly string[]): ShownLink[] {
  return links.flatMap((link) => {
    const url = httpsUrl(link);
    return url ? [{ href: url.href, words: briefly(url) }] : [];
  });
}

function briefly({ host, pathname, search }: URL): string {
  const words = host.replace(/^www\./, "") + pathname.replace(/\/$/, "") + search;
  return words.length > 40 ? `${words.slice(0, 39)}…` : words;
}

/** As typed, one a line. */
export const linksIn = (text: string): string[] => text.split("\n").map((line) => line.trim()).filter((line) => line !== "");

export function complaintAboutLinks(links: readonly string[]): string | null {
  if (links.length > MOST_LINKS) return `At most ${MOST_LINKS} links.`;
  const wrong = links.find((link) => httpsUrl(link) === null);
  return wrong === undefined ? null : `"${wrong}" is no address that begins with https://.`;
}

function httpsUrl(text: string): URL | null {
  if (!URL.canParse(text)) return null;
  const url = new URL(text);
  return url.protocol === "https:" ? url : null;
}
