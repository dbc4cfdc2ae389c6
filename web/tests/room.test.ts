import { describe, expect, test } from "vitest";
import type { RoomView } from "../src/api/shapes";
import { consequences } from "../src/room/consequences";
import { told, type AnyTold, type RoomFact } from "../src/room/facts";
import { foldAll } from "../src/room/fold";
import { find, placeInLine, roleOf, roomOf, type Room } from "../src/room/room";

const SARAH = "sarah";
const RICK = "rick";
const PRIYA = "priya";

const view: RoomView = {
  id: "room",
  name: "Should we unplug it?",
  club_id: null,
  topic_id: null,
  state: "live",
  policy: { speak: "hand", hands_open: true, enter: "everyone", max_people: null },
  panel: [{ user_id: SARAH, role: "HOST", seat: 1, muted: false }],
  audience: [
    { user_id: RICK, role: "AUDIENCE", seat: 2, muted: false },
    { user_id: PRIYA, role: "AUDIENCE", seat: 3, muted: false },
  ],
  audience_count: 2,
  hands: [],
  invitations: [],
  links: [],
  scheduled_for: null,
  host_id: SARAH,
  awaited_host_id: null,
  hostless_until: null,
  started_at: "2026-01-01T19:00:00Z",
  seq: 3,
};

const room = roomOf(view);

function facts(after: number, ...events: RoomFact[]): AnyTold[] {
  return events.map((event, n) => told({ ...event, sequence: after + 1 + n, time: "2026-01-01T19:30:00Z" }));
}

function folded(from: Room, ...events: RoomFact[]): Room {
  return foldAll(from, facts(from.seq, ...events), from.seq + events.length);
}

const raise = (user_id: string): RoomFact => ({ type: "room.hand_raised.v1", data: { user_id } });
const invite = (user_id: string): RoomFact => ({
  type: "room.speaker_invited.v1",
  data: { user_id, by: SARAH, expires_at: "2026-01-01T19:31:00Z" },
});
const speak = (user_id: string): RoomFact => ({
  type: "room.role_changed.v1",
  data: { user_id, role: "SPEAKER", reason: "invited", by: user_id },
});
const mute = (user_id: string): RoomFact => ({ type: "room.participant_muted.v1", data: { user_id, by: SARAH } });

describe("the room as the facts fold it", () => {
  test("hands stand in the order in which they went up", () => {
    const after = folded(room, raise(PRIYA), raise(RICK));
    expect([placeInLine(after, PRIYA), placeInLine(after, RICK), placeInLine(after, SARAH)]).toEqual([1, 2, null]);
    expect(after.seq).toBe(5);
  });

  test("a listener whose hand was accepted stands on the stage in the same seat, with no hand up", () => {
    const after = folded(room, raise(RICK), invite(RICK), speak(RICK));
    expect(find(after, RICK)).toEqual({ user_id: RICK, role: "SPEAKER", seat: 2, muted: false });
    expect([after.hands, after.invitations, after.audience_count, after.panel.length]).toEqual([[], [], 1, 2]);
  });

  test("a joiner's seat is the number of the fact that made it", () => {
    const after = folded(room, { type: "room.participant_joined.v1", data: { user_id: "loki" } });
    expect(find(after, "loki")).toEqual({ user_id: "loki", role: "AUDIENCE", seat: 4, muted: false, invited_by: null });
    expect(after.audience_count).toBe(3);
  });

  test("a hand that is hidden from me is gone from my list", () => {
    const after = folded(room, raise(RICK), { type: "room.hand_hidden.v1", data: { user_id: RICK, from_id: SARAH } });
    expect(after.hands).toEqual([]);
  });

  test("links come and go", () => {
    const made: RoomFact = { type: "room.link_made.v1", data: { link_id: "l", by: SARAH, expires_at: "2026-01-02T19:00:00Z" } };
    expect(folded(room, made).links).toHaveLength(1);
    expect(folded(room, made, { type: "room.link_withdrawn.v1", data: { link_id: "l", by: SARAH } }).links).toEqual([]);
  });

  test("a host who was awaited has the keys when they arrive", () => {
    const waiting: Room = { ...room, host_id: null, awaited_host_id: RICK, hostless_until: "2026-01-01T19:45:00Z", panel: [] };
    const after = folded(waiting, { type: "room.host_transferred.v1", data: { from_id: null, to_id: RICK, reason: "arrived", by: RICK } });
    expect([after.host_id, after.awaited_host_id, after.hostless_until, roleOf(after, RICK)]).toEqual([RICK, null, null, "HOST"]);
  });

  test("a guest who registered keeps the seat, and is called anew", () => {
    const fact: RoomFact = { type: "room.guest_registered.v1", data: { user_id: RICK } };
    const after = folded(room, fact);
    expect([find(after, RICK)?.seat, find(after, RICK)?.guest, after.audience_count]).toEqual([2, false, room.audience_count]);
    expect(consequences(room, facts(room.seq, fact)[0]!, PRIYA)).toEqual([{ do: "named", who: RICK }]);
  });

  test("a ban says by whom and why", () => {
    const [fact] = facts(room.seq, { type: "room.participant_banned.v1", data: { user_id: RICK, by: SARAH, why: "shouting" } });
    expect(consequences(room, fact!, RICK)).toEqual([{ do: "removed", by: SARAH, until: null, banned: true, why: "shouting" }]);
    expect(consequences(room, fact!, PRIYA)).toEqual([]);
  });

  test("a fact already folded changes nothing", () => {
    const after = foldAll(room, facts(1, raise(RICK)), 2);
    expect(after).toEqual(room);
  });

  test("facts that this viewer may not see still move the line forward", () => {
    expect(foldAll(room, [], 9).seq).toBe(9);
  });

  test("a fact of a type not known here keeps its place and changes nothing", () => {
    const unknown = told({ type: "room.painted.v1", sequence: 4, time: "", data: {} });
    expect(foldAll(room, [unknown], 4)).toEqual({ ...room, seq: 4 });
  });

  test("someone beyond the first fifty leaves: only the count falls", () => {
    const crowded = { ...room, audience_count: 60 };
    const after = folded(crowded, { type: "room.participant_left.v1", data: { user_id: "far", seat: 40, reason: "left", by: null } });
    expect([after.audience_count, after.audience.length]).toEqual([59, 2]);
  });

  test("someone beyond the first fifty steps up: the room must be asked again for the seat", () => {
    expect(folded({ ...room, audience_count: 60 }, speak("far")).unsure).toBe(true);
  });

  test("a moderator's mute ends with one's time on stage", () => {
    const muted = folded(room, speak(RICK), mute(RICK));
    expect([find(muted, RICK)?.muted, muted.muted_by[RICK]]).toEqual([true, SARAH]);
    const down = folded(muted, { type: "room.role_changed.v1", data: { user_id: RICK, role: "AUDIENCE", reason: "changed", by: SARAH } });
    expect(find(down, RICK)?.muted).toBe(false);
  });

  test("the keys go over: the new host is host, the former one a moderator", () => {
    const after = folded(room, speak(RICK), {
      type: "room.host_transferred.v1",
      data: { from_id: SARAH, to_id: RICK, reason: "changed", by: SARAH },
    });
    expect([roleOf(after, RICK), roleOf(after, SARAH)]).toEqual(["HOST", "MODERATOR"]);
    expect(after.panel.map((person) => person.user_id)).toEqual([RICK, SARAH]);
  });

  test("a lost host starts the countdown, taken keys end it", () => {
    const lost = folded(room, speak(RICK), { type: "room.host_lost.v1", data: { user_id: SARAH, ends_at: "2026-01-01T19:35:00Z" } });
    expect([lost.hostless_until, lost.lost_host]).toEqual(["2026-01-01T19:35:00Z", SARAH]);
    const taken = folded(lost, { type: "room.host_transferred.v1", data: { from_id: null, to_id: RICK, reason: "took_keys", by: RICK } });
    expect([taken.hostless_until, taken.lost_host]).toEqual([null, null]);
  });
});

describe("what a fact means for the one who sits here", () => {
  const doing = (fact: RoomFact, me: string, before = room): string[] =>
    facts(before.seq, fact).flatMap((one) => consequences(before, one, me)).map((consequence) => consequence.do);

  test("muted by a moderator: the microphone shuts and it is said who did it", () => {
    expect(doing(mute(RICK), RICK)).toEqual(["mute", "tell"]);
    expect(doing(mute(RICK), PRIYA)).toEqual([]);
  });

  test("moved to the audience: the capture stops", () => {
    const moved: RoomFact = { type: "room.role_changed.v1", data: { user_id: RICK, role: "AUDIENCE", reason: "changed", by: SARAH } };
    expect(doing(moved, RICK)).toEqual(["leave_stage", "tell"]);
  });

  test("stepping down oneself needs no words", () => {
    const down: RoomFact = { type: "room.role_changed.v1", data: { user_id: RICK, role: "AUDIENCE", reason: "stepped_down", by: RICK } };
    expect(doing(down, RICK)).toEqual(["leave_stage"]);
  });

  test("a raised hand is told to moderators only", () => {
    expect([doing(raise(RICK), SARAH), doing(raise(RICK), PRIYA)]).toEqual([["tell"], []]);
  });

  test("a seat that ran out is taken again, one given up elsewhere is not", () => {
    const left = (reason: string): RoomFact => ({ type: "room.participant_left.v1", data: { user_id: RICK, seat: 2, reason, by: null } });
    expect(["lost", "left", "ended"].map((reason) => doing(left(reason), RICK))).toEqual([["sit_again"], ["left"], []]);
    expect(doing(left("lost"), PRIYA)).toEqual([]);
  });

  test("removed: the stay is over; an ended room is over for everyone", () => {
    const removed: RoomFact = { type: "room.participant_removed.v1", data: { user_id: RICK, by: SARAH, until: "2026-01-01T19:40:00Z" } };
    expect([doing(removed, RICK), doing(removed, PRIYA)]).toEqual([["removed"], []]);
    expect(doing({ type: "room.ended.v1", data: { reason: "ended", by: SARAH } }, PRIYA)).toEqual(["ended"]);
  });
});
