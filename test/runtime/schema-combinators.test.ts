import { describe, expect, expectTypeOf, it } from "vitest";
import * as v from "../../generator/runtime/schema.js";
import type { StandardSchemaV1 } from "../../generator/runtime/standard-schema.js";
import { issuesIn } from "./issues.js";

function issuesOf(check: v.Check, value: unknown): string[] {
  return issuesIn(check, value).map(({ keyword, pointer }) => `${keyword} ${pointer}`);
}

const text = v.string();
const cat = v.object({ properties: { kind: v.literals("const", ["cat"]), lives: v.number() } });
const dog = v.object({ properties: { kind: v.literals("const", ["dog"]), name: text, age: v.number() } });

describe("combinators", () => {
  it.each<[name: string, check: v.Check, value: unknown, issues: string[]]>([
    [
      "allOf",
      v.allOf(v.number({ minimum: 1 }), v.number({ multipleOf: 2 })),
      -1,
      ["minimum ", "multipleOf "],
    ],
    ["allOf of which several say the same", v.allOf(text, text), 1, ["type "]],
    ["allOf of nothing", v.allOf(), 1, []],
    ["anyOf", v.anyOf(text, v.nullValue), null, []],
    ["anyOf of another type", v.anyOf(text, v.nullValue), 1, ["anyOf "]],
    ["anyOf of nothing", v.anyOf(), 1, ["anyOf "]],
    ["oneOf", v.oneOf(v.number({ minimum: 1 }), v.number({ maximum: -1 })), 2, []],
    ["oneOf of two", v.oneOf(v.number(), v.number({ integer: true })), 1, ["oneOf "]],
    ["oneOf of none", v.oneOf(text, v.boolean), 1, ["oneOf "]],
    ["not", v.not(text), "", ["not "]],
    ["not", v.not(text), 1, []],
    ["then", v.conditional({ if: text, then: v.string({ minLength: 1 }) }), "", ["minLength "]],
    ["else", v.conditional({ if: text, else: v.nullValue }), 1, ["type "]],
    ["neither", v.conditional({ if: text }), 1, []],
  ])("%s", (_name, check, value, issues) => {
    expect(issuesOf(check, value)).toEqual(issues);
  });

  it("says how many alternatives match", () => {
    const [issue] = v.schema(() => v.oneOf(v.any, v.any, v.never)).issues(1);
    expect(issue?.message).toBe("must match one alternative, not 2");
  });

  it.each<[value: unknown, issues: string[]]>([
    [{ kind: "cat" }, ["required "]],
    [{ kind: "dog", name: 1, age: 1 }, ["type /name"]],
    [{ kind: "cat", lives: "9" }, ["type /lives"]],
    ["cat", ["oneOf "]],
  ])("reports the issues of the alternative that is nearest to %j", (value, issues) => {
    expect(issuesOf(v.oneOf(dog, cat), value)).toEqual(issues);
  });

  it.each<[check: v.Check, value: unknown, issue: string]>([
    [v.anyOf(text, v.number({ minimum: 5 }), cat), 3, " must be at least 5"],
    [v.anyOf(v.string({ minLength: 3 }), v.number(), cat), "a", " must have at least 3 characters"],
    [
      v.anyOf(cat, v.object({ properties: { kind: v.literals("enum", ["dog", "cow"]) } })),
      { kind: "fish", lives: 1 },
      '/kind must be one of "cat", "dog", "cow"',
    ],
    [v.anyOf(v.number({ minimum: 5 }), v.number({ maximum: 1 })), 3, " must match one of the alternatives"],
  ])("says what %o holds against %j", (check, value, issue) => {
    expect(issuesIn(check, value).map(({ pointer, message }) => `${pointer} ${message}`)).toEqual([issue]);
  });

  it("counts what is said twice of an alternative as one fault", () => {
    const two = v.object({ properties: { b: text, c: text } });
    const one = v.object({ properties: { a: v.allOf(text, text) } });
    expect(issuesOf(v.anyOf(two, one), { a: 1, b: 1, c: 1 })).toEqual(["type /a"]);
  });

  it("reports the nearest alternative also where there are more faults than a function takes arguments", () => {
    const items = Array.from({ length: 200_000 }, () => 1);
    expect(v.schema(() => v.anyOf(v.array({ items: text }), v.nullValue)).issues(items).length).toBe(200_000);
  });

  it("reports the nearest alternative below a property and behind a reference", () => {
    const pets = v.schema<unknown>(() =>
      v.array({
        items: v.anyOf(
          v.ref(() => catSchema),
          v.ref(() => dogSchema),
        ),
      }),
    );
    const catSchema = v.schema<unknown>(() => cat);
    const dogSchema = v.schema<unknown>(() => dog);
    expect(
      issuesOf(v.object({ properties: { pets: v.ref(() => pets) } }), { pets: [{ kind: "cat" }] }),
    ).toEqual(["required /pets/0"]);
  });
});

describe("a discriminator", () => {
  it("is no fault more where an enum says the same", () => {
    const branches = [
      [["cat"], cat],
      [["dog"], dog],
    ] as const;
    const check = v.allOf(
      v.object({ properties: { kind: v.literals("enum", ["cat", "dog"]) } }),
      v.discriminated({ keyword: "oneOf", property: "kind", branches }),
    );
    expect(issuesIn(check, { kind: "bird" }).map(({ message }) => message)).toEqual([
      'must be one of "cat", "dog"',
    ]);
  });

  const open = v.object({ properties: { name: text } });
  const pets = (keyword: "oneOf" | "anyOf", fallback?: number) =>
    v.discriminated({
      keyword,
      property: "kind",
      branches: [
        [["cat", "lion"], v.object({ properties: { kind: text, lives: v.number() } })],
        [["dog"], v.object({ properties: { kind: text, age: v.number() } })],
        [[], v.nullValue],
      ],
      ...(fallback !== undefined && { fallback }),
    });

  it.each<[value: unknown, issues: string[]]>([
    [{ kind: "cat", lives: 9 }, []],
    [{ kind: "lion", lives: 9 }, []],
    [null, []],
    ["cat", ["anyOf "]],
    [{ kind: "cat", lives: "9" }, ["type /lives"]],
    [{ kind: "dog", lives: 9 }, ["required "]],
    [{ kind: "bird", lives: 9 }, ["discriminator /kind"]],
    [{ lives: 9 }, ["required "]],
    [{ kind: "cat", lives: 9, age: 1 }, []],
  ])("names the alternative of %j", (value, issues) => {
    expect(issuesOf(pets("anyOf"), value)).toEqual(issues);
  });

  it("means one alternative: of oneOf, those that other values mean do not count", () => {
    expect(issuesOf(pets("oneOf"), { kind: "cat", lives: 9, age: 1 })).toEqual([]);
    expect(issuesOf(pets("oneOf"), { kind: "cat", lives: 9 })).toEqual([]);
    expect(issuesOf(pets("oneOf"), { kind: "dog", lives: 9 })).toEqual(["required "]);
  });

  it("says nothing of an alternative that no value means: of oneOf, it may not match as well", () => {
    const branches = [[["cat"], open] as const, [[], open] as const];
    const check = v.discriminated({ keyword: "oneOf", property: "kind", branches });
    expect(issuesOf(check, { kind: "cat", name: "a" })).toEqual(["oneOf "]);
    expect(issuesOf(check, { kind: "dog", name: "a" })).toEqual([]);
  });

  it("says what the property may be", () => {
    const [issue] = v.schema(() => pets("oneOf")).issues({ kind: "bird" });
    expect(issue).toMatchObject({ message: 'must be one of "cat", "lion", "dog"', path: ["kind"] });
  });

  it("takes the default for a value that is not known, or not there", () => {
    expect(issuesOf(pets("anyOf", 1), { kind: "bird", age: 1 })).toEqual([]);
    expect(issuesOf(pets("anyOf", 1), { kind: "bird", lives: 1 })).toEqual(["required "]);
    expect(
      issuesOf(v.discriminated({ keyword: "anyOf", property: "kind", branches: [[[], open]], fallback: 0 }), {
        name: "a",
      }),
    ).toEqual([]);
  });

  it("looks at each alternative once, however deep unions stand in unions", () => {
    let looked = 0;
    const counting: v.Check = () => (looked++, true);
    const deep = Array.from({ length: 20 }).reduce<v.Check>(
      (inner) => v.discriminated({ keyword: "oneOf", property: "kind", branches: [[["cat"], inner]] }),
      counting,
    );
    for (const seen of [undefined, new Set<string>()]) {
      looked = 0;
      expect(deep({ kind: "cat" }, [], seen)).toBe(true);
      expect(looked).toBe(1);
    }
  });
});

function closed(check: v.Check): v.Check {
  return v.unevaluated(check, { properties: v.never, items: v.never });
}

describe("what is not evaluated", () => {
  const named = v.object({ properties: { name: v.optional(text) } });

  it.each<[name: string, check: v.Check, value: unknown, issues: string[]]>([
    ["a name beside", closed(named), { name: "a", b: 1 }, ["false schema /b"]],
    [
      "a branch that holds",
      closed(v.anyOf(named, v.object({ properties: { b: text } }))),
      { name: "a", b: "" },
      [],
    ],
    [
      "a branch that fails",
      closed(v.anyOf(named, v.object({ properties: { b: text } }))),
      { name: "a", b: 1 },
      ["false schema /b"],
    ],
    ["through a reference", closed(v.ref(() => v.schema(() => named))), { name: "a" }, []],
    ["what not looked at", closed(v.not(v.not(named))), { name: "a" }, ["false schema /name"]],
    [
      "a required name that nothing describes",
      closed(v.object({ required: ["a"] })),
      { a: 1 },
      ["false schema /a"],
    ],
    [
      "items that contains matched",
      closed(v.array({ contains: { check: text, minimum: 1 } })),
      ["a", 1],
      ["false schema /1"],
    ],
    ["another type", closed(v.any), "a", []],
    ["a fault elsewhere alone", closed(named), { name: 1, b: 1 }, ["type /name"]],
    ["one inside that takes all", closed(v.unevaluated(v.any, { properties: v.any })), { a: 1 }, []],
  ])("%s", (_name, check, value, issues) => {
    expect(issuesOf(check, value)).toEqual(issues);
  });
});

interface Tree {
  readonly value: string;
  readonly children?: readonly Tree[];
}

const tree: v.Schema<Tree> = v.schema(() =>
  v.object({
    properties: { value: text, children: v.optional(v.array({ items: v.ref(() => tree) })) },
    additionalProperties: v.never,
  }),
);

describe("recursion", () => {
  it("goes through a reference to itself", () => {
    expect(tree.is({ value: "a", children: [{ value: "b", children: [] }] })).toBe(true);
    expect(tree.issues({ value: "a", children: [{ value: "b", children: [{ value: 1 }] }] })).toEqual([
      {
        keyword: "type",
        message: "must be a string",
        pointer: "/children/0/children/0/value",
        path: ["children", 0, "children", 0, "value"],
      },
    ]);
  });

  it("builds a check once, when it is first used", () => {
    let built = 0;
    const lazy = v.schema(() => {
      built++;
      return v.any;
    });
    expect(built).toBe(0);
    lazy.is(1);
    lazy.is(2);
    expect(built).toBe(1);
  });
});

describe("Standard Schema v1", () => {
  it("hands a valid value over as it is", () => {
    const value: unknown = { value: "a" };
    const result = tree["~standard"].validate(value);
    expect(result).toEqual({ value: { value: "a" } });
    expect(result.issues ?? result.value).toBe(value);
  });

  it("hands over issues with a message and a path", () => {
    expect(tree["~standard"].validate({})).toEqual({
      issues: [{ keyword: "required", message: 'must have the property "value"', pointer: "", path: [] }],
    });
  });

  it("names its version and vendor", () => {
    expect(tree["~standard"]).toMatchObject({ version: 1, vendor: "clientsmith" });
  });

  it("carries its type", () => {
    expectTypeOf(tree).toExtend<StandardSchemaV1<Tree>>();
    type Types = NonNullable<(typeof tree)["~standard"]["types"]>;
    expectTypeOf<Types["output"]>().toEqualTypeOf<Tree>();
    // What forms and routers ask their callers for.
    expectTypeOf<Types["input"]>().toEqualTypeOf<Tree>();
    expectTypeOf<v.Schema<Tree>["is"]>().guards.toEqualTypeOf<Tree>();
  });
});
