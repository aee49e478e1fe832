import { formatNames } from "ajv-formats/dist/formats.js";
import { expect, it } from "vitest";
import { formatEffect } from "../../generator/diff/compare/format-effects.js";
import { hasFormat } from "../../generator/fixtures/exact-formats.js";

/** Texts that are hardly anything, and a whole number that needs more than 32 bits. */
const ODD = { string: ["", "\\", "[", "é è", "~ {"], number: [2 ** 40] };

const each = [...formatNames, "money"].flatMap((format) => [
  { format, type: "string" as const },
  { format, type: "number" as const },
]);

it.each(each)("what is said of $format of a $type is what the prover holds values to", ({ format, type }) => {
  const forbidsNone = format === "password" || format === "binary";
  const isHeld = ODD[type].some((value) => !hasFormat(value, format));
  expect(formatEffect(undefined, format, type)).toEqual(
    forbidsNone ? { effect: "keeps" } : { effect: "narrows", ...(!isHeld && { guard: "unheld" }) },
  );
});
