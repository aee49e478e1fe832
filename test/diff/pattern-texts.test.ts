import fc from "fast-check";
import { expect, it } from "vitest";
import { textsOfPattern } from "../../generator/diff/sets/pattern-texts.js";

const TEXTS: readonly (readonly [pattern: string, texts: readonly string[] | undefined])[] = [
  ["^(?:on|off)$", ["on", "off"]],
  ["^on$|^off$", ["on", "off"]],
  ["^v[1-3]?$", ["v", "v1", "v2", "v3"]],
  ["^(?:a|b){2}$", ["aa", "ab", "ba", "bb"]],
  ["^(?:a*){0}$", [""]],
  ["^(?=a)[ab]$", ["a"]],
  ["^\\u{1F600}$", ["😀"]],
  ["^$", [""]],
  ["^[]$", []],
  ["on|off", undefined],
  ["^on$|off", undefined],
  ["^a+$", undefined],
  ["^[^a]$", undefined],
  ["^\\w$", undefined],
  ["^[\\d]$", undefined],
  ["^(a|b)\\1$", undefined],
  ["^[a-z]$", undefined],
  ["^[a-e]{2}$", undefined],
  ["^a{21}$", undefined],
  ["", undefined],
  ["(", undefined],
];

it.each(TEXTS)("the texts that match %s are %j", (pattern, texts) => {
  expect(textsOfPattern(pattern, 20)).toEqual(texts);
});

it("no other text matches", () => {
  const matching = fc
    .constantFrom(...TEXTS.flatMap(([pattern, texts]) => (texts?.length ? [pattern] : [])))
    .filter((pattern) => !pattern.includes("(?="))
    .chain((pattern) => fc.tuple(fc.constant(pattern), fc.stringMatching(new RegExp(pattern, "u"))));
  fc.assert(
    fc.property(matching, ([pattern, text]) => {
      expect(textsOfPattern(pattern, 20)).toContain(text);
    }),
  );
});
