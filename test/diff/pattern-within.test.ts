import { expect, it } from "vitest";
import { isPatternWithin } from "../../generator/diff/sets/pattern-within.js";

it.each([
  ["^x-", "^x-"],
  ["a|b", "a|b"],
  ["^x-", "^x"],
  ["^x-\\d+$", "^x-"],
  ["^x+$", "^x"],
])("%s is within %s", (inner, outer) => {
  expect(isPatternWithin(inner, outer)).toBe(true);
});

it.each([
  ["^x", "^x-"],
  ["^x-|y", "^x"],
  ["^x*", "^x"],
  ["^x?y", "^x"],
  ["^x{0,1}", "^x"],
  ["x-", "x"],
  ["^a.b", "^a."],
])("%s is not known to be within %s", (inner, outer) => {
  expect(isPatternWithin(inner, outer)).toBe(false);
});
