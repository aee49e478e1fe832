import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { ContractRules } from "../../generator/runtime/contract-rules.js";
import type { ParameterRule, WireShape } from "../../generator/runtime/operation.js";
import { parseParameters, type Parsed } from "../../generator/runtime/parse-parameters.js";
import * as v from "../../generator/runtime/schema.js";
import { serializeParameter } from "../../generator/runtime/serialize.js";

type Place = ParameterRule["in"];
type Style = ParameterRule["style"];

function rule(place: Place, style: Style, explode = false): ParameterRule {
  return { name: "color", argument: "color", in: place, style, explode };
}

const TEXT: WireShape = { as: "value", types: ["string"] };
const LIST: WireShape = { as: "array", types: ["string"] };
const OBJECT: WireShape = { as: "object", properties: { R: ["number"], "G b": ["string"] } };

/** What is read of a text that stands where the parameter does. */
function parsed(parameter: ParameterRule, shape: WireShape | undefined, text: string): Parsed {
  const own = { name: "color", in: parameter.in, check: v.any, ...(shape && { shapes: [shape] }) };
  const rules: ContractRules = { id: "a", parameters: { color: own }, body: [], responses: {} };
  return parseParameters({ parameters: [parameter] }, rules, {
    path: parameter.in === "path" ? { color: text } : {},
    query: text,
    header: (name) => (name === (parameter.in === "cookie" ? "Cookie" : "color") ? text : undefined),
  });
}

function read(parameter: ParameterRule, shape: WireShape | undefined, text: string): unknown {
  const { args, issues } = parsed(parameter, shape, text);
  expect(issues).toEqual([]);
  return args["color"];
}

const NONE = /(?!)/;
/** What delimits there and is not encoded: a text with it is read as another. */
const PLAIN: readonly (readonly [Place, Style, explode: boolean, delimiters: RegExp])[] = [
  ["path", "matrix", false, NONE],
  ["path", "matrix", true, NONE],
  ["path", "label", false, NONE],
  ["path", "label", true, /\./],
  ["path", "simple", false, NONE],
  ["path", "simple", true, NONE],
  ["header", "simple", false, /,|^\s|\s$/],
  ["header", "simple", true, /[,=]|^\s|\s$/],
  ["query", "form", false, NONE],
  ["query", "form", true, NONE],
  ["cookie", "form", false, NONE],
  ["cookie", "form", true, NONE],
  ["cookie", "cookie", false, /[,;]|^\s/],
  ["cookie", "cookie", true, /[=;]|^\s/],
  ["query", "spaceDelimited", false, / /],
  ["query", "pipeDelimited", false, /\|/],
  ["query", "deepObject", true, NONE],
];

describe("what is written is read again", () => {
  const texts = fc.string({
    unit: fc.constantFrom(..."ab1 +%&=,;.|[]/?#é🙂"),
    minLength: 1,
    maxLength: 4,
  });
  const values = fc.oneof(
    texts.map((value) => ({ value, shape: TEXT, texts: [value] })),
    fc.array(texts, { minLength: 1, maxLength: 3 }).map((value) => ({ value, shape: LIST, texts: value })),
    fc
      .tuple(fc.integer(), texts)
      .map(([R, text]) => ({ value: { R, "G b": text }, shape: OBJECT, texts: ["G b", text] })),
  );

  it.each(PLAIN)("%s %s, explode %s", (place, style, explode, delimiters) => {
    let tried = 0;
    fc.assert(
      fc.property(values, ({ value, shape, texts: all }) => {
        const isNone = style === "deepObject" ? shape === TEXT : /Delimited/.test(style) && shape === TEXT;
        if (isNone || all.some((text) => delimiters.test(text))) return;
        const written = serializeParameter(rule(place, style, explode), value)!;
        expect(read(rule(place, style, explode), shape, written), written).toEqual(value);
        tried++;
      }),
      { numRuns: 100 },
    );
    expect(tried).toBeGreaterThan(10);
  });
});

describe("what others write is read", () => {
  const query = rule("query", "form");
  it.each<[name: string, ParameterRule, WireShape | undefined, text: string, value: unknown]>([
    ["a plus sign is a space in a query", query, TEXT, "color=a+b", "a b"],
    [
      "but not where reserved characters stand for themselves",
      { ...query, allowReserved: true },
      TEXT,
      "color=a+b",
      "a+b",
    ],
    ["nor in a cookie", rule("cookie", "form"), TEXT, "color=a+b", "a+b"],
    [
      "a space between items as a plus sign",
      rule("query", "spaceDelimited"),
      LIST,
      "color=a+b%20c",
      ["a", "b", "c"],
    ],
    ["a bar between items as it is", rule("query", "pipeDelimited"), LIST, "color=a|b%7cc", ["a", "b", "c"]],
    [
      "brackets as they are",
      rule("query", "deepObject", true),
      OBJECT,
      "color[R]=1&color[=2&other[R]=3",
      { R: 1 },
    ],
    ["nothing where it is not named", query, TEXT, "colors=1&&", undefined],
    ["a name without a value", query, TEXT, "color", ""],
    ["a member without a value", rule("path", "simple"), OBJECT, "R,1,G%20b", { R: 1, "G b": "" }],
    ["a list by its indices", rule("query", "deepObject", true), LIST, "color[0]=a&color[1]=b", ["a", "b"]],
    ["a list by its brackets", rule("query", "deepObject", true), LIST, "color[]=a&color[]=b", ["a", "b"]],
    ["no list of members", rule("query", "deepObject", true), LIST, "color[R]=1", undefined],
    ["a list of nothing", rule("path", "label", true), LIST, ".", []],
    ["a list of nothing", query, LIST, "color=", []],
    ["a number as it is meant", query, { as: "value", types: ["number", "string"] }, "color=1", 1],
    ["what is no number as text", query, { as: "value", types: ["number"] }, "color=x", "x"],
    [
      "members of an exploded object beside other parameters",
      rule("query", "form", true),
      OBJECT,
      "R=1&x=2",
      { R: 1, x: "2" },
    ],
    [
      "members that no property names, by what is said of them",
      rule("query", "deepObject", true),
      {
        as: "object",
        properties: {},
        patternProperties: [["^is", ["boolean"]]],
        additionalProperties: ["number"],
      },
      "color[isDark]=true&color[R]=1",
      { isDark: true, R: 1 },
    ],
    ["JSON as the shape of a text", query, { as: "json" }, "color=%5B1%5D", [1]],
    ["JSON as the shape of a path", rule("path", "matrix"), { as: "json" }, ";color=%5B1%5D", [1]],
    ["a list of one", rule("path", "matrix", true), LIST, ";color=1", ["1"]],
    ["a name that is percent-encoded", rule("path", "matrix"), LIST, ";c%6Flor=1,2", ["1", "2"]],
    ["a dot that is percent-encoded", rule("path", "label"), TEXT, "%2E1", "1"],
    ["properties as names", rule("path", "matrix", true), OBJECT, ";R=1;G%20b=2", { R: 1, "G b": "2" }],
    ["JSON as the shape of a segment", rule("path", "simple"), { as: "json" }, "%5B1%5D", [1]],
    ["JSON as content", rule("header", "json"), undefined, " [1] ", [1]],
    ["JSON as content", rule("query", "json"), undefined, "color=%5B1%5D", [1]],
    ["text, where nothing is said", query, undefined, "color=1", "1"],
    ["a query that is one value", rule("querystring", "json"), undefined, "%5B1%5D", [1]],
    ["a query that is one text", rule("querystring", "text"), undefined, "a%20b", "a b"],
    ["a query that is one form", rule("querystring", "urlencoded"), undefined, "a=1+2", { a: "1 2" }],
    ["a query that is nothing", rule("querystring", "json"), undefined, "", undefined],
  ])("%s", (_name, parameter, shape, text, value) => {
    expect(read(parameter, shape, text)).toEqual(value);
  });

  it.each<[ParameterRule, WireShape | undefined, text: string, message: string]>([
    [rule("path", "simple"), TEXT, "%E0%A4%A", "must be percent-encoded"],
    [query, TEXT, "color=%zz", "must be percent-encoded"],
    [rule("query", "json"), undefined, "color={", "must be JSON"],
    [query, TEXT, "other=0&color=1&color=2", "is there twice"],
    [query, LIST, "color=1,2&color=3", "is there twice"],
    [query, OBJECT, "color=R,1&color=R,2", "is there twice"],
    [rule("query", "json"), undefined, "color=1&color=2", "is there twice"],
    [rule("cookie", "form"), TEXT, "color=1; color=2", "is there twice"],
    [rule("path", "label"), TEXT, "a%2Fb", 'must begin with "."'],
    [rule("path", "matrix"), TEXT, "color=1", 'must begin with ";"'],
    [rule("path", "matrix"), TEXT, ";R=1", "must be written as ;color=…"],
    [rule("path", "matrix"), OBJECT, ";R=1", "must be written as ;color=…"],
    [rule("path", "matrix"), TEXT, ";color=1;color=2", "is there twice"],
    [rule("path", "matrix", true), LIST, ";R=1;color=2", "must be written as ;color=…"],
  ])("%o: what cannot be read is said: %s", (parameter, shape, text, message) => {
    expect(parsed(parameter, shape, text)).toEqual({
      args: {},
      issues: [{ in: parameter.in, name: "color", pointer: "", path: [], keyword: "style", message }],
    });
  });

  it.each([
    [rule("query", "deepObject", true), "color[R]=1&color[R]=2"],
    [rule("query", "form", true), "R=1&R=2"],
    [rule("path", "simple"), "R,1,R,2"],
    [rule("path", "matrix", true), ";R=1;R=2"],
  ])("%o: a member that is there twice is said", (parameter, text) => {
    const issue = { in: parameter.in, name: "color", keyword: "style", message: "is there twice" };
    expect(parsed(parameter, OBJECT, text).issues).toEqual([{ ...issue, pointer: "/R", path: ["R"] }]);
  });

  it("a text that is no value of one shape is one of another", () => {
    const shapes: WireShape[] = [{ as: "json" }, TEXT];
    const own = { name: "color", in: "query", check: v.any, shapes } as const;
    const rules: ContractRules = { id: "a", parameters: { color: own }, body: [], responses: {} };
    const wire = { path: {}, query: "color=a", header: () => undefined };
    expect(parseParameters({ parameters: [query] }, rules, wire)).toEqual({
      args: { color: "a" },
      issues: [],
    });
  });

  it("the value that the check allows is the one that is meant", () => {
    const parameters = [{ ...query, argument: "own" }];
    const shapes: WireShape[] = [{ as: "value", types: ["number", "string"] }, LIST];
    const of = (check: v.Check) => {
      const own = { name: "color", in: "query", check, shapes } as const;
      const rules: ContractRules = { id: "a", parameters: { own }, body: [], responses: {} };
      return parseParameters({ parameters }, rules, { path: {}, query: "color=1", header: () => undefined })
        .args;
    };
    expect(of(v.number())).toEqual({ own: 1 });
    expect(of(v.string())).toEqual({ own: "1" });
    expect(of(v.array())).toEqual({ own: ["1"] });
    expect(of(v.boolean)).toEqual({ own: 1 });
  });
});
