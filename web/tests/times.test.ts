import { expect, test } from "vitest";
import { stillBanned } from "../src/room/banned";
import { linkIn } from "../src/room/links";
import { day, localInput } from "../src/ui/times";

const entry = (action: string, user_id: string | null) => ({ seq: 1, at: "", action, by: "sarah", user_id, why: null, role: null, name: null });

test("days are named as people name them", () => {
  const now = new Date(2026, 0, 1, 12, 0);
  expect(day(new Date(2026, 0, 1, 19, 0).toISOString(), now)).toMatch(/^today at /);
  expect(day(new Date(2026, 0, 2, 0, 30).toISOString(), now)).toMatch(/^tomorrow at /);
  expect(day(new Date(2026, 0, 9, 19, 0).toISOString(), now)).toMatch(/^on /);
});

test("an input has local time, and gives the same moment back", () => {
  const at = new Date(2026, 5, 1, 20, 15).toISOString();
  expect(new Date(localInput(at)).toISOString()).toBe(at);
});

test("a link is in the fragment, or there is none", () => {
  expect(linkIn("#link=abc-123")).toBe("abc-123");
  expect(linkIn("")).toBeNull();
});

test("whoever was let in again is not banned any more", () => {
  expect(stillBanned([entry("banned", "a"), entry("banned", "b"), entry("ban_lifted", "a"), entry("banned", null)])).toEqual(["b"]);
});
