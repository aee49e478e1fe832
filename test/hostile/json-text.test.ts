import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compileText } from "../support/compile.js";
import { findJsonFaults, JsonPlaces } from "../../generator/source/json-text.js";
import type { JsonValue } from "../../generator/source/json.js";
import { join, tokensOf, valueAt } from "../../generator/source/pointer.js";

const values = fc.jsonValue({ maxDepth: 5 }) as fc.Arbitrary<JsonValue>;
const spaces = fc.constantFrom(undefined, 1, "\t");

/** The pointers of a value and of all that it holds. */
function pointersOf(value: JsonValue, pointer = ""): string[] {
  const parts = typeof value === "object" && value !== null ? Object.entries(value) : [];
  return [pointer, ...parts.flatMap(([key, part]) => pointersOf(part, join(pointer, key)))];
}

it("every value stands where it is said to, and its key before it", () => {
  fc.assert(
    fc.property(values, spaces, (value, space) => {
      const text = JSON.stringify(value, null, space);
      const places = new JsonPlaces(` ${text} `);
      for (const pointer of pointersOf(value)) {
        const { place, isExact } = places.nearest(pointer);
        const expected = JSON.stringify(valueAt(value, pointer), null, space).split("\n")[0]!;
        expect(isExact && text.startsWith(expected, place.value - 1), pointer).toBe(true);
        const key = JSON.stringify(tokensOf(pointer).at(-1) ?? "");
        const isItem = place.key === place.value;
        expect(isItem || text.startsWith(key, place.key - 1), pointer).toBe(true);
        expect(places.nearest(`${pointer}/nothing of this name/x`)).toEqual({ place, isExact: false });
      }
    }),
  );
});

it("of a key that is given twice, the last counts, as in the value", () => {
  const text = '{"a":[{"b":1,"\\u0062":[2, 3]}]}';
  const { place } = new JsonPlaces(text).nearest("/a/0/b/1");
  expect(text.slice(place.value)).toBe("3]}]}");
});

it("a text without faults has none; a key given twice is one, however it is written", () => {
  fc.assert(
    fc.property(values, spaces, (value, space) => {
      expect(findJsonFaults(JSON.stringify(value, null, space), 100)).toEqual([]);
    }),
  );
  const text = '{"a":[{"b":1,"c":{"b":2},"\\u0062":3}],"x\\"":"\\\\","x\\"":{}}';
  expect(findJsonFaults(text, 100)).toEqual([
    { kind: "duplicate", offset: text.indexOf('"\\u0062"'), key: "b" },
    { kind: "duplicate", offset: text.lastIndexOf('"x'), key: 'x"' },
  ]);
});

it("numbers that no double holds are faults, and depth ends the search", () => {
  expect(findJsonFaults('{"a":1e308,"b":1e309,"c":-2E+999}', 9)).toEqual([
    { kind: "number", offset: 15, text: "1e309" },
    { kind: "number", offset: 25, text: "-2E+999" },
  ]);
  expect(findJsonFaults('{"a":[[[1e999]]]}', 3)).toEqual([{ kind: "depth", offset: 7 }]);
});

const schemaWith = (number: string) =>
  `{ type: ${number.includes(".") ? "number" : "integer"}, minimum: 1, enum: [ 1, ${number} ] }`;
const yamlWith = (number: string) =>
  `openapi: 3.1.0\ninfo: { title: T, version: "1" }\ncomponents:\n  schemas:\n    A: ${schemaWith(number)}\n`;
const jsonWith = (number: string) =>
  `{"openapi":"3.1.0","info":{"title":"T","version":"1"},\n"components":{"schemas":{"A":{"enum":[1,${number}]}}}}`;
const warnings = async (text: string) =>
  (await compileText(text, { openapi: false })).diagnostics.map(
    ({ line, column, severity, message, code }) => `${line}:${column} ${severity}: ${message} [${code}]`,
  );

describe("integers that JavaScript cannot hold", () => {
  it.each([
    ["9007199254740993", "9007199254740992"],
    ["-9223372036854775807", "-9223372036854775808"],
    ["123456789012345678901234567890", "123456789012345677877719597056"],
  ])("%s is never rounded in silence", async (written, read) => {
    const said = `warning: ${written} is read as ${read}: JavaScript's numbers hold no integer of so many digits exactly [number-rounded]`;
    expect(await warnings(yamlWith(written))).toEqual([`5:48 ${said}`]);
    expect(await warnings(jsonWith(written))).toEqual([`2:41 ${said}`]);
  });

  it.each(["9007199254740992", "-9223372036854775808", "1e20", "0.12345678901234567890"])(
    "%s is as it is written",
    async (written) => {
      expect(await warnings(yamlWith(written))).toEqual([]);
      expect(await warnings(jsonWith(written))).toEqual([]);
    },
  );
});
