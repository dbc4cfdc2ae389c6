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
  private wanted = new Map<string, string>(); // and what to call them if nobody knows
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly api: Api) {}

  /** Names that came along with an answer. */
  learn(people: readonly { user_id: string; name: string }[]): void {
    const fresh = people.filter((person) => person.name && this.known.get().get(person.user_id)?.name !== person.name);
    if (fresh.length > 0) this.add(fresh.map(({ user_id, name }) => [user_id, { name, username: null }]));
  }

  /** Names that will be shown soon. Whoever has none is `nameless`: somebody erased, or a guest where guests may be. */
  need(ids: Iterable<string>, nameless = FORMER_MEMBER): void {
    for (const id of ids) if (!this.known.get().has(id) && !this.asked.has(id) && !this.wanted.has(id)) this.wanted.set(id, nameless);
    if (this.wanted.size > 0) this.timer ??= setTimeout(() => this.ask(), GATHER_MS);
  }

  /** A name that has changed. */
  renew(id: string): void {
    this.wanted.set(id, FORMER_MEMBER);
    this.timer ??= setTimeout(() => this.ask(), GATHER_MS);
  }

  private ask(): void {
    this.timer = undefined;
    const wanted = [...this.wanted];
    this.wanted = new Map();
    for (let start = 0; start < wanted.length; start += AT_MOST) void this.fetch(new Map(wanted.slice(start, start + AT_MOST)));
  }

  private async fetch(wanted: ReadonlyMap<string, string>): Promise<void> {
    const ids = [...wanted.keys()];
    for (const id of ids) this.asked.add(id);
    try {
      const { users } = await this.api.read<{ users: User[] }>(`/v1/users?ids=${ids.join(",")}`);
      const nameless = [...wanted].map(([id, name]): [string, Known] => [id, { name, username: null }]);
      this.add([...nameless, ...users.map(asKnown)]); // the later one counts
    } catch {
      for (const id of ids) this.asked.delete(id); // asked again when next shown
    }
  }

  private add(entries: [string, Known][]): void {
    this.known.update((known) => new Map([...known, ...entries]));
  }
}

const asKnown = ({ id, name, username }: User): [string, Known] => [id, { name, username }];

export const FORMER_MEMBER = "a former member";
export const GUEST = "Guest";
export const NOBODY_KNOWN = "Someone";

export function useNames(names: Names): (id: string | null | undefined) => string {
  const known = useStore(names.known);
  return (id) => (id ? known.get(id)?.name : undefined) ?? NOBODY_KNOWN;
}
