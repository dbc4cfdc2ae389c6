import { expect, test } from "vitest";
import { doorOf, keeps, powerOver } from "../src/club/roles";
import { byDay } from "../src/club/byDay";
import type { Card } from "../src/api/shapes";
import { safePath, tokenIn } from "../src/identity/fragment";
import { appended, everyPage, paged, without, type Page } from "../src/kit/pages";
import { Store, until } from "../src/kit/store";
import { complaintAboutLinks, linksIn, shownLinks } from "../src/people/links";

test("only https becomes something to press, and its words are short", () => {
  const said = shownLinks(["https://www.acme.example/", "javascript:alert(1)", "http://plain.example", "no address", `https://x.example/${"a".repeat(60)}`]);
  expect(said.map(({ words }) => words)).toEqual(["acme.example", `x.example/${"a".repeat(29)}…`]);
});

test("links are typed one a line", () => {
  expect(linksIn(" https://a.example \n\nhttps://b.example\n")).toEqual(["https://a.example", "https://b.example"]);
});

test("a link that is none is named, and so is one too many", () => {
  expect(complaintAboutLinks(["https://a.example"])).toBeNull();
  expect(complaintAboutLinks(["ftp://a.example"])).toContain("ftp://a.example");
  expect(complaintAboutLinks(Array(6).fill("https://a.example"))).toBe("At most 5 links.");
});

test("what was read stays where it is, and nothing is there twice", () => {
  const before: Page<string> = { items: ["a", "b"], next: "2" };
  expect(appended(before, { items: ["b", "c"], next: null }, (item) => item)).toEqual({ items: ["a", "b", "c"], next: null });
  expect(without(before, (item) => item === "a")).toEqual({ items: ["b"], next: "2" });
});

test("a cursor goes behind whatever was asked already", () => {
  expect([paged("/x", null), paged("/x", "a b"), paged("/x?q=1", "c")]).toEqual(["/x", "/x?cursor=a%20b", "/x?q=1&cursor=c"]);
});

test("the secret of a mailed link is in the fragment", () => {
  expect([tokenIn("#token=abc.def"), tokenIn("#token="), tokenIn(""), tokenIn("#other=1")]).toEqual(["abc.def", null, null, null]);
});

test("one goes on only to pages of ours", () => {
  expect([safePath("/room/1"), safePath("//evil.example"), safePath("/\\evil.example"), safePath("https://evil.example"), safePath(null)]).toEqual([
    "/room/1",
    "/",
    "/",
    "/",
    "/",
  ]);
});

const outside = { role: null, waiting: null, banned: false } as const;

test("the club's door shows the one next step", () => {
  expect(doorOf({ ...outside, admission: "open" })).toBe("join");
  expect(doorOf({ ...outside, admission: "approval" })).toBe("ask");
  expect(doorOf({ ...outside, admission: "invitation" })).toBe("by_invitation");
  expect(doorOf({ ...outside, admission: "invitation", waiting: "invited" })).toBe("invited");
  expect(doorOf({ ...outside, admission: "approval", waiting: "asked" })).toBe("asked");
  expect(doorOf({ ...outside, admission: "open", banned: true })).toBe("banned");
  expect(doorOf({ ...outside, admission: "open", role: "admin" })).toBe("in");
  expect(doorOf({ ...outside, admission: "open", role: "founder" })).toBe("must_hand_over");
});

test("admins act on members, the founder on everybody but themselves", () => {
  expect(powerOver("admin", "member")).toMatchObject({ remove: true, ban: true, makeAdmin: false, handOver: false });
  expect(powerOver("admin", "admin")).toMatchObject({ remove: false, ban: false });
  expect(powerOver("founder", "admin")).toEqual({ remove: true, ban: true, makeAdmin: false, unmakeAdmin: true, handOver: true });
  expect(powerOver("founder", "founder")).toMatchObject({ remove: false, handOver: false });
  expect(powerOver("member", "member")).toMatchObject({ remove: false, makeAdmin: false });
  expect([keeps("founder"), keeps("admin"), keeps("member"), keeps(null)]).toEqual([true, true, false, false]);
});

test("planned rooms stand under the day they open", () => {
  const now = new Date(2026, 3, 1, 12);
  const card = (id: string, at: Date): Card => ({ id, scheduled_for: at.toISOString() }) as Card;
  const days = byDay([card("a", new Date(2026, 3, 1, 18)), card("b", new Date(2026, 3, 1, 20)), card("c", new Date(2026, 3, 2, 0, 30))], now);
  expect(days.map(({ day, cards }) => [day, cards.map(({ id }) => id)])).toEqual([
    ["Today", ["a", "b"]],
    ["Tomorrow", ["c"]],
  ]);
});

test("a list is read to its end", async () => {
  const pages: Record<string, Page<number>> = { "": { items: [1, 2], next: "x" }, x: { items: [3], next: null } };
  expect(await everyPage(async (cursor) => pages[cursor ?? ""]!)).toEqual([1, 2, 3]);
});

test("what is awaited is there at once, later, or not in time", async () => {
  const store = new Store(1);
  await until(store, (value) => value === 1, 60);
  const later = until(store, (value) => value === 2, 60);
  store.set(2);
  await later;
  await until(store, (value) => value === 3, 0.01);
});
