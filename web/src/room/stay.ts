import type { Commands } from "../api/commands";
import { isProblem, Problem } from "../api/problem";
import type { JoinAnswer, RoomView } from "../api/shapes";
import type { AudioEngine } from "../audio/engine";
import type { Store } from "../kit/store";
import { Calling, type Sound } from "./calling";
import { consequences, type Consequence } from "./consequences";
import { foldAll } from "./fold";
import type { AnyTold } from "./facts";
import { RoomLink } from "./link";
import { find, including, roomOf } from "./room";
import { CLOSE, type Presence } from "./socket";
import { keysHeld, newer, phaseOf, say, SIGNS, type Phase, type Telling, type VisitState } from "./visitState";

export interface StayHouse {
  roomId: string;
  connection: string;
  /** Through which this tab came, if it did. */
  link: string | null;
  commands: Commands;
  engine: AudioEngine;
  state: Store<VisitState>;
  tell: (telling: Telling) => void;
  /** Somebody here has a new name. */
  named: (userId: string) => void;
  /** The stay is over by the room's word. */
  over: (phase: Phase) => void;
}

/** From the seat one got to the end of it: holds the two lines, sound and facts, which live apart from each other. */
export class Stay {
  private readonly link: RoomLink;
  private readonly calling: Calling;
  private joining: Promise<JoinAnswer> | null = null;
  private linkedOnce = false;
  private ended = false;

  constructor(private readonly house: StayHouse) {
    const { engine, roomId } = house;
    this.calling = new Calling({
      redial: () => engine.open(),
      call: (ticket) => engine.call(roomId, ticket),
      ticket: async () => (await this.rejoin()).tickets.media,
      sound: (sound, attempt) => this.patch({ sound, attempt, lostAtMs: this.lostSince(sound) }),
      back: () => this.back(),
    });
    this.link = new RoomLink(roomId, {
      ticket: async () => (await this.rejoin()).tickets.signal,
      // The first time without `after`: the welcome also says how everybody is.
      after: () => (this.linkedOnce ? (this.state.room?.seq ?? null) : null),
      up: (linked) => this.linked(linked),
      over: (code) => house.over(phaseAfter(code)),
      welcomed: (room, presence) => this.welcomed(room, presence),
      resumed: () => undefined,
      facts: (facts, seq) => this.facts(facts, seq),
      presence: (presence) => this.presence([presence]),
    });
  }

  /** The lines first: to draw the room takes a while, in which their answers can be under way. */
  begin(answer: JoinAnswer): void {
    this.calling.begin(answer.tickets.media);
    this.link.open(answer.tickets.signal);
    this.sit(answer);
    if (answer.note) this.house.tell(say("info", answer.note));
  }

  /** The sound stopped coming. */
  lost(): void {
    this.calling.lost();
  }

  tryNow(): void {
    this.calling.again();
    this.link.hurry();
  }

  tellMicrophone(): void {
    this.link.tellMicrophone(SIGNS[this.house.engine.microphone.state.get()]);
  }

  end(): void {
    this.ended = true;
    this.calling.stop();
    this.link.stop();
  }

  private sit({ participant, room }: JoinAnswer): void {
    this.house.state.update((state) => ({
      ...state,
      phase: { at: "inside" },
      me: participant.user_id,
      seat: participant.seat,
      room: including(newer(roomOf(room, state.room), state.room), { ...participant, muted: false }),
    }));
  }

  /** Joining again with the same connection changes nothing but gives fresh tickets. Both lines share one answer. */
  private rejoin(): Promise<JoinAnswer> {
    this.joining ??= this.askAgain().finally(() => (this.joining = null));
    return this.joining;
  }

  private async askAgain(): Promise<JoinAnswer> {
    try {
      const answer = await this.house.commands.join(this.house.roomId, this.house.connection, false, this.house.link);
      if (this.ended) throw new Problem(0, "left", "");
      if (answer.participant.seat !== this.state.seat) this.seatLost(answer);
      this.sit(answer);
      return answer;
    } catch (error) {
      if (!this.ended && !(isProblem(error) && error.passing)) this.house.over(phaseOf(error));
      throw error;
    }
  }

  private askForTheRoom(): void {
    this.rejoin().catch(() => undefined); // what a refusal means was dealt with; silence is the lines' business
  }

  private seatLost(answer: JoinAnswer): void {
    this.house.engine.microphone.close();
    if (answer.participant.role === "AUDIENCE") this.house.tell(say("info", answer.note ?? SEAT_LOST));
  }

  private welcomed(view: RoomView, presence: Presence[]): void {
    const { room: before, me } = this.state;
    const mine = before && me ? find(before, me) : null;
    const room = newer(roomOf(view, before), before);
    this.patch({ room: including(room, mine?.role === "AUDIENCE" ? mine : null), presence: new Map() });
    this.presence(presence);
  }

  private facts(facts: AnyTold[], seq: number): void {
    const { room, me } = this.state;
    if (!room || !me) return;
    let folded = room;
    for (const fact of facts.filter(({ sequence }) => sequence > room.seq)) {
      for (const consequence of consequences(folded, fact, me)) this.carryOut(consequence);
      if (this.ended) return;
      folded = foldAll(folded, [fact], fact.sequence);
    }
    folded = foldAll(folded, [], seq);
    const mine = find(folded, me);
    this.patch({ room: { ...folded, unsure: false }, seat: mine?.seat ?? this.state.seat });
    if (folded.unsure) this.askForTheRoom();
  }

  private carryOut(consequence: Consequence): void {
    const { engine, tell, named, over } = this.house;
    switch (consequence.do) {
      case "tell":
        return tell(consequence);
      case "named":
        return named(consequence.who);
      case "mute":
        return engine.microphone.mute();
      case "leave_stage":
        return engine.microphone.close();
      case "sit_again":
        return this.askForTheRoom();
      case "left":
        return over({ at: "outside" });
      case "removed":
        return over({ at: "removed", by: consequence.by, until: consequence.until, banned: consequence.banned, why: consequence.why, words: null });
      case "ended":
        return over({ at: "ended", reason: consequence.reason, by: consequence.by, time: consequence.time });
    }
  }

  private presence(news: readonly Presence[]): void {
    this.patch({ presence: new Map([...this.state.presence, ...news.map((row) => [row.user_id, row] as const)]) });
  }

  private linked(linked: boolean): void {
    this.linkedOnce ||= linked;
    this.patch({ linked });
    if (linked) this.tellMicrophone();
  }

  private back(): void {
    const { room, me } = this.state;
    const speaks = room?.panel.some((person) => person.user_id === me);
    this.house.tell(say("check", speaks ? "You're back, and muted." : "You're back."));
  }

  private lostSince(sound: Sound): number | null {
    return sound === "calling_back" ? (this.state.lostAtMs ?? Date.now()) : null;
  }

  private get state(): VisitState {
    return this.house.state.get();
  }

  private patch(change: Partial<VisitState>): void {
    if (change.room && change.room.panel.some(({ user_id, role }) => role === "HOST" && user_id === this.state.me)) keysHeld.set(change.room.id);
    if (!this.ended) this.house.state.update((state) => ({ ...state, ...change }));
  }
}

function phaseAfter(code: number): Phase {
  if (code === CLOSE.elsewhere) return { at: "elsewhere" };
  if (code === CLOSE.ended) return { at: "ended", reason: "ended", by: null, time: null };
  if (code === CLOSE.refused) return { at: "removed", by: null, until: null, banned: false, why: null, words: null };
  return { at: "refused", words: "We couldn't get you back in." };
}

const SEAT_LOST = "You were away too long, so you're in the audience now. Raise a hand to come back.";
