import type { Api } from "../api/api";
import type { Card, CardPage } from "../api/shapes";
import type { Session } from "../identity/session";
import { Store } from "../kit/store";
import { sleep } from "../kit/waiting";
import type { Names } from "../people/names";
import { fold, NO_DOORS, type DoorEvent, type Doors } from "./doors";
import type { ServerEvent } from "./sse";
import { HallwayStream } from "./stream";
import { heard, NOBODY_TALKS, type Talk, type Talkers } from "./talkers";

export interface HallwayState {
  doors: Doors;
  talkers: Talkers;
  loaded: boolean;
  /** When the stream was lost: the doors are as of then. */
  staleSince: Date | null;
  nextCursor: string | null;
}

const AT_FIRST: HallwayState = { doors: NO_DOORS, talkers: NOBODY_TALKS, loaded: false, staleSince: null, nextCursor: null };
const STREAM_FIRST_SECONDS = 1;

/** The list of open rooms: one page read once, kept up to date by the stream while somebody looks at it. */
export class Hallway {
  readonly state = new Store<HallwayState>(AT_FIRST);
  private stream: HallwayStream | null = null;
  private lastEventId: string | null = null;
  private streamUp: (() => void) | null = null;
  private watched = false;

  constructor(
    private readonly api: Api,
    private readonly session: Session,
    private readonly names: Names,
  ) {
    document.addEventListener("visibilitychange", () => (document.hidden ? this.close() : this.open()));
    let viewer = this.viewer();
    session.identity.subscribe(() => {
      if (this.viewer() === viewer) return;
      viewer = this.viewer();
      this.startOver(); // another person's doors
    });
  }

  /** Somebody looks at the list; call the answer when they stop. */
  watch(): () => void {
    this.watched = true;
    this.open();
    return () => {
      this.watched = false;
      this.close();
    };
  }

  async more(): Promise<void> {
    const { nextCursor } = this.state.get();
    if (nextCursor) await this.page(`?cursor=${encodeURIComponent(nextCursor)}`);
  }

  private viewer(): string {
    const identity = this.session.identity.get();
    return identity.is === "somebody" ? identity.user.id : identity.is;
  }

  private startOver(): void {
    this.close();
    this.lastEventId = null;
    this.state.set(AT_FIRST);
    this.open();
  }

  private open(): void {
    if (!this.watched || document.hidden || this.stream || this.viewer() === "unknown") return;
    const goesOn = this.lastEventId !== null && this.state.get().loaded;
    const up = new Promise<void>((resolve) => (this.streamUp = resolve));
    const stream = new HallwayStream(() => this.session.token(), this.lastEventId, {
      events: (events) => this.receive(events),
      up: (isUp) => this.upOrDown(isUp),
    });
    this.stream = stream;
    // The stream first: what happens between the page and the stream would be missed the other way round.
    if (!goesOn) void Promise.race([up, sleep(STREAM_FIRST_SECONDS)]).then(() => {
      if (this.stream === stream) return this.page("");
    });
  }

  private close(): void {
    this.lastEventId = this.stream?.close() ?? this.lastEventId;
    this.stream = null;
  }

  private async page(query: string): Promise<void> {
    try {
      const { rooms, next_cursor } = await this.api.read<CardPage>(`/v1/rooms${query}`);
      this.foldIn(rooms.map((card) => ({ type: "card", card })));
      this.state.update((state) => ({ ...state, loaded: true, nextCursor: next_cursor }));
    } catch {
      this.state.update((state) => ({ ...state, staleSince: state.staleSince ?? new Date() }));
      await sleep(2);
      if (this.stream && !this.state.get().loaded) await this.page(query);
    }
  }

  private upOrDown(up: boolean): void {
    if (up) this.streamUp?.();
    // What is not known is not shown: whoever talked when the line was lost may have stopped.
    this.state.update((state) => ({ ...state, talkers: NOBODY_TALKS, staleSince: up ? null : (state.staleSince ?? new Date()) }));
  }

  private receive(events: ServerEvent[]): void {
    this.foldIn(events.flatMap(doorEvent));
    const talks = events.filter(({ type }) => type === "talking").map(({ data }) => JSON.parse(data) as Talk);
    if (talks.length === 0) return;
    this.names.need(talks.flatMap(({ user_ids }) => user_ids));
    this.state.update((state) => ({ ...state, talkers: talks.reduce(heard, state.talkers) }));
  }

  private foldIn(events: DoorEvent[]): void {
    for (const event of events) if (event.type === "card") this.names.learn(event.card.panel);
    this.state.update((state) => ({ ...state, doors: events.reduce(fold, state.doors) }));
  }
}

function doorEvent({ type, data }: ServerEvent): DoorEvent[] {
  if (type === "card") return [{ type, card: JSON.parse(data) as Card }];
  if (type === "gone") return [{ type, ...(JSON.parse(data) as { id: string; seq: number }) }];
  return type === "reset" ? [{ type }] : [];
}
