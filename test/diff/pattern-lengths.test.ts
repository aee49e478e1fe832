import fc from "fast-check";
import { expect, it } from "vitest";
import { lengthsOfPattern } from "../../generator/diff/sets/pattern-lengths.js";

const LENGTHS: readonly (readonly [pattern: string, least: number, most: number])[] = [
  ["[0-9]{4}", 4, Infinity],
  ["^[0-9]{4}$", 4, 4],
  ["^[0-9]{4}", 4, Infinity],
  ["^(?:a{2}|b{5,7})c?$", 2, 8],
  ["^a$|^bcd$", 1, 3],
  ["^a$|bcd", 1, Infinity],
  ["^a*$", 0, Infinity],
  ["^(?:a*){0}$", 0, 0],
  ["^(?=abc)a$", 1, 1],
  ["^(a{3})\\1$", 3, Infinity],
  ["^\\u{1F600}.$", 2, 2],
  ["", 0, Infinity],
  ["(", 0, Infinity],
];

it.each(LENGTHS)("texts that match %s have at least %d and at most %d characters", (pattern, least, most) => {
  expect(lengthsOfPattern(pattern)).toEqual([least, most]);
});

it("no text that matches is shorter or longer", () => {
  // What fast-check makes texts for: no look-ahead, no back-reference.
  const matching = fc
    .constantFrom("[0-9]{4}", "^(?:a{2}|b{5,7})c?$", "^a$|^bcd$", "^a$|bcd", "a{2,}b+", "^[^a]{2}(?:x|yz)+?$")
    .chain((pattern) => fc.tuple(fc.constant(pattern), fc.stringMatching(new RegExp(pattern, "u"))));
  fc.assert(
    fc.property(matching, ([pattern, text]) => {
      const [least, most] = lengthsOfPattern(pattern);
      const { length } = [...text];
      expect(length).toBeGreaterThanOrEqual(least);
      expect(length).toBeLessThanOrEqual(most);
    }),
  );
});
