import { describe, expect, it } from "vitest";
import * as formats from "../../generator/runtime/formats.js";
import * as v from "../../generator/runtime/schema.js";
import { issuesIn } from "./issues.js";

type Row = readonly [check: v.Check, value: unknown, issues: readonly string[]];

/** Each issue as `keyword pointer: message`. */
function issuesOf(check: v.Check, value: unknown): string[] {
  return issuesIn(check, value).map(({ keyword, pointer, message }) => `${keyword} ${pointer}: ${message}`);
}

function itReports(rows: readonly Row[]): void {
  it.each(rows)("%# %s of %j", (check, value, issues) => {
    expect(issuesOf(check, value)).toEqual(issues);
  });
}

const text = v.string();

describe("any, never, null, boolean, enum, const", () => {
  itReports([
    [v.any, undefined, []],
    [v.never, 1, ["false schema : must not be there"]],
    [v.nullValue, null, []],
    [v.nullValue, undefined, ["type : must be null"]],
    [v.boolean, false, []],
    [v.boolean, 0, ["type : must be true or false"]],
    [v.literals("enum", ["a", 1]), 1, []],
    [v.literals("enum", ["a", 1]), "1", ['enum : must be one of "a", 1']],
    [v.literals("enum", []), 1, ["enum : must not be there"]],
    [v.literals("const", [{ a: [1, null] }]), { a: [1, null] }, []],
    [v.literals("const", [{ a: 1, b: 2 }]), { b: 2, a: 1 }, []],
    [v.literals("const", [{ a: 1 }]), { a: 1, b: 2 }, ['const : must be {"a":1}']],
    [v.literals("const", [[1]]), { 0: 1 }, ["const : must be [1]"]],
    [v.literals("const", [0]), false, ["const : must be 0"]],
    [v.literals("const", [0]), -0, []],
  ]);
});

describe("string", () => {
  itReports([
    [text, 1, ["type : must be a string"]],
    [v.string({ loose: true, minLength: 2 }), 1, []],
    [v.string({ minLength: 2 }), "🙂", ["minLength : must have at least 2 characters"]],
    [v.string({ maxLength: 1 }), "🙂", []],
    [v.string({ maxLength: 1 }), "ab", ["maxLength : must have at most 1 character"]],
    [v.string({ pattern: /^a/u }), "ba", ["pattern : must match ^a"]],
    [v.string({ pattern: /b/u }), "ab", []],
    [v.string({ format: ["ipv4", formats.ipv4] }), "1.2.3", ["format : must have the format ipv4"]],
    [
      v.string({ minLength: 2, pattern: /b/u }),
      "a",
      ["minLength : must have at least 2 characters", "pattern : must match b"],
    ],
  ]);
});

describe("number", () => {
  itReports([
    [v.number(), "1", ["type : must be a number"]],
    [v.number(), NaN, ["type : must be a number"]],
    [v.number(), Infinity, ["type : must be a number"]],
    [v.number({ loose: true, minimum: 1 }), "0", []],
    [v.number({ integer: true }), 1.5, ["type : must be an integer"]],
    [v.number({ integer: true }), 1.0, []],
    [v.number({ minimum: 1 }), 1, []],
    [v.number({ minimum: 1 }), 0, ["minimum : must be at least 1"]],
    [v.number({ maximum: 1 }), 2, ["maximum : must be at most 1"]],
    [v.number({ exclusiveMinimum: 1 }), 1, ["exclusiveMinimum : must be over 1"]],
    [v.number({ exclusiveMaximum: 1 }), 1, ["exclusiveMaximum : must be under 1"]],
    [v.number({ multipleOf: 2 }), 3, ["multipleOf : must be a multiple of 2"]],
    [v.number({ multipleOf: 0.1 }), 0.3, []],
    [v.number({ multipleOf: 0.01 }), 19.99, []],
    [v.number({ multipleOf: 0.01 }), 12345678.9, []],
    [v.number({ multipleOf: 0.01 }), 12345678.905, ["multipleOf : must be a multiple of 0.01"]],
    [v.number({ multipleOf: 1 }), 1_000_000_000.5, ["multipleOf : must be a multiple of 1"]],
    [v.number({ multipleOf: 1 }), 1e300, []],
    [v.number({ multipleOf: 3 }), 1e20, ["multipleOf : must be a multiple of 3"]],
    [v.number({ multipleOf: 0.5 }), 0, []],
  ]);
});

describe("array", () => {
  const contains = { check: text, minimum: 1, maximum: 2 };
  itReports([
    [v.array(), {}, ["type : must be a list"]],
    [v.array({ loose: true, minItems: 1 }), {}, []],
    [v.array({ items: text }), ["a", 1, 2], ["type /1: must be a string", "type /2: must be a string"]],
    [v.array({ prefixItems: [text], items: v.never }), ["a", 1], ["false schema /1: must not be there"]],
    [v.array({ prefixItems: [text, text] }), ["a"], []],
    [v.array({ minItems: 1 }), [], ["minItems : must have at least 1 item"]],
    [v.array({ maxItems: 1 }), [1, 2], ["maxItems : must have at most 1 item"]],
    [v.array({ uniqueItems: true }), [{ a: 1 }, { a: 1 }], ["uniqueItems : must not repeat an item"]],
    [v.array({ uniqueItems: true }), [0, false, "0", [], {}, null], []],
    [v.array({ contains }), [1], ["contains : must have at least 1 item of `contains`"]],
    [v.array({ contains }), ["a", "b", "c"], ["contains : must have at most 2 items of `contains`"]],
    [v.array({ contains: { check: v.never, minimum: 0 } }), [1], []],
  ]);
});

describe("a list without repeated items", () => {
  const check = v.array({ uniqueItems: true });
  const repeated = ["uniqueItems : must not repeat an item"];
  itReports([
    [check, [], []],
    [check, [{ a: 1, b: [2] }, 1, { b: [2], a: 1 }], repeated],
    [check, [{ a: [1, "b"] }, { a: [1, "b", null] }, { a: ["b", 1] }], []],
    [check, [[0], [-0]], repeated],
    [check, [{ a: 1.5 }, { a: "1.5" }], []],
    [check, [[1], "[1]", ["1"], [[1]], { 0: 1 }], []],
    [check, [["a,b"], ["a", "b"], ['a","b']], []],
    [check, [[null], ["null"], [false], ["false"]], []],
    [check, [{ a: {} }, { a: [] }, { a: { a: {} } }], []],
    [check, [{ "a:1,b": 1 }, { a: 1, b: 1 }], []],
    [check, [{ a: undefined }, {}], repeated],
    [check, [JSON.parse('{"__proto__":{}}'), {}], []],
    [check, [JSON.parse('{"__proto__":1,"a":2}'), JSON.parse('{"a":2,"__proto__":1}')], repeated],
    [check, [[[1, { a: 2 }]], [[1, { a: 3 }]], [[1, { a: 2 }]]], repeated],
  ]);

  it("is one whose items are each looked at once", () => {
    let looks = 0;
    const items = Array.from({ length: 2000 }, (_, id) => ({
      get id() {
        looks++;
        return id;
      },
    }));
    expect(v.schema(() => check).is(items)).toBe(true);
    expect(looks).toBe(2000);
  });
});

describe("object", () => {
  const closed = v.object({ properties: { a: text, b: v.optional(text) }, additionalProperties: v.never });
  const patterns = [[/^x-/u, text]] as const;
  itReports([
    [v.object(), [], ["type : must be an object"]],
    [v.object(), null, ["type : must be an object"]],
    [v.object({ loose: true, minProperties: 1 }), [], []],
    [closed, { a: "" }, []],
    [closed, {}, ['required : must have the property "a"']],
    [closed, { a: 1, b: 2 }, ["type /a: must be a string", "type /b: must be a string"]],
    [closed, { a: "", c: 1 }, ["false schema /c: must not be there"]],
    [v.object({ additionalProperties: text }), { a: 1 }, ["type /a: must be a string"]],
    [v.object({ patternProperties: patterns }), { "x-a": 1, y: 2 }, ["type /x-a: must be a string"]],
    [
      v.object({ patternProperties: patterns, additionalProperties: v.never }),
      { "x-a": "", y: 2 },
      ["false schema /y: must not be there"],
    ],
    [
      v.object({ propertyNames: v.string({ maxLength: 1 }) }),
      { ab: 1 },
      ["maxLength /ab: must have at most 1 character"],
    ],
    [v.object({ minProperties: 1 }), {}, ["minProperties : must have at least 1 property"]],
    [v.object({ maxProperties: 1 }), { a: 1, b: 2 }, ["maxProperties : must have at most 1 property"]],
    [
      v.object({ dependentRequired: { a: ["b", "c"] } }),
      { a: 1, c: 2 },
      ['dependentRequired : must have the property "b" beside "a"'],
    ],
    [
      v.object({ required: ["b"], dependentRequired: { a: ["c"] } }),
      { a: 1 },
      ['required : must have the property "b"', 'dependentRequired : must have the property "c" beside "a"'],
    ],
  ]);

  it("takes a member that is undefined for none, as JSON does", () => {
    expect(issuesOf(closed, { a: "", b: undefined, c: undefined })).toEqual([]);
    expect(issuesOf(closed, { a: undefined })).toEqual(['required : must have the property "a"']);
    expect(
      issuesOf(v.object({ maxProperties: 0, dependentRequired: { a: ["b"] } }), { a: undefined }),
    ).toEqual([]);
  });

  it("writes JSON Pointers, and the same as paths", () => {
    const check = v.object({ properties: { "a/b~c": v.array({ items: text }) } });
    expect(v.schema(() => check).issues({ "a/b~c": [1] })).toEqual([
      { keyword: "type", message: "must be a string", pointer: "/a~1b~0c/0", path: ["a/b~c", 0] },
    ]);
  });

  it.each(["__proto__", "constructor", "toString", "hasOwnProperty"])(
    "has no property %s but its own",
    (name) => {
      const own = (value: unknown) => Object.defineProperty({}, name, { value, enumerable: true });
      const check = v.object({ properties: { [name]: text }, additionalProperties: v.never });
      expect(issuesOf(check, {})).toEqual([`required : must have the property "${name}"`]);
      expect(issuesOf(check, own("x"))).toEqual([]);
      expect(issuesOf(check, own(1))).toEqual([`type /${name}: must be a string`]);
      expect(issuesOf(v.object({ additionalProperties: v.never }), own(1))).toHaveLength(1);
      expect(issuesOf(v.literals("const", [own({})]), { a: {} })).toHaveLength(1);
      expect(issuesOf(v.object({ dependentRequired: { [name]: ["a"] } }), {})).toEqual([]);
    },
  );
});
