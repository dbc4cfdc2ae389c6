import { Store } from "../kit/store";
import { lost, pulseOf, watched, type Watch } from "./lostWatch";
import { MediaLine, SLOTS } from "./mediaLine";
import { Mending } from "./mending";
import { Meter } from "./meter";
import { Microphone } from "./microphone";
import { onOtherNetwork } from "./otherNetwork";
import { Slots, type Voice } from "./slots";
import { ring, SILENT_RING, type Ring } from "./talking";

const LOOK_EVERY_MS = 66;
const WATCH_EVERY_MS = 1_000;

export interface Levels {
  voices: readonly Voice[];
  /** One's own, measured at the capture, also while muted. */
  own: Ring;
}

/** Sound in and out of this tab. It lives above the router: walking between pages never touches it. */
export class AudioEngine {
  readonly microphone = new Microphone();
  /** True when the browser refused to play without a press. */
  readonly held = new Store(false);
  readonly onLevels = new Set<(levels: Levels) => void>();
  onLost: () => void = () => undefined;
  private context: AudioContext | null = null;
  private readonly slots = new Slots(audioElements(), () => this.held.set(true));
  private line: MediaLine | null = null;
  private mending: Mending | null = null;
  private ownMeter: Meter | null = null;
  private own: Ring = SILENT_RING;
  private timers: ReturnType<typeof setInterval>[] = [];
  private watch: Watch | null = null;
  private talkedAtMs = Number.NEGATIVE_INFINITY;

  constructor() {
    this.microphone.capture.subscribe(() => this.measureOwn());
    window.addEventListener("pagehide", () => this.line?.hangUp());
    onOtherNetwork(() => void this.moved());
  }

  /** Makes a connection and starts the elements. Call it in the click handler, before any await. */
  open(): void {
    this.line?.close();
    const line = new MediaLine(() => void this.broke());
    this.line = line;
    this.mending = null;
    this.context ??= new AudioContext();
    this.slots.attach(line.receivers, this.context);
    void this.context.resume().catch(() => undefined);
    this.microphone.bind(line.sender);
    this.startLooking();
  }

  /** Calls the room over the open line; resolves when sound can flow. */
  async call(roomId: string, ticket: string): Promise<void> {
    const line = this.line;
    if (!line) throw new Error("open() comes first");
    this.watch = null;
    this.talkedAtMs = Number.NEGATIVE_INFINITY;
    await line.connect(roomId, ticket);
    if (line === this.line) this.mending = new Mending(() => line.restart());
  }

  /** After a press: what the browser held plays now. */
  unlock(): void {
    this.held.set(false);
    this.slots.play();
    void this.context?.resume().catch(() => undefined);
  }

  /** Drops the connection but keeps the microphone, to call again. */
  hangUp(): void {
    this.line?.close();
    this.line = this.mending = null;
    this.slots.silence();
  }

  /** Silent at once, microphone off. */
  close(): void {
    this.hangUp();
    this.microphone.bind(null);
    this.microphone.close();
    this.held.set(false);
    this.timers.forEach(clearInterval);
    this.timers = [];
    this.emit({ voices: [], own: SILENT_RING });
  }

  private startLooking(): void {
    if (this.timers.length > 0) return;
    this.timers = [
      setInterval(() => this.look(performance.now()), LOOK_EVERY_MS),
      setInterval(() => void this.check(), WATCH_EVERY_MS),
    ];
  }

  private look(nowMs: number): void {
    const voices = this.slots.look(nowMs, this.context?.state === "running");
    if (voices.some((voice) => voice.talking)) this.talkedAtMs = nowMs;
    this.own = ring(this.own, this.ownMeter?.level() ?? 0, nowMs);
    this.emit({ voices, own: this.own });
  }

  private async check(): Promise<void> {
    const line = this.line;
    if (!line) return;
    const pulse = pulseOf(await line.stats().catch(() => new Map() as RTCStatsReport));
    if (line !== this.line) return;
    this.watch = watched(this.watch, pulse, performance.now());
    if (lost(this.watch, this.talkedAtMs, performance.now())) void this.broke();
  }

  /** The sound stopped coming: another path first, and only if that is no help another connection. */
  private async broke(): Promise<void> {
    const { mending } = this;
    const outcome = await mending?.mend();
    if (mending !== this.mending) return;
    this.watch = null;
    if (outcome !== "mended") this.onLost();
  }

  /** The network is another one: the path moves before it breaks. */
  private async moved(): Promise<void> {
    const { mending } = this;
    const outcome = await mending?.renew();
    if (mending === this.mending && outcome === "gone") this.onLost();
  }

  private measureOwn(): void {
    this.ownMeter?.close();
    const track = this.microphone.capture.get();
    this.ownMeter = track && this.context ? new Meter(this.context, track) : null;
    this.own = SILENT_RING;
  }

  private emit(levels: Levels): void {
    for (const listener of this.onLevels) listener(levels);
  }
}

function audioElements(): HTMLAudioElement[] {
  return Array.from({ length: SLOTS }, (_, n) => document.getElementById(`slot-${n}`) as HTMLAudioElement);
}
