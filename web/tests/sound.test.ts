import { describe, expect, test, vi } from "vitest";
import { fragmentOf, renewed } from "../src/audio/iceFragment";
import { lost, watched, type Watch } from "../src/audio/lostWatch";
import { Mending, type Restart } from "../src/audio/mending";
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

describe("a path that broke", () => {
  const line = (mid: number): string => `m=audio 9 UDP/TLS/RTP/SAVPF 111\r\na=candidate:1 1 udp 1 192.0.2.1 9 typ host\r\na=ice-ufrag:old\r\na=ice-pwd:former\r\na=mid:${mid}\r\n`;
  const description = `v=0\r\na=ice-lite\r\n${line(0)}${line(1)}`;

  test("the new credentials are sent, and nothing else", () => {
    expect(fragmentOf(description)).toBe("a=ice-ufrag:old\r\na=ice-pwd:former\r\n");
  });

  test("the server's new ones replace those of before on every line", () => {
    const fragment = "a=ice-lite\r\nm=audio 9 RTP/AVP 0\r\na=mid:0\r\na=candidate:1 1 udp 1 192.0.2.7 9 typ host\r\na=end-of-candidates\r\na=ice-ufrag:new\r\na=ice-pwd:later\r\n";
    const answer = renewed(description, fragment);
    expect(answer).not.toMatch(/old|former|192\.0\.2\.1 /);
    for (const once of ["a=ice-ufrag:new\r\n", "a=ice-pwd:later\r\n", "192.0.2.7 9"]) expect(answer.split(once)).toHaveLength(3);
    expect(answer.match(/a=mid:\d/g)).toEqual(["a=mid:0", "a=mid:1"]);
  });

  const trying = async (...outcomes: Restart[]): Promise<{ outcome: Restart; again: Restart; tried: number }> => {
    vi.useFakeTimers();
    let tried = 0;
    const mending = new Mending(async () => outcomes[Math.min(tried++, outcomes.length - 1)] ?? "gone");
    const done = (async () => ({ outcome: await mending.mend(), again: await mending.mend(), tried }))();
    await vi.advanceTimersByTimeAsync(20_000);
    vi.useRealTimers();
    return done;
  };

  test("is tried again while nobody answers, and given up after four seconds", async () => {
    expect(await trying("unreachable", "unreachable", "mended")).toMatchObject({ outcome: "mended" });
    expect((await trying("unreachable")).outcome).toBe("unreachable");
  });

  test("is not looked for again where it broke a moment ago", async () => {
    expect(await trying("mended")).toEqual({ outcome: "mended", again: "unreachable", tried: 1 });
  });

  test("is not looked for when the server knows nothing of the session", async () => {
    expect(await trying("gone")).toMatchObject({ outcome: "gone" });
  });
});
