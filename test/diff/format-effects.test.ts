import { formatNames } from "ajv-formats/dist/formats.js";
import { expect, it } from "vitest";
import { formatEffect } from "../../generator/diff/sets/formats.js";
import { hasFormat } from "../../generator/fixtures/exact-formats.js";

/** Texts that are hardly anything, and a whole number that needs more than 32 bits. */
const ODD = ["", "\\", "[", "é è", "~ {", 2 ** 40];

it.each([...formatNames, "money"])("what is said of %s is what the prover holds values to", (format) => {
  const forbidsNone = format === "password" || format === "binary";
  const isHeld = ODD.some((value) => !hasFormat(value, format));
  expect(formatEffect(undefined, format)).toEqual(
    forbidsNone ? { effect: "keeps" } : { effect: "narrows", ...(!isHeld && { guard: "unheld" }) },
  );
});
