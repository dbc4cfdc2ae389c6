import { sleep } from "../kit/waiting";

/** mended: sound can flow again · gone: the server has no such session · unreachable: nobody answered, or no path was found */
export type Restart = "mended" | "gone" | "unreachable";

const PATIENCE_MS = 4_000;
const AGAIN_SECONDS = 0.4;
const SOON_MS = 10_000;

/** Finds another path for a running connection: the seat at the server, the slots and the microphone stay as they are. */
export class Mending {
  private running: Promise<Restart> | null = null;
  private mendedAtMs = Number.NEGATIVE_INFINITY;

  constructor(private readonly restart: () => Promise<Restart>) {}

  /** The path is dead. Where it died a moment ago, too, another one of the same kind is no help. */
  async mend(): Promise<Restart> {
    return performance.now() - this.mendedAtMs < SOON_MS ? "unreachable" : this.renew();
  }

  /** The network is another one now, so the path may be about to die. */
  renew(): Promise<Restart> {
    this.running ??= this.keepTrying().finally(() => (this.running = null));
    return this.running;
  }

  private async keepTrying(): Promise<Restart> {
    const begunMs = performance.now();
    let outcome = await this.restart();
    while (outcome === "unreachable" && performance.now() - begunMs < PATIENCE_MS) {
      await sleep(AGAIN_SECONDS);
      outcome = await this.restart();
    }
    if (outcome === "mended") this.mendedAtMs = performance.now();
    return outcome;
  }
}
