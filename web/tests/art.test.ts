import { expect, test } from "vitest";
import { fnv1a32, hue, initials, openness } from "../src/ui/art";
import { ordinal } from "../src/room/ordinal";

test("FNV-1a, 32 bit: the published values", () => {
  expect([fnv1a32(""), fnv1a32("a"), fnv1a32("foobar")]).toEqual([0x811c9dc5, 0xe40c292c, 0xbf9cf968]);
});

test("nobody looks lit: no hue between 60 and 99", () => {
  for (let n = 0; n < 2000; n++) expect(hue(`person ${n}`) >= 60 && hue(`person ${n}`) < 100).toBe(false);
});

test("initials: first and last word, or two letters", () => {
  expect(["Rick Sanchez", "Loki", "Ada Byron King", " "].map(initials)).toEqual(["RS", "LO", "AK", ""]);
});

test("a door opens with its audience, in steps", () => {
  expect([openness(0), openness(10), openness(100_000)]).toEqual([0.2, 0.4, 0.95]);
});

test("places in line", () => {
  expect([1, 2, 3, 4, 11, 12, 21, 113].map(ordinal)).toEqual(["1st", "2nd", "3rd", "4th", "11th", "12th", "21st", "113th"]);
});
