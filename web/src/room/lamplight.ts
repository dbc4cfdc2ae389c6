import type { AudioEngine, Levels } from "../audio/engine";
import { Store } from "../kit/store";
import type { Visit } from "./visit";

const WORTH_WRITING = 0.04;

/** Light means sound: who is talking, and how far each ring reaches. Levels go straight to the elements, never through React state. */
export class Lamplight {
  readonly talking = new Store<ReadonlySet<string>>(new Set());
  private readonly elements = new Map<string, Set<HTMLElement>>();
  private readonly written = new Map<string, number>();

  constructor(
    private readonly engine: AudioEngine,
    private readonly visit: Visit,
  ) {
    engine.onLevels.add((levels) => this.shine(levels));
  }

  /** A ref for an element that shows this person's level. */
  attach(userId: string): (element: HTMLElement | null) => () => void {
    return (element) => {
      const kept = this.elements.get(userId) ?? new Set();
      if (element) this.elements.set(userId, kept.add(element));
      return () => {
        if (element) kept.delete(element);
      };
    };
  }

  private shine(levels: Levels): void {
    const voices = this.voices(levels);
    for (const [userId, { level }] of voices) this.write(userId, level);
    for (const userId of this.written.keys()) if (!voices.has(userId)) this.write(userId, 0);
    const talking = new Set([...voices].filter(([, voice]) => voice.talking).map(([userId]) => userId));
    if (!same(talking, this.talking.get())) this.talking.set(talking);
  }

  /** Seats to people. A seat that may not speak is dark at once, whatever still arrives. */
  private voices(levels: Levels): Map<string, { level: number; talking: boolean }> {
    const { room, me, sound } = this.visit.state.get();
    const voices = new Map<string, { level: number; talking: boolean }>();
    for (const person of room?.panel ?? []) {
      if (person.muted) continue;
      const voice = levels.voices.find((heard) => heard.seat === person.seat);
      if (voice) voices.set(person.user_id, voice);
      const live = person.user_id === me && sound === "up" && this.engine.microphone.state.get() === "live";
      if (live) voices.set(person.user_id, levels.own);
    }
    return voices;
  }

  private write(userId: string, level: number): void {
    const before = this.written.get(userId) ?? 0;
    if (Math.abs(level - before) < WORTH_WRITING && !(level === 0 && before > 0)) return;
    this.written.set(userId, level);
    for (const element of this.elements.get(userId) ?? []) element.style.setProperty("--level", level.toFixed(2));
  }
}

const same = (a: ReadonlySet<string>, b: ReadonlySet<string>): boolean => a.size === b.size && [...a].every((item) => b.has(item));
