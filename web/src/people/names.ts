import type { Api } from "../api/api";
import type { User } from "../api/shapes";
import { Store, useStore } from "../kit/store";

export interface Known {
  name: string;
  username: string | null;
}

const AT_MOST = 100;
const GATHER_MS = 20;

/** People's names by id: facts carry none, so they are looked up together and kept. */
export class Names {
  readonly known = new Store<ReadonlyMap<string, Known>>(new Map());
  private readonly asked = new Set<string>();
  private wanted = new Set<string>();
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly api: Api) {}

  /** Names that came along with an answer. */
  learn(people: readonly { user_id: string; name: string }[]): void {
    const fresh = people.filter((person) => person.name && this.known.get().get(person.user_id)?.name !== person.name);
    if (fresh.length > 0) this.add(fresh.map(({ user_id, name }) => [user_id, { name, username: null }]));
  }

  /** Names that will be shown soon. */
  need(ids: Iterable<string>): void {
    for (const id of ids) if (!this.known.get().has(id) && !this.asked.has(id)) this.wanted.add(id);
    if (this.wanted.size > 0) this.timer ??= setTimeout(() => this.ask(), GATHER_MS);
  }

  /** A name that has changed. */
  renew(id: string): void {
    this.wanted.add(id);
    this.timer ??= setTimeout(() => this.ask(), GATHER_MS);
  }

  private ask(): void {
    this.timer = undefined;
    const ids = [...this.wanted];
    this.wanted = new Set();
    for (let start = 0; start < ids.length; start += AT_MOST) void this.fetch(ids.slice(start, start + AT_MOST));
  }

  private async fetch(ids: string[]): Promise<void> {
    for (const id of ids) this.asked.add(id);
    try {
      const { users } = await this.api.read<{ users: User[] }>(`/v1/users?ids=${ids.join(",")}`);
      const guests = ids.filter((id) => !users.some((user) => user.id === id)); // they have no name of their own
      this.add([...guests.map(asGuest), ...users.map(asKnown)]);
    } catch {
      for (const id of ids) this.asked.delete(id); // asked again when next shown
    }
  }

  private add(entries: [string, Known][]): void {
    this.known.update((known) => new Map([...known, ...entries]));
  }
}

const asGuest = (id: string): [string, Known] => [id, { name: "Guest", username: null }];
const asKnown = ({ id, name, username }: User): [string, Known] => [id, { name, username }];

export const NOBODY_KNOWN = "Someone";

export function useNames(names: Names): (id: string | null | undefined) => string {
  const known = useStore(names.known);
  return (id) => (id ? known.get(id)?.name : undefined) ?? NOBODY_KNOWN;
}
