import { describe, expect, test } from "vitest";
import { lost, watched, type Watch } from "../src/audio/lostWatch";
import { EMPTY_SLOT, heard, loudness, moving, ring, SILENT_RING, type Ring } from "../src/audio/talking";

describe("whose voice is in a slot", () => {
  const listed = [
    { source: 4, timestamp: 900 },
    { source: 9, timestamp: 1200 },
  ];

  test("former speakers stay listed: the newest entry counts", () => {
    expect(heard(EMPTY_SLOT, listed, 50).seat).toBe(9);
  });

  test("a voice whose timestamp stands still for half a second is not talking", () => {
    const first = heard(EMPTY_SLOT, listed, 1_000);
    const same = heard(first, listed, 1_400);
    expect([moving(same, 1_400), moving(same, 1_500)]).toEqual([true, false]);
  });
});

describe("the speaking ring", () => {
  const run = (from: Ring, level: number, fromMs: number, toMs: number): Ring => {
    let state = from;
    for (let now = fromMs; now <= toMs; now += 20) state = ring(state, level, now);
    return state;
  };

  test("a click is not talking, a tenth of a second is", () => {
    expect(run(SILENT_RING, 0.6, 0, 60).talking).toBe(false);
    expect(run(SILENT_RING, 0.6, 0, 260).talking).toBe(true);
  });

  test("a breath between words does not end it, half a second of silence does", () => {
    const talking = run(SILENT_RING, 0.6, 0, 300);
    expect(run(talking, 0, 320, 700).talking).toBe(true);
    expect(run(talking, 0, 320, 1_500).talking).toBe(false);
  });

  test("levels run from -60 to -10 dB", () => {
    const tone = (amplitude: number): Float32Array => new Float32Array(1000).fill(amplitude);
    expect([loudness(tone(0)), loudness(tone(0.9))]).toEqual([0, 1]);
    expect(loudness(tone(0.0177))).toBeCloseTo(0.5, 1);
  });
});

describe("a dead line", () => {
  const quiet = (seconds: number, responses: (at: number) => number | null): Watch => {
    let watch: Watch | null = null;
    for (let at = 0; at <= seconds; at++) watch = watched(watch, { packets: 10, responses: responses(at) }, at * 1000);
    return watch!;
  };

  test("packets and checks stop while somebody talks: lost", () => {
    expect(lost(quiet(4, () => 3), 0, 4_000)).toBe(true);
  });

  test("the speaker went away, but the line answers: not lost", () => {
    expect(lost(quiet(6, (at) => at), 0, 6_000)).toBe(false);
  });

  test("nobody was talking: silence says nothing", () => {
    expect(lost(quiet(6, () => 3), Number.NEGATIVE_INFINITY, 6_000)).toBe(false);
  });
});
