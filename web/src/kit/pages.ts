/** Part of a list, and how to ask for what comes after it (null: that is all). */
export interface Page<T> {
  items: readonly T[];
  next: string | null;
}

/** `page` after what was read before. Lists move while one reads them: what was there already stays where it is. */
export function appended<T>(before: Page<T>, page: Page<T>, key: (item: T) => string): Page<T> {
  const known = new Set(before.items.map(key));
  return { items: [...before.items, ...page.items.filter((item) => !known.has(key(item)))], next: page.next };
}

export const without = <T>(page: Page<T>, left: (item: T) => boolean): Page<T> => ({ ...page, items: page.items.filter((item) => !left(item)) });

/** The address of a page of a list. */
export function paged(path: string, cursor: string | null): string {
  if (cursor === null) return path;
  return `${path}${path.includes("?") ? "&" : "?"}cursor=${encodeURIComponent(cursor)}`;
}

/** A list to its end. */
export async function everyPage<T>(read: (cursor: string | null) => Promise<Page<T>>): Promise<T[]> {
  const items: T[] = [];
  for (let page: Page<T> | null = await read(null); page !== null; page = page.next === null ? null : await read(page.next)) items.push(...page.items);
  return items;
}
