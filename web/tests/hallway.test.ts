import { describe, expect, test } from "vitest";
import type { Card } from "../src/api/shapes";
import { fold, listed, NO_DOORS, type DoorEvent, type Doors } from "../src/hallway/doors";
import { ranked, ranking } from "../src/hallway/ranked";
import { SseParser } from "../src/hallway/sse";
import { heard, NOBODY_TALKS } from "../src/hallway/talkers";

const card = (id: string, seq: number, started_at: string, participant_count = 1): Card => ({
  id,
  name: id,
  club_name: null,
  club_id: null,
  topic: null,
  panel: [],
  panel_count: 1,
  participant_count,
  started_at,
  state: "live",
  seq,
});

const after = (...events: DoorEvent[]): Doors => events.reduce(fold, NO_DOORS);
const shown = (...events: DoorEvent[]): [string, number][] => listed(after(...events)).map(({ id, participant_count }) => [id, participant_count]);

describe("the open doors", () => {
  test("newest first, and by id where two opened together", () => {
    const events = [card("a", 1, "2026-01-01T10:00:00Z"), card("b", 1, "2026-01-01T11:00:00Z"), card("c", 1, "2026-01-01T10:00:00Z")];
    expect(shown(...events.map((each): DoorEvent => ({ type: "card", card: each }))).map(([id]) => id)).toEqual(["b", "c", "a"]);
  });

  test("a page read before a card came over the stream does not undo it", () => {
    const fresh: DoorEvent = { type: "card", card: card("a", 5, "t", 7) };
    const stale: DoorEvent = { type: "card", card: card("a", 4, "t", 6) };
    expect(shown(fresh, stale)).toEqual([["a", 7]]);
  });

  test("a page read before a door closed does not open it again", () => {
    expect(shown({ type: "gone", id: "a", seq: 6 }, { type: "card", card: card("a", 5, "t") })).toEqual([]);
  });

  test("reset empties the hallway for the first page that follows", () => {
    const events: DoorEvent[] = [{ type: "card", card: card("a", 5, "t") }, { type: "reset" }, { type: "card", card: card("b", 1, "t") }];
    expect(shown(...events)).toEqual([["b", 1]]);
  });
});

describe("doors for somebody", () => {
  const reasons = [{ kind: "fresh" as const, text: "Just opened" }];
  const [before, then, since] = ["2026-01-01T11:59:00Z", "2026-01-01T12:00:00Z", "2026-01-01T12:01:00Z"] as const;
  const forYou = ranking(
    ["c", "a", "b"].map((id) => ({ ...card(id, 1, before), reasons })),
    [card("not ranked", 1, then)],
  );

  test("keep the order in which they were ranked, as they are now", () => {
    const { cards, fresh } = ranked(forYou, [card("a", 2, before, 9), card("b", 1, before), card("c", 1, before)]);
    expect(cards.map(({ id }) => id)).toEqual(["c", "a", "b"]);
    expect(cards[1]?.participant_count).toBe(9);
    expect(fresh).toBe(0);
    expect(forYou.reasons.get("a")).toEqual(reasons);
  });

  test("leave out what closed, and count what opened since", () => {
    const { cards, fresh } = ranked(forYou, [card("new", 1, since), card("not ranked", 1, then), card("b", 1, before)]);
    expect([cards.map(({ id }) => id), fresh]).toEqual([["b"], 1]);
  });
});

describe("who talks", () => {
  test("is as it was told last, and nobody when nobody is named", () => {
    const both = [{ room_id: "a", user_ids: ["x"] }, { room_id: "b", user_ids: ["y", "z"] }].reduce(heard, NOBODY_TALKS);
    expect(heard(both, { room_id: "a", user_ids: [] })).toEqual(new Map([["b", ["y", "z"]]]));
    expect(heard(both, { room_id: "b", user_ids: ["z"] }).get("b")).toEqual(["z"]);
  });
});

describe("server-sent events", () => {
  test("events may be cut anywhere", () => {
    const text = 'id: 7\nevent: card\ndata: {"a":1}\n\n: warm\n\nevent: gone\ndata: x\ndata: y\n\n';
    for (let cut = 0; cut <= text.length; cut++) {
      const parser = new SseParser();
      expect([...parser.push(text.slice(0, cut)), ...parser.push(text.slice(cut))]).toEqual([
        { type: "card", data: '{"a":1}' },
        { type: "gone", data: "x\ny" },
      ]);
      expect(parser.lastEventId).toBe("7");
    }
  });

  test("an id without data still says where to go on", () => {
    const parser = new SseParser();
    expect(parser.push("id: 9\n\n")).toEqual([]);
    expect(parser.lastEventId).toBe("9");
  });
});
