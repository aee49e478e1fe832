import fc from "fast-check";
import { expect, it } from "vitest";
import { areTextsWithin, textsBeside } from "../../generator/diff/sets/pattern-words.js";

const WITHIN: readonly (readonly [inner: string, outer: string, isWithin: boolean])[] = [
  ["^[0-9]+$", "^\\d+$", true],
  ["^\\d+$", "^[0-9]+$", true],
  ["^cus_[a-z]+$", "^(cus|acct)_[a-z]+$", true],
  ["^(cus|acct)_[a-z]+$", "^cus_[a-z]+$", false],
  ["^[a-z]+$", "^[a-y]+$", false],
  ["^[A-Z]{3}$", "^[A-Z]{3,4}$", true],
  ["^[A-Z]{3,4}$", "^[A-Z]{3}$", false],
  ["^(?!-)[a-z-]+$", "^[a-z-]+$", true],
  ["^abc$", "b", true],
  ["b", "^abc$", false],
  // What no automaton says, nobody has found out.
  ["^a$", "^(?=a)a$", false],
  ["^aa$", "^(a)\\1$", false],
  ["(", "^a", false],
];

it.each(WITHIN)("each text that matches %s matches %s: %s", (pattern, outer, isWithin) => {
  expect(areTextsWithin({ patterns: [pattern] }, outer)).toBe(isWithin);
});

it("of patterns that take too many steps at once, nobody finds out", () => {
  const patterns = ["^([a-z]{1,49}){1,50}$"];
  expect(areTextsWithin({ patterns }, "^([a-z]{1,50}){1,50}$")).toBe(false);
  expect(areTextsWithin({ patterns: ["^([a-z]{1,4}){1,5}$"] }, "^([a-z]{1,5}){1,5}$")).toBe(true);
});

it("lengths leave some of the texts", () => {
  expect(areTextsWithin({ patterns: ["^a+$"], maxLength: 3 }, "^a{1,3}$")).toBe(true);
  expect(areTextsWithin({ patterns: ["^a+$"], maxLength: 4 }, "^a{1,3}$")).toBe(false);
});

it("some texts are told that the other pattern does not match", () => {
  expect(textsBeside({ patterns: ["^[a-z]+$"] }, "^[a-y]+$", 2)).toEqual(["z", "az"]);
  expect(textsBeside({ patterns: [], minLength: 2, maxLength: 2 }, "^[^]$", 1)).toHaveLength(1);
  expect(textsBeside({ patterns: ["^a$"] }, "^[ab]$", 2)).toEqual([]);
});

it("no text that is within is without", () => {
  const patterns = WITHIN.flatMap(([inner, outer, isWithin]) => (isWithin ? [{ inner, outer }] : []));
  const matching = fc
    .constantFrom(...patterns.filter(({ inner }) => !inner.includes("(?!")))
    .chain(({ inner, outer }) => fc.tuple(fc.constant(outer), fc.stringMatching(new RegExp(inner, "u"))));
  fc.assert(
    fc.property(matching, ([outer, text]) => {
      expect(text).toMatch(new RegExp(outer, "u"));
    }),
  );
});
