import { describe, expect, it } from "vitest";
import { parse } from "../../generator/source/parse.js";
import type { Position } from "../../generator/source/source.js";

const valueOf = (text: string) => parse({ id: "a.yaml", text }).value?.value;

/** Each problem with its place. */
function faultsOf(text: string): string[] {
  return parse({ id: "a.yaml", text }).problems.map(({ message, place }) => {
    const { line, column } = place as Position;
    return `${line}:${column} ${message}`;
  });
}

describe("a merge key", () => {
  it.each<[string, string, unknown]>([
    ["brings in the members of a map", "a: &a { x: 1 }\nb: { <<: *a, y: 2 }\n", { x: 1, y: 2 }],
    ["overrides no member of its own map", "a: &a { x: 1 }\nb: { x: 2, <<: *a }\n", { x: 2 }],
    ["prefers earlier maps of a list", "a: &a { x: 1 }\nb: { <<: [*a, { x: 2, y: 3 }] }\n", { x: 1, y: 3 }],
    ["may stand twice", "a: &a { x: 1 }\nb: { <<: *a, <<: { x: 2, y: 3 } }\n", { x: 1, y: 3 }],
    ["brings in what is merged there", "a: &a { <<: { x: 1 }, y: 2 }\nb: { <<: *a }\n", { x: 1, y: 2 }],
    ["prefers what it names to what is merged there", "b: { <<: { <<: { x: 1 }, x: 2 } }\n", { x: 2 }],
    ["brings in nothing of an empty map", "b: { <<: {}, x: 1 }\n", { x: 1 }],
    ["in quotes is a key", 'b: { "<<": { x: 1 } }\n', { "<<": { x: 1 } }],
  ])("%s", (_, text, expected) => {
    expect(faultsOf(text)).toEqual([]);
    expect(valueOf(text)).toMatchObject({ b: expected });
    expect(Object.keys((valueOf(text) as { b: object }).b)).toHaveLength(
      Object.keys(expected as object).length,
    );
  });

  it("leaves every member at its place", () => {
    const text = "a: &a\n  x: { y: 1 }\n  z: 1\nb:\n  <<: [{ w: 1 }, *a]\n  z: 2\n";
    const { value } = parse({ id: "a.yaml", text });
    const at = (pointer: string) => {
      const { line, column } = value!.locate(pointer, "key");
      return `${line}:${column}`;
    };
    expect([at("/b/x"), at("/b/x/y"), at("/b/z"), at("/b/w")]).toEqual(["2:3", "2:8", "6:3", "5:10"]);
  });

  it.each([
    ["of a text", "b: { <<: x }\n", ["1:10 a merge key takes a map, or a list of maps"]],
    ["of nothing", "b: { <<: , x: 1 }\n", ["1:10 a merge key takes a map, or a list of maps"]],
    ["of a list of others", "b:\n  <<: [{}, 5]\n", ["2:12 a merge key takes a map, or a list of maps"]],
    [
      "of the map that it is in",
      "b: &b { <<: *b }\n",
      ["1:13 an alias of what holds it has no place in an OpenAPI document: JSON cannot carry it"],
    ],
    [
      "of a map around it",
      "b: &b { x: 1, c: { <<: *b } }\n",
      ["1:24 an alias of what holds it has no place in an OpenAPI document: JSON cannot carry it"],
    ],
    ["of a map with a key twice", "b: { <<: { x: 1, x: 2 } }\n", ['1:18 the key "x" is given twice']],
  ])("%s is refused", (_, text, faults) => {
    expect(faultsOf(text)).toEqual(faults);
  });

  it("counts for the limits, though it may bring nothing", () => {
    const levels = [..."bcdefghi"].map((name, index) => {
      const sources = Array(10).fill(`*${"abcdefgh"[index]}`).join(",");
      return `${name}: &${name} { <<: [${sources}] }\n`;
    });
    expect(faultsOf(`a: &a { x: 1 }\n${levels.join("")}`)).toEqual([
      expect.stringMatching(/^\d+:\d+ more than 2000000 values after the expansion of aliases/),
    ]);
  });

  it("counts for the limits where each leads to the next", () => {
    const links = Array.from(
      { length: 10_000 },
      (_, index) => `a${index + 1}: &a${index + 1} { <<: *a${index} }\n`,
    );
    expect(faultsOf(`a0: &a0 { x: 1 }\n${links.join("")}`)).toEqual([
      expect.stringMatching(/^\d+:\d+ more than 100 levels of nesting/),
    ]);
  });
});
