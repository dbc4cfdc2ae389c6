/** When a person counts as talking, as pure functions of levels and time (milliseconds). */

export interface Contribution {
  source: number;
  timestamp: number;
}

/** The voice in a slot now: former speakers stay listed for 10 s, so only the newest entry counts. */
export function newest(contributions: readonly Contribution[]): Contribution | null {
  return contributions.reduce<Contribution | null>(
    (best, entry) => (best === null || entry.timestamp > best.timestamp ? entry : best),
    null,
  );
}

export interface SlotVoice {
  seat: number | null;
  timestamp: number;
  movedAtMs: number;
}

export const EMPTY_SLOT: SlotVoice = { seat: null, timestamp: -1, movedAtMs: Number.NEGATIVE_INFINITY };
const STILL_MS = 500;

export function heard(voice: SlotVoice, contributions: readonly Contribution[], nowMs: number): SlotVoice {
  const entry = newest(contributions);
  if (entry === null || entry.timestamp === voice.timestamp) return voice;
  return { seat: entry.source, timestamp: entry.timestamp, movedAtMs: nowMs };
}

/** Whether packets of this voice came within the last half second. */
export const moving = (voice: SlotVoice, nowMs: number): boolean => nowMs - voice.movedAtMs < STILL_MS;

export interface Ring {
  level: number; // 0..1, smoothed
  talking: boolean;
  since: number | null; // when the level crossed the threshold it is about to act on
  atMs: number;
}

export const SILENT_RING: Ring = { level: 0, talking: false, since: null, atMs: 0 };
const ATTACK_MS = 60;
const RELEASE_MS = 180;
const ON = { level: 0.08, forMs: 100 };
const OFF = { level: 0.05, forMs: 500 };

/** The ring after one more measurement: quick to rise, slow to fall, and steady at the edge. */
export function ring(before: Ring, measured: number, nowMs: number): Ring {
  const span = measured > before.level ? ATTACK_MS : RELEASE_MS;
  const level = before.level + (measured - before.level) * (1 - Math.exp(-(nowMs - before.atMs) / span));
  const turning = before.talking ? level < OFF.level : level > ON.level;
  if (!turning) return { level, talking: before.talking, since: null, atMs: nowMs };
  const since = before.since ?? nowMs;
  const turned = nowMs - since >= (before.talking ? OFF.forMs : ON.forMs);
  return { level, talking: turned ? !before.talking : before.talking, since: turned ? null : since, atMs: nowMs };
}

/** RMS of a waveform to 0..1: -60 dB and below is 0, -10 dB and above is 1. */
export function loudness(samples: Float32Array): number {
  let sum = 0;
  for (const sample of samples) sum += sample * sample;
  const decibels = 10 * Math.log10(sum / samples.length + 1e-12);
  return Math.min(1, Math.max(0, (decibels + 60) / 50));
}
