import fc from "fast-check";
import { expect, it } from "vitest";
import { patternOf } from "../../generator/diff/sets/formats.js";
import { areTextsWithin } from "../../generator/diff/sets/pattern-words.js";
import { FORMAT_CASES } from "../runtime/format-cases.js";

const CASES = Object.entries(FORMAT_CASES).flatMap(([format, { is, valid }]) => {
  const pattern = patternOf(format);
  return pattern === undefined ? [] : [{ format, is, valid, pattern }];
});

it("a pattern is known of all formats that one can be written of", () => {
  const others = Object.keys(FORMAT_CASES).filter((format) => patternOf(format) === undefined);
  expect(others).toEqual(["uri-template", "regex"]);
});

it.each(["idn-email", "money"])("none is known of %s, to which nobody is held", (format) => {
  expect(patternOf(format)).toBe(undefined);
});

/** A text of the format with another part in the place of one of its own: most are none, and some are. */
function edited(valid: readonly string[]): fc.Arbitrary<string> {
  const parts = [
    "",
    "0",
    "1",
    "9",
    "23",
    "59",
    "60",
    "-",
    "+",
    ":",
    "::",
    ".",
    "/",
    "~0",
    "@",
    "a",
    "Z",
    "z",
    "#",
  ];
  return fc
    .tuple(fc.constantFrom(...valid), fc.nat({ max: 40 }), fc.nat({ max: 3 }), fc.constantFrom(...parts))
    .map(([text, at, gone, part]) => text.slice(0, at) + part + text.slice(at + gone));
}

it.each(CASES)("each text of $format matches its pattern", ({ is, valid, pattern }) => {
  const matches = new RegExp(pattern, "u");
  expect(valid.filter((text) => !matches.test(text))).toEqual([]);
  fc.assert(fc.property(edited(valid), (text) => !is(text) || matches.test(text)));
});

it.each([
  ["date", "^\\d{4}-\\d{2}-\\d{2}$", true],
  ["date", "^2\\d{3}-\\d{2}-\\d{2}$", false],
  ["date-time", "^\\d{4}-\\d{2}-\\d{2}[Tt ]", true],
  ["date-time", "Z$", false],
  ["uuid", "^[0-9a-fA-F-]{36}$", true],
  ["uuid", "^[0-9a-f-]{36}$", false],
  ["email", "^[^@]+@[^@]+$", true],
  ["email", "^[^@]+@[^@]+\\.[^@]+$", false],
  ["ipv4", "^\\d{1,3}(\\.\\d{1,3}){3}$", true],
  ["uri", "^https?://", false],
  ["uri", "^[a-zA-Z][^:]*:", true],
])("each %s matches %s: %s", (format, pattern, isWithin) => {
  expect(areTextsWithin({ patterns: [patternOf(format)!] }, pattern)).toBe(isWithin);
});
