import { describe, expect, it } from "vitest";
import { hasErrors } from "../../generator/diagnostics/problem.js";
import { parse } from "../../generator/source/parse.js";
import type { Position } from "../../generator/source/source.js";

const read = (text: string) => parse({ id: "a.yaml", text });

/** Each problem with its place. */
function faultsOf(text: string): string[] {
  return read(text).problems.map(({ message, severity, place }) => {
    const { line, column } = place as Position;
    return `${line}:${column} ${severity} ${message}`;
  });
}

describe("a directive", () => {
  it.each<[directive: string, faults: string[]]>([
    ["%YAML 1.2", []],
    ["%TAG !x! tag:example.com,2000:", []],
    ["%YAML 1.1", ["1:1 warning %YAML 1.1: the document is read as YAML 1.2"]],
    ["%YAML 1.3 # soon", ["1:1 warning %YAML 1.3: the document is read as YAML 1.2"]],
    ["%YAML 1.20", ["1:1 warning %YAML 1.20: the document is read as YAML 1.2"]],
    ["%FOO bar baz", ["1:1 warning %FOO is no directive of YAML 1.2 and is ignored"]],
  ])("%s leaves the values those of YAML 1.2", (directive, faults) => {
    const text = `${directive}\n---\na: [NO, 12:30:45, 010, 2020-01-01, !!int 7]\n`;
    expect(faultsOf(text)).toEqual(faults);
    expect(read(text).value?.value).toEqual({ a: ["NO", "12:30:45", 10, "2020-01-01", 7] });
  });

  it.each([
    ["%YAML 2.0\n---\na: 1\n", ["1:7 error unsupported YAML version 2.0"]],
    ["%YAML 1.1\na: 1\n", ["2:1 error missing directives-end/doc-start indicator line"]],
  ])("%j is an error", (text, faults) => {
    expect(faultsOf(text)).toEqual(faults);
  });
});

describe("!!float", () => {
  it.each([
    ["3", 3],
    ['"3"', 3],
    ["-0.5", -0.5],
    ["+1e3", 1000],
    [".5", 0.5],
  ])("%s is %d", (text, value) => {
    expect(faultsOf(`a: !!float ${text}\n`)).toEqual([]);
    expect(read(`a: !!float ${text}\n`).value?.value).toEqual({ a: value });
  });

  it.each([
    ["x", '1:4 error "x" is no !!float'],
    ["0x1", '1:4 error "0x1" is no !!float'],
    ["-.INF", "1:12 error -Infinity has no place in an OpenAPI document: JSON cannot carry it"],
  ])("%s is none", (text, fault) => {
    expect(faultsOf(`a: !!float ${text}\n`)).toEqual([fault]);
  });
});

describe("an alias that is a key", () => {
  it("is the text that it names, as it is written", () => {
    const { value, problems } = read("a: &a name\nb: &b 200\nc: { *a : 1, *b : { x: 2 } }\n");
    expect(problems).toEqual([]);
    expect(value?.value).toEqual({ a: "name", b: 200, c: { name: 1, "200": { x: 2 } } });
    expect(value?.locate("/c/200/x", "value")).toEqual({ line: 3, column: 24 });
  });

  it("is the same key as the text", () => {
    expect(faultsOf("a: &a name\nc: { *a : 1, name: 2 }\n")).toEqual([
      '2:14 error the key "name" is given twice',
    ]);
  });

  it.each([
    ["of a map", "a: &a {}\nc: { *a : 1 }\n", "2:6 error an alias that is a key must name a text"],
    ["of nothing", "c: { *a : 1 }\n", "1:6 error an alias that is a key must name a text"],
  ])("%s is none", (_, text, fault) => {
    expect(faultsOf(text)).toEqual([fault]);
    expect(hasErrors(read(text).problems)).toBe(true);
  });
});

const conflict = (ours: string, theirs: string, base = "") =>
  `<<<<<<< HEAD\n${ours}\n${base}=======\n${theirs}\n>>>>>>> feature/x\n`;

describe("what a merge has left", () => {
  const UNRESOLVED =
    "error a merge is not resolved: keep what is right of both sides, and take away the lines <<<<<<<, ======= and >>>>>>>";

  it.each([
    [
      "YAML",
      `a:\n${conflict("  b: 1", "  b: 2")}c:\n${conflict("  d", "  e", "||||||| abc\n  f\n")}`,
      [2, 8],
    ],
    ["a text of many lines", `a: |\n  b\n${conflict("  c", "  d")}`, [3]],
    ["JSON", `{\n${conflict('"a": 1', '"a": 2')}}\n`, [2]],
    ["the whole document", conflict("a: 1", "a: 2"), [1]],
  ])("is one fault a conflict: %s", (_what, text, lines) => {
    expect(faultsOf(text)).toEqual(lines.map((line) => `${line}:1 ${UNRESOLVED}`));
  });

  it("is shown as an example where it is the text of a value", () => {
    const text = `a: |\n${conflict("b", "c").replaceAll(/^/gm, "  ")}`;
    expect(faultsOf(text)).toEqual([]);
    expect(faultsOf(`${text}b: [\n`).join()).not.toContain("merge");
  });
});
