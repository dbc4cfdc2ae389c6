import { isProblem, type Problem } from "../api/problem";
import { backoffSeconds, Pause } from "../kit/waiting";

export type Sound = "connecting" | "up" | "calling_back" | "no_path" | "gave_up";

export interface CallingHouse {
  /** Makes the connection anew (the first one was made in the click). */
  redial(): void;
  call(ticket: string): Promise<void>;
  /** A new ticket, by joining again. */
  ticket(): Promise<string>;
  sound(sound: Sound, attempt: number): void;
  /** Called after sound was lost and is back. */
  back(): void;
}

const KEEP_CALLING_SECONDS = 120;

/** Keeps the sound up: calls, and when the line drops calls back for two minutes, then asks. */
export class Calling {
  private readonly pause = new Pause();
  private calling = false;
  private stopped = false;
  private wasUp = false;

  constructor(private readonly house: CallingHouse) {}

  begin(ticket: string): void {
    void this.keepCalling(ticket);
  }

  /** The line is dead. */
  lost(): void {
    if (this.calling || this.stopped) return;
    void this.keepCalling(null);
  }

  again(): void {
    if (this.calling) this.pause.hurry();
    else this.lost();
  }

  stop(): void {
    this.stopped = true;
    this.pause.hurry();
  }

  private async keepCalling(first: string | null): Promise<void> {
    this.calling = true;
    let attempted = this.attempt(first); // before the word of it: whoever draws that would hold it up
    this.house.sound(this.wasUp ? "calling_back" : "connecting", 0);
    const begunMs = performance.now();
    for (let attempt = 0; ; attempt++) {
      const problem = await attempted;
      if (this.stopped) return;
      if (problem === null) return this.connected();
      if (performance.now() - begunMs > KEEP_CALLING_SECONDS * 1000) break;
      if (this.wasUp || !isProblem(problem, "no_path")) this.house.sound(this.wasUp ? "calling_back" : "connecting", attempt + 1);
      else this.house.sound("no_path", attempt + 1);
      await this.pause.wait(waitSeconds(problem, attempt));
      if (this.stopped) return;
      attempted = this.attempt(null);
    }
    this.calling = false;
    if (!this.stopped) this.house.sound("gave_up", 0);
  }

  private async attempt(first: string | null): Promise<unknown> {
    try {
      if (first === null) this.house.redial();
      await this.house.call(first ?? (await this.house.ticket()));
      return null;
    } catch (error) {
      return error ?? new Error("unknown");
    }
  }

  private connected(): void {
    const returned = this.wasUp;
    this.calling = false;
    this.wasUp = true;
    this.house.sound("up", 0);
    if (returned) this.house.back();
  }
}

function waitSeconds(problem: unknown, attempt: number): number {
  const asked = isProblem(problem) ? (problem as Problem).retryAfterSeconds : null;
  return asked !== null && asked <= 10 ? asked : backoffSeconds(attempt);
}
