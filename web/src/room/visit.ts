import type { Commands } from "../api/commands";
import { isProblem, Problem } from "../api/problem";
import type { JoinAnswer, Tickets } from "../api/shapes";
import type { AudioEngine } from "../audio/engine";
import { inThisTab } from "../kit/remembered";
import { Store } from "../kit/store";
import { sleep } from "../kit/waiting";
import { Calling, type Sound } from "./calling";
import { consequences, type Consequence } from "./consequences";
import { foldAll } from "./fold";
import type { AnyTold } from "./facts";
import { RoomLink } from "./link";
import { find, roomOf, type Room } from "./room";
import { CLOSE, type Presence } from "./socket";
import { newer, OUTSIDE, phaseOf, say, SIGNS, type Phase, type VisitState } from "./visitState";

export type How = "press" | "takeover" | "reload";

/** One's stay in a room: at most one at a time. It holds the two lines, sound and facts, which live apart from each other. */
export class Visit {
  readonly state = new Store<VisitState>(OUTSIDE);
  /** What the rest of the house says to the person. */
  tell: (consequence: Extract<Consequence, { do: "tell" }>) => void = () => undefined;
  private readonly remembered = inThisTab("room");
  private link: RoomLink | null = null;
  private calling: Calling | null = null;
  private joining: Promise<JoinAnswer> | null = null;
  private everLinked = false;
  private stay = 0; // answers that come after one has left are for nobody

  constructor(
    private readonly commands: Commands,
    private readonly engine: AudioEngine,
    private readonly connection: string,
  ) {
    engine.onLost = () => this.calling?.lost();
    engine.microphone.state.subscribe(() => this.tellMicrophone());
  }

  /** The room in which this tab was before a reload. */
  rememberedRoom(): string | null {
    return this.remembered.get();
  }

  /** Steps in, after `first`. Call it in the click handler: the browser lets sound play only from there. */
  enter(roomId: string, how: How, first?: () => Promise<void>): void {
    const now = this.state.get();
    if (now.roomId === roomId && (now.phase.at === "inside" || now.phase.at === "stepping_in")) return;
    if (now.phase.at === "inside") this.leave();
    this.hush();
    const stay = ++this.stay;
    this.engine.open();
    const room = now.roomId === roomId ? now.room : null;
    this.state.set({ ...OUTSIDE, roomId, room, phase: { at: "stepping_in" } });
    void this.stepIn(stay, roomId, how, first);
  }

  /** Silent at once; the room hears of it afterwards. */
  leave(): void {
    const { roomId, phase } = this.state.get();
    this.hush();
    this.stay++;
    this.remembered.set(null);
    this.state.set(OUTSIDE);
    const sitting = phase.at === "inside" || phase.at === "stepping_in";
    if (roomId && sitting) void this.commands.leave(roomId, this.connection).catch(() => undefined);
  }

  /** Back to the door, when the page about a stay that is over is left. */
  forget(): void {
    const { at } = this.state.get().phase;
    if (at !== "inside" && at !== "stepping_in") this.state.set(OUTSIDE);
  }

  tryNow(): void {
    this.calling?.again();
    this.link?.hurry();
  }

  private async stepIn(stay: number, roomId: string, how: How, first?: () => Promise<void>): Promise<void> {
    try {
      await first?.();
      const answer = await this.join(roomId, how);
      if (stay !== this.stay) return this.tooLate(roomId);
      this.remembered.set(roomId);
      this.sit(answer);
      this.connect(stay, roomId, answer.tickets);
    } catch (error) {
      if (stay === this.stay) this.refused(error);
    }
  }

  /** One has left while the door was still opening: nobody must keep sitting there. */
  private tooLate(roomId: string): void {
    if (this.state.get().roomId !== roomId) void this.commands.leave(roomId, this.connection).catch(() => undefined);
  }

  /** After a reload the old page's connection may still stand for a moment: one more try before saying so. */
  private async join(roomId: string, how: How): Promise<JoinAnswer> {
    const once = (): Promise<JoinAnswer> => this.commands.join(roomId, this.connection, how === "takeover");
    try {
      return await once();
    } catch (error) {
      if (!(how === "reload" && isProblem(error, "elsewhere"))) throw error;
      await sleep(1);
      return once();
    }
  }

  private sit({ participant, room }: JoinAnswer): void {
    this.state.update((state) => ({
      ...state,
      phase: { at: "inside" },
      me: participant.user_id,
      seat: participant.seat,
      room: newer(roomOf(room, state.room), state.room),
    }));
  }

  private connect(stay: number, roomId: string, tickets: Tickets): void {
    this.calling = new Calling({
      redial: () => this.engine.open(),
      call: (ticket) => this.engine.call(roomId, ticket),
      ticket: async () => (await this.rejoin(stay, roomId)).tickets.media,
      sound: (sound, attempt) => this.patch({ sound, attempt, lostAtMs: this.lostSince(sound) }),
      back: () => this.back(),
    });
    this.calling.begin(tickets.media);
    this.link = new RoomLink(roomId, {
      ticket: async () => (await this.rejoin(stay, roomId)).tickets.signal,
      after: () => (this.everLinked ? (this.state.get().room?.seq ?? null) : null),
      up: (linked) => this.linked(linked),
      over: (code) => this.over(code),
      welcomed: (view, presence) => this.welcomed(roomOf(view, this.state.get().room), presence),
      resumed: () => undefined,
      facts: (facts, seq) => this.facts(stay, roomId, facts, seq),
      presence: (presence) => this.presence([presence]),
    });
    this.everLinked = false; // the first time without `after`: the welcome also says how everybody is
    this.link.open(tickets.signal);
  }

  /** Joining again with the same connection changes nothing but gives fresh tickets. Both lines share one answer. */
  private rejoin(stay: number, roomId: string): Promise<JoinAnswer> {
    this.joining ??= this.askAgain(stay, roomId).finally(() => (this.joining = null));
    return this.joining;
  }

  private async askAgain(stay: number, roomId: string): Promise<JoinAnswer> {
    try {
      const answer = await this.commands.join(roomId, this.connection, false);
      if (stay !== this.stay) throw new Problem(0, "left", "");
      if (answer.participant.seat !== this.state.get().seat) this.seatLost(answer);
      this.sit(answer);
      return answer;
    } catch (error) {
      if (stay === this.stay && !(isProblem(error) && error.passing)) this.refused(error);
      throw error;
    }
  }

  private seatLost(answer: JoinAnswer): void {
    this.engine.microphone.close();
    if (answer.participant.role === "AUDIENCE")
      this.tell(say("info", "You were away too long, so you're in the audience now. Raise a hand to come back."));
  }

  private welcomed(room: Room, presence: Presence[]): void {
    this.patch({ room: newer(room, this.state.get().room), presence: new Map() });
    this.presence(presence);
  }

  private facts(stay: number, roomId: string, facts: AnyTold[], seq: number): void {
    const { room, me } = this.state.get();
    if (!room || !me) return;
    const fresh = facts.filter((fact) => fact.sequence > room.seq);
    let before = room;
    for (const fact of fresh) {
      for (const consequence of consequences(before, fact, me)) this.carryOut(consequence);
      if (stay !== this.stay || this.state.get().phase.at !== "inside") return;
      before = foldAll(before, [fact], fact.sequence);
    }
    const next = foldAll(before, [], seq);
    this.patch({ room: { ...next, unsure: false }, seat: find(next, me)?.seat ?? this.state.get().seat });
    if (next.unsure) void this.rejoin(stay, roomId).catch(() => undefined);
  }

  private carryOut(consequence: Consequence): void {
    switch (consequence.do) {
      case "tell":
        return this.tell(consequence);
      case "mute":
        return this.engine.microphone.mute();
      case "leave_stage":
        return this.engine.microphone.close();
      case "removed":
        return this.finish({ at: "removed", by: consequence.by, until: consequence.until, words: null });
      case "ended":
        return this.finish({ at: "ended", reason: consequence.reason, by: consequence.by, time: consequence.time });
    }
  }

  private presence(news: readonly Presence[]): void {
    this.patch({ presence: new Map([...this.state.get().presence, ...news.map((row) => [row.user_id, row] as const)]) });
  }

  private linked(linked: boolean): void {
    if (linked) this.everLinked = true;
    this.patch({ linked });
    if (linked) this.tellMicrophone();
  }

  private over(code: number): void {
    if (code === CLOSE.elsewhere) return this.finish({ at: "elsewhere" });
    if (code === CLOSE.ended) return this.finish({ at: "ended", reason: "ended", by: null, time: null });
    if (code === CLOSE.refused) return this.finish({ at: "removed", by: null, until: null, words: null });
    this.finish({ at: "refused", words: "We couldn't get you back in." });
  }

  private refused(error: unknown): void {
    this.finish(phaseOf(error));
  }

  private back(): void {
    const { room, me } = this.state.get();
    const speaks = room && me && room.panel.some((person) => person.user_id === me);
    this.tell(say("check", speaks ? "You're back, and muted." : "You're back."));
  }

  private lostSince(sound: Sound): number | null {
    if (sound !== "calling_back") return null;
    return this.state.get().lostAtMs ?? Date.now();
  }

  private tellMicrophone(): void {
    this.link?.tellMicrophone(SIGNS[this.engine.microphone.state.get()]);
  }

  /** The stay is over by the room's word. */
  private finish(phase: Phase): void {
    this.hush();
    this.stay++;
    if (phase.at !== "elsewhere") this.remembered.set(null);
    this.patch({ phase, linked: false });
  }

  private hush(): void {
    this.engine.close();
    this.calling?.stop();
    this.link?.stop();
    this.calling = this.link = this.joining = null;
  }

  private patch(change: Partial<VisitState>): void {
    this.state.update((state) => ({ ...state, ...change }));
  }
}
