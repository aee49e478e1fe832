import fc from "fast-check";
import { expect, it } from "vitest";
import { unassignable } from "../../generator/diff/impact/assignability.js";
import type { PackageSide } from "../../generator/diff/impact/changed-parts.js";
import type { Pair } from "../../generator/diff/change.js";
import { comparedParts } from "../../generator/diff/impact/changed-parts.js";
import { inquiryOf } from "../../generator/diff/impact/inquiry.js";
import { typeQuestions, type TypeQuestion } from "../../generator/diff/impact/type-questions.js";
import { chooseNames } from "../../generator/emit/names.js";
import { OpenEnums } from "../../generator/emit/open-enums.js";
import { usesOf } from "../../generator/model/graph.js";
import { readRuntime } from "../../generator/pipeline/installed.js";
import { documentOf, sideOf } from "../support/review.js";

const runtime = await readRuntime();

type Uses = "both" | "request" | "response";

function packageOf(schema: object, thing: object, direction: Uses = "both"): PackageSide {
  const schemas = { Thing: thing, Unused: schema };
  const { model } = sideOf("document.yaml", documentOf(schema, { schemas, direction }));
  const openEnums = OpenEnums.of(model, true);
  return { model, openEnums, names: chooseNames(model, { api: "things", openEnums }), uses: usesOf(model) };
}

const textOf = ({ direction, names }: TypeQuestion) => `${direction} ${names.base} ${names.head}`;

/** What would be asked if nothing were plain. */
function allQuestions(sides: Pair<PackageSide>): TypeQuestion[] {
  const never = { of: () => false, ofNamed: () => false };
  const plainly = { request: never, response: never };
  return typeQuestions(sides, comparedParts(sides), { ...plainly, unused: plainly });
}

const leaf = fc.constantFrom<object>(
  { type: "string" },
  { type: "string", maxLength: 3 },
  { minLength: 1 },
  { type: "integer" },
  { type: "number" },
  { type: "null" },
  { type: "boolean" },
  { enum: ["a", "b"] },
  { enum: ["a", "b", "c"] },
  { enum: ["a", null] },
  { const: "a" },
  { const: 1 },
  { type: ["string", "null"] },
  { $ref: "#/components/schemas/Thing" },
  {},
);
const schemas = fc.letrec<{ schema: object }>((tie) => ({
  schema: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    leaf,
    fc.record(
      { type: fc.constant("array"), items: tie("schema"), maxItems: fc.constantFrom(0, 5) },
      { requiredKeys: ["type"] },
    ),
    fc.record(
      {
        type: fc.constant("object"),
        properties: fc.dictionary(fc.constantFrom("a", "b", "c"), tie("schema"), { maxKeys: 3 }),
        required: fc.subarray(["a", "b", "c"]),
        additionalProperties: fc.oneof(fc.constant(false), tie("schema")),
      },
      { requiredKeys: ["type"] },
    ),
    fc.record({ anyOf: fc.array(tie("schema"), { minLength: 1, maxLength: 2 }) }),
    fc.record({ oneOf: fc.array(tie("schema"), { minLength: 1, maxLength: 2 }) }),
    fc.record({ allOf: fc.array(tie("schema"), { minLength: 1, maxLength: 2 }) }),
  ),
})).schema;

/** The schema without its n-th member or item, counted at every depth. */
function without(schema: unknown, n: number): unknown {
  let count = 0;
  const isKept = () => count++ !== n;
  const visit = (value: unknown): unknown => {
    if (typeof value !== "object" || value === null) return value;
    if (Array.isArray(value)) return value.filter(isKept).map(visit);
    return Object.fromEntries(
      Object.entries(value).flatMap(([key, member]) => (isKept() ? [[key, visit(member)]] : [])),
    );
  };
  const left = visit(schema);
  const isWhole = JSON.stringify(left).match(/"(anyOf|oneOf|allOf|enum)":\[\]|"properties":\[/) === null;
  return isWhole ? left : schema;
}

/** A schema, and one that has nothing to do with it, or says a little less; both ways round. */
const steps = fc
  .record({ base: schemas, other: schemas, n: fc.nat(20), isRelated: fc.boolean(), isReversed: fc.boolean() })
  .map(({ base, other, n, isRelated, isReversed }) => {
    const head = isRelated ? (without(base, n) as object) : other;
    return isReversed ? { base: head, head: base } : { base, head };
  });

const object = (required: string[], a: object, b: object) => ({
  type: "object",
  required,
  properties: { a, b },
});
const text = { type: "string" };

/** A step for each rule that is easily forgotten. */
const EXAMPLES: [{ base: object; head: object }, object, Pair<Uses>][] = [
  [object([], text, text), object(["a"], text, text)],
  [{ ...object([], text, text) }, { type: "object", properties: { c: text } }],
  [{ enum: ["a", "b"] }, { enum: ["a"] }],
  [object([], { enum: ["a", "b", "c"] }, text), object([], { enum: ["a", "b"] }, text)],
  [
    { type: "array", items: text },
    { type: "array", items: text, maxItems: 0 },
  ],
  [object([], text, text), { ...object([], text, text), additionalProperties: { type: "null" } }],
].flatMap(([base, head]): typeof EXAMPLES => [
  [{ base: base!, head: head! }, text, { base: "both", head: "both" }],
  [{ base: head!, head: base! }, text, { base: "both", head: "both" }],
]);

it("what is plainly assignable the compiler takes, too", () => {
  let plain = 0;
  const again = { $ref: "#/components/schemas/Thing" };
  const properties = { a: { type: "string" }, id: { type: "string", readOnly: true }, again };
  const thing = { type: "object", properties, required: ["id"] };
  const uses = fc.constantFrom<Uses>("both", "request", "response");
  const directions = fc.record({ base: uses, head: uses });
  fc.assert(
    fc.property(steps, schemas, directions, ({ base, head }, more, used) => {
      const sides = {
        base: packageOf(base, thing, used.base),
        head: packageOf(head, { anyOf: [thing, more] }, used.head),
      };
      const asked = new Set(typeQuestions(sides, comparedParts(sides)).map(textOf));
      const spared = allQuestions(sides).filter((question) => !asked.has(textOf(question)));
      if (spared.length === 0) return;
      plain += spared.length;
      expect(unassignable(inquiryOf(spared, sides, runtime))).toStrictEqual([]);
    }),
    { numRuns: 80, examples: EXAMPLES },
  );
  expect(plain).toBeGreaterThan(10);
}, 30_000);

const list = (items: object) => ({ type: "array", items });
it.each<[name: string, base: object, head: object, directions: readonly string[]]>([
  ["a value more", { enum: ["a"] }, { enum: ["a", "b"] }, ["response"]],
  ["a value more in a list", list({ enum: ["a"] }), list({ enum: ["a", "b"] }), ["response"]],
  ["a list that is shorter", list(text), { ...list(text), maxItems: 5 }, []],
  ["an empty list", list(text), { ...list(text), maxItems: 0 }, ["request", "response"]],
  ["a list of nothing", list(text), { type: "array", items: false }, ["request", "response"]],
  [
    "a list that begins with something",
    list(text),
    { ...list(text), prefixItems: [text] },
    ["request", "response"],
  ],
  [
    "a property more",
    object(["a"], text, text),
    { ...object(["a"], text, text), properties: { a: text } },
    [],
  ],
  ["a property that is required", object(["a"], text, text), object(["a", "b"], text, text), ["request"]],
  ["a number in place of a text", text, { type: "number" }, ["request", "response"]],
  ["null beside it", text, { type: ["string", "null"] }, ["response"]],
])("the compiler is asked of %s where it is not plain", (_name, base, head, directions) => {
  const sides = { base: packageOf(base, text), head: packageOf(head, text) };
  const asked = new Set(typeQuestions(sides, comparedParts(sides)).map(({ direction }) => direction));
  expect([...asked].toSorted()).toEqual(directions);
});

it("a type that may be null inside itself comes to an end", () => {
  const again = { anyOf: [{ $ref: "#/components/schemas/Thing" }, { type: "null" }] };
  const thing = (properties: object) => ({ type: "object", properties: { again, ...properties } });
  const asked = (base: object, head: object) => {
    const body = { $ref: "#/components/schemas/Thing" };
    const sides = { base: packageOf(body, thing(base)), head: packageOf(body, thing(head)) };
    return new Set(typeQuestions(sides, comparedParts(sides)).map(({ direction }) => direction));
  };
  expect(asked({}, { a: text })).toStrictEqual(new Set());
  expect(asked({ a: text }, { a: { type: "integer" } })).toStrictEqual(new Set(["request", "response"]));
});
