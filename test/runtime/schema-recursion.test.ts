import fc from "fast-check";
import { describe, expect, it } from "vitest";
import * as v from "../../generator/runtime/schema.js";
import { issuesIn } from "./issues.js";

/** What a value of some hundred levels may cost. Each level that is asked twice would make it 2 to the power of them. */
const MOST_LOOKS = 50_000;
const LEVELS = 200;

/** A check that fails the test where it is asked too often. */
function counted(check: v.Check): v.Check {
  let looks = 0;
  return (...asked) => {
    if (++looks > MOST_LOOKS) throw new Error("asked too often");
    return check(...asked);
  };
}

const kind = (name: string) => counted(v.literals("enum", [name]));

/** Expressions that no discriminator tells apart; their deep member is looked at first. */
function expressions(union: typeof v.oneOf): v.Schema<unknown> {
  const unary = (name: string) =>
    v.schema(() => v.object({ properties: { left: v.ref(() => expression), type: kind(name) } }));
  const [and, or] = [unary("and"), unary("or")];
  const leaf = v.schema(() => v.object({ properties: { type: kind("leaf") } }));
  const expression: v.Schema<unknown> = v.schema(() =>
    union(
      v.ref(() => and),
      v.ref(() => or),
      v.ref(() => leaf),
    ),
  );
  return expression;
}

/** `{ type: "or", left: { type: "and", left: … } }`, to the innermost. */
function nested(innermost: object, types: readonly string[] = ["and", "or"]): object {
  const levels = Array.from({ length: LEVELS }, (_, index) => types[index % types.length]);
  return levels.reduce<object>((left, type) => ({ type, left }), innermost);
}

function issuesOf(check: v.Check, value: unknown): string[] {
  return issuesIn(check, value).map(({ pointer, message }) => `${pointer} ${message}`);
}

describe("a recursive union", () => {
  it.each([
    ["oneOf", v.oneOf],
    ["anyOf", v.anyOf],
  ])("of %s looks at what is deep a few times, whatever it finds", (_name, union) => {
    const { check } = expressions(union);
    expect(issuesOf(check, nested({ type: "leaf" }))).toEqual([]);
    expect(issuesOf(check, nested({ type: "nope" }))).toEqual([
      `${"/left".repeat(LEVELS)}/type must be "leaf"`,
    ]);
  });

  it("whose alternatives hold together says so once", () => {
    const open: v.Schema<unknown> = v.schema(() => {
      const inner = v.optional(v.ref(() => open));
      const told = v.object({ properties: { left: inner, type: counted(v.string()) } });
      return v.oneOf(v.object({ properties: { left: inner } }), told);
    });
    const pointer = "/left".repeat(LEVELS - 1);
    expect(issuesOf(open.check, nested({}))).toEqual([`${pointer} must match one alternative, not 2`]);
  });

  it("knows at each level what was looked at", () => {
    const node: v.Schema<unknown> = v.schema(() =>
      v.unevaluated(
        v.anyOf(
          v.allOf(
            v.ref(() => part),
            v.object({ properties: { type: kind("or") } }),
          ),
          v.ref(() => part),
        ),
        { properties: v.never },
      ),
    );
    const part: v.Schema<unknown> = v.schema(() =>
      v.object({ properties: { left: v.optional(v.ref(() => node)), type: v.optional(kind("and")) } }),
    );
    expect(issuesOf(node.check, nested({}, ["and"]))).toEqual([]);
    expect(issuesOf(node.check, nested({ other: 1 }, ["and"]))).toEqual([
      `${"/left".repeat(LEVELS)}/other must not be there`,
    ]);
  });
});

describe("a schema that says twice what its members are", () => {
  const node: v.Schema<unknown> = v.schema(() =>
    v.allOf(
      v.ref(() => base),
      v.object({ properties: { left: v.optional(v.ref(() => node)) } }),
    ),
  );
  const base: v.Schema<unknown> = v.schema(() =>
    v.object({ properties: { left: v.optional(v.ref(() => node)), end: v.optional(counted(v.string())) } }),
  );

  it("looks at what is deep a few times", () => {
    expect(issuesOf(node.check, nested({ end: "" }))).toEqual([]);
    expect(issuesOf(node.check, nested({ end: 1 }))).toEqual([
      `${"/left".repeat(LEVELS)}/end must be a string`,
    ]);
  });
});

function reference(to: v.Check): v.Check {
  return v.ref(() => v.schema(() => to));
}

/** The same check, after so many references and so deep in others that what it finds is remembered. */
function late(check: v.Check): v.Check {
  const many = Array.from({ length: 1000 }, () => reference(v.any));
  const deep = Array.from({ length: 5 }).reduce<v.Check>(reference, check);
  return reference(v.allOf(...many, deep));
}

const name = fc.constantFrom("a", "b");
const { value } = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    fc.constantFrom(1, "", null),
    fc.array(tie("value"), { maxLength: 2 }),
    fc.dictionary(name, tie("value"), { maxKeys: 2 }),
  ),
}));

/** A check of which the members are what two others say. */
type Maker = (others: readonly [v.Check, v.Check]) => v.Check;

const { maker } = fc.letrec<{ maker: Maker }>((tie) => {
  const inner = tie("maker");
  const other = fc.constantFrom<0 | 1>(0, 1);
  const leaf = fc.constantFrom<v.Check>(v.string(), v.number(), v.any).map(
    (check): Maker =>
      () =>
        check,
  );
  const member = fc.tuple(name, inner, other).map(([property, own, place]): Maker => (others) => {
    const check = v.anyOf(own(others), others[place]);
    return v.object({ loose: true, properties: { [property]: v.optional(check) } });
  });
  const items = fc.tuple(inner, other).map(
    ([own, place]): Maker =>
      (others) =>
        v.array({ loose: true, items: v.oneOf(own(others), others[place]) }),
  );
  const combined = fc.tuple(fc.constantFrom(v.oneOf, v.anyOf, v.allOf), inner, inner).map(
    ([combine, first, second]): Maker =>
      (others) =>
        combine(first(others), second(others)),
  );
  const negated = inner.map(
    (own): Maker =>
      (others) =>
        v.not(own(others)),
  );
  const rest = inner.map(
    (own): Maker =>
      (others) =>
        v.unevaluated(own(others), { properties: others[0], items: others[1] }),
  );
  return { maker: fc.oneof({ maxDepth: 4 }, leaf, member, member, items, combined, negated, rest) };
});

/** The first of two schemas that refer to each other and to themselves. */
function recursive(first: Maker, second: Maker): v.Check {
  const schemas: readonly v.Schema<unknown>[] = [first, second].map((make) => v.schema(() => make(others)));
  const others = [v.ref(() => schemas[0]!), v.ref(() => schemas[1]!)] as const;
  return others[0];
}

/** Asks for the verdict first, then for what was looked at, then for what is wrong. */
function asking(check: v.Check): v.Check {
  const isAsked = v.anyOf(v.not(check), v.any);
  return v.unevaluated(v.allOf(isAsked, v.anyOf(check, v.object()), check), {
    properties: v.never,
    items: v.never,
  });
}

describe("what is remembered", () => {
  it("is what would be found", () => {
    fc.assert(
      fc.property(maker, maker, value, (first, second, each) => {
        const check = asking(recursive(first, second));
        expect(issuesIn(late(check), each)).toEqual(issuesIn(check, each));
      }),
      { numRuns: 1000 },
    );
  });

  it("is forgotten with the end of a validation, however that ends", () => {
    const thrown = new Error("thrown");
    const changed: { a: unknown } = { a: "" };
    const throwing: v.Check = () => {
      throw thrown;
    };
    const text = v.schema(() => v.object({ properties: { a: v.string() } }));
    const check = v.ref(() => text);
    expect(() => late(v.allOf(check, throwing))(changed, undefined)).toThrow(thrown);
    changed.a = 1;
    expect(issuesOf(late(check), changed)).toEqual(["/a must be a string"]);
    changed.a = "";
    expect(issuesOf(late(check), changed)).toEqual([]);
  });
});

/** Lists within each other. */
function lists(innermost: unknown): unknown {
  let list = innermost;
  for (let level = 0; level < 100_000; level++) list = [list];
  return list;
}

describe("a value that is nested more deeply than the stack allows", () => {
  const tooDeep = { keyword: "depth", message: "must not be nested so deeply", pointer: "", path: [] };
  const list: v.Schema<unknown> = v.schema(() => v.array({ items: v.ref(() => list) }));
  it.each([
    ["a reference to itself", list],
    ["not", v.schema(() => v.not(list.check))],
    ["what is unique", v.schema(() => v.array({ uniqueItems: true }))],
    ["a fault that was found before", v.schema(() => v.allOf(v.string(), list.check))],
  ])("is not valid, and has that one issue: %s", (_name, each) => {
    const given = lists(1);
    expect(each.is(given)).toBe(false);
    expect(each.issues(given)).toEqual([tooDeep]);
    expect(each["~standard"].validate(given)).toEqual({ issues: [tooDeep] });
  });

  it("leaves nothing behind", () => {
    expect(list.issues(lists([]))).toEqual([tooDeep]);
    expect(list.issues([[], [[1]]]).map(({ pointer, message }) => `${pointer} ${message}`)).toEqual([
      "/1/0/0 must be a list",
    ]);
  });

  it.each([
    ["a stack that something else fills", new RangeError("Maximum call stack size exceeded"), [[1]]],
    ["another error", new TypeError("thrown"), lists(1)],
  ])("is not %s", (_name, error, given) => {
    const failing = v.schema(() => () => {
      throw error;
    });
    expect(() => failing.is(given)).toThrow(error);
  });
});
