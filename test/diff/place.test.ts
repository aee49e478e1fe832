import { expect, it } from "vitest";
import { keyIn, readablePlace } from "../../generator/diff/place.js";
import { join } from "../../generator/source/pointer.js";
import { valueLines } from "../../generator/diff/reports/value-text.js";

it.each<[place: string, tokens: string[]]>([
  ["name", ["name"]],
  ["lines[*].sku", ["lines", "*", "sku"]],
  ["[*].sku", ["*", "sku"]],
  ["labels[/^x-/]", ["labels", "~^x-"]],
  ["[/^x-/].size", ["~^x-", "size"]],
  ["a/b.c~d", ["a/b", "c~d"]],
  ['""."".a', ["", "", "a"]],
])("%s is how people read a place", (place, tokens) => {
  expect(readablePlace(join("", ...tokens))).toBe(place);
});

it.each<[token: string, value: object, key: string]>([
  ["name", { name: 1 }, "name"],
  ["*", [1, 2], "0"],
  ["*", { a: 1 }, "key"],
  ["~^x-", { a: 1, "x-a": 2 }, "x-a"],
  ["~^x-", { a: 1 }, "x-"],
  ["~^x-", { "~^x-": 1, "x-a": 2 }, "x-a"],
  ["\\~a", { ba: 1, "~a": 2 }, "~a"],
  ["\\*", { key: 1, "*": 2 }, "*"],
])("%s in %j is %s", (token, value, key) => {
  expect(keyIn(value as never, token)).toBe(key);
});

it("a long value is shown around the member that a pattern means", () => {
  const long = Object.fromEntries(Array.from({ length: 12 }, (_, index) => [`a${index}`, [index]]));
  const { lines } = valueLines({ ...long, "x-size": { of: [1] } }, { path: "/~0^x-/of", most: 8 });
  expect(lines.slice(0, 5)).toEqual(["{", '  "x-size": {', '    "of": [', "      1", "    ]"]);
});
