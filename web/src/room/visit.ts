import type { Commands } from "../api/commands";
import { isProblem } from "../api/problem";
import type { JoinAnswer } from "../api/shapes";
import type { AudioEngine } from "../audio/engine";
import { inThisTab } from "../kit/remembered";
import { Store } from "../kit/store";
import { sleep } from "../kit/waiting";
import { linkTo } from "./links";
import { Stay } from "./stay";
import { OUTSIDE, phaseOf, type Phase, type Telling, type VisitState } from "./visitState";

export type How = "press" | "takeover" | "reload";

/** Steps into rooms and out of them: one room at a time, and at most one stay. */
export class Visit {
  readonly state = new Store<VisitState>(OUTSIDE);
  /** What the rest of the house says to the person. */
  tell: (telling: Telling) => void = () => undefined;
  /** Somebody in the room has a new name. */
  named: (userId: string) => void = () => undefined;
  private readonly remembered = inThisTab("room");
  private stay: Stay | null = null;
  private entrance = 0; // an answer that comes after one has turned away is for nobody

  constructor(
    private readonly commands: Commands,
    private readonly engine: AudioEngine,
    private readonly connection: string,
  ) {
    engine.onLost = () => this.stay?.lost();
    engine.microphone.state.subscribe(() => this.stay?.tellMicrophone());
  }

  /** The room in which this tab was before a reload. */
  rememberedRoom(): string | null {
    return this.remembered.get();
  }

  /** Steps in, after `first`. Call it in the click handler: the browser lets sound play only from there. */
  enter(roomId: string, how: How, first?: () => Promise<void>): void {
    const now = this.state.get();
    const sitting = now.phase.at === "inside" || now.phase.at === "stepping_in";
    if (sitting && now.roomId === roomId) return;
    if (sitting) this.leave();
    this.hush();
    this.engine.open();
    this.state.set({ ...OUTSIDE, roomId, room: now.roomId === roomId ? now.room : null, phase: { at: "stepping_in" } });
    void this.stepIn(this.entrance, roomId, how, first);
  }

  /** Silent at once; the room hears of it afterwards. */
  leave(): void {
    const { roomId, phase } = this.state.get();
    this.hush();
    this.remembered.set(null);
    this.state.set(OUTSIDE);
    if (roomId && (phase.at === "inside" || phase.at === "stepping_in")) this.giveUpSeat(roomId);
  }

  /** Back to the door, when the page about a stay that is over is left. */
  forget(): void {
    const { at } = this.state.get().phase;
    if (at !== "inside" && at !== "stepping_in") this.state.set(OUTSIDE);
  }

  tryNow(): void {
    this.stay?.tryNow();
  }

  private async stepIn(entrance: number, roomId: string, how: How, first?: () => Promise<void>): Promise<void> {
    try {
      await first?.();
      const answer = await this.join(roomId, how);
      if (entrance === this.entrance) this.sitDown(roomId, answer);
      else if (this.state.get().roomId !== roomId) this.giveUpSeat(roomId);
    } catch (error) {
      if (entrance === this.entrance) this.over(phaseOf(error));
    }
  }

  /** After a reload the old page's connection may still stand for a moment: one more try before saying so. */
  private async join(roomId: string, how: How): Promise<JoinAnswer> {
    const once = (): Promise<JoinAnswer> => this.commands.join(roomId, this.connection, how === "takeover", linkTo(roomId).get());
    try {
      return await once();
    } catch (error) {
      if (!(how === "reload" && isProblem(error, "elsewhere"))) throw error;
      await sleep(1);
      return once();
    }
  }

  private sitDown(roomId: string, answer: JoinAnswer): void {
    this.remembered.set(roomId);
    const { commands, engine, connection, state } = this;
    this.stay = new Stay({ roomId, connection, link: linkTo(roomId).get(), commands, engine, state, tell: (telling) => this.tell(telling), named: (userId) => this.named(userId), over: (phase) => this.over(phase) });
    this.stay.begin(answer);
  }

  private giveUpSeat(roomId: string): void {
    this.commands.leave(roomId, this.connection).catch(() => undefined); // the grace ends the seat if this is lost
  }

  private over(phase: Phase): void {
    this.hush();
    if (phase.at !== "elsewhere") this.remembered.set(null);
    this.state.update((state) => ({ ...state, phase, linked: false }));
  }

  private hush(): void {
    this.entrance++;
    this.engine.close();
    this.stay?.end();
    this.stay = null;
  }
}
