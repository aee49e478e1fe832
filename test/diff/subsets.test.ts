import { Ajv2020, type ValidateFunction } from "ajv/dist/2020.js";
import fc from "fast-check";
import { expect, it } from "vitest";
import { SchemaSets } from "../../generator/diff/sets/schema-set.js";
import { Subsets } from "../../generator/diff/sets/subset.js";
import { documentOf, sideOf } from "../support/review.js";

/**
 * Schemas of few words, so that two of them often meet: fractions, closed objects with patterns, several parts that hold together. `oneOf` and
 * `unevaluated*` are left out: what they leave out, no set says.
 */
type Tie = fc.LetrecLooselyTypedTie;
type Json = fc.JsonValue;

const bound = fc.constantFrom(0, 0.5, 1, 2, 3);
const step = fc.constantFrom(0.1, 0.3, 0.5, 1, 2, 3, 6);
const length = fc.nat({ max: 3 });
const some = { requiredKeys: [] };

/** A schema of a type with a few of the keywords. */
function schemaOf(types: readonly string[], keywords: { readonly [name: string]: fc.Arbitrary<unknown> }) {
  const type = fc.constantFrom(...types);
  return fc
    .subarray(Object.keys(keywords), { maxLength: 3 })
    .chain((names) =>
      fc.record({ type, ...Object.fromEntries(names.map((name) => [name, keywords[name]!])) }),
    );
}

const numbers = schemaOf(["number", "integer"], {
  minimum: bound,
  maximum: bound,
  exclusiveMinimum: bound,
  exclusiveMaximum: bound,
  multipleOf: step,
});
const texts = schemaOf(["string"], {
  minLength: length,
  maxLength: length,
  pattern: fc.constantFrom("^a", "^a|b$", "^[ab]{1,2}$", "^(?:a|ab)$", "b"),
});
const literals = fc.oneof(
  fc.record({
    enum: fc.uniqueArray(fc.constantFrom<Json>("a", "ab", "b", 1, 0.5, 2, null, true), { minLength: 1 }),
  }),
  fc.record({ const: fc.constantFrom<Json>("a", 1, 3, false, { a: 1 }) }),
);

const objects = (tie: Tie) =>
  schemaOf(["object"], {
    properties: fc.dictionary(fc.constantFrom("a", "b", "x-a"), tie("schema"), { maxKeys: 2 }),
    patternProperties: fc.dictionary(fc.constantFrom("^x-", "^x", "a$", "^[ab]", "^a|^x"), tie("schema"), {
      maxKeys: 2,
    }),
    additionalProperties: fc.oneof(fc.boolean(), tie("schema")),
    required: fc.uniqueArray(fc.constantFrom("a", "b", "x-a"), { maxLength: 2 }),
    minProperties: length,
    maxProperties: length,
    propertyNames: fc.constant({ pattern: "a" }),
    dependentRequired: fc.constant({ a: ["b"] }),
  });
const arrays = (tie: Tie) =>
  schemaOf(["array"], {
    items: tie("schema"),
    prefixItems: fc.array(tie("schema"), { minLength: 1, maxLength: 2 }),
    contains: tie("schema"),
    minContains: length,
    maxContains: fc.integer({ min: 1, max: 3 }),
    minItems: length,
    maxItems: length,
    uniqueItems: fc.boolean(),
  });

const { schema: schemas } = fc.letrec((tie) => ({
  schema: fc.oneof(
    { maxDepth: 3, depthSize: "small", withCrossShrink: true },
    numbers,
    texts,
    literals,
    fc.constant({}),
    objects(tie),
    arrays(tie),
    fc.record({ allOf: fc.array(tie("schema"), { minLength: 1, maxLength: 2 }) }),
    fc.record({ anyOf: fc.array(tie("schema"), { minLength: 1, maxLength: 2 }) }),
    fc.record({ not: tie("schema") }),
    fc.record({ if: tie("schema"), then: tie("schema"), else: tie("schema") }, some),
  ),
})) as unknown as { schema: fc.Arbitrary<object> };

const { value: values } = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 2, withCrossShrink: true },
    fc.constantFrom<Json>(0, 0.1, 0.3, 0.5, 1, 1.5, 2, 3, 6),
    fc.constantFrom<Json>("", "a", "b", "ab", "aab", "xb"),
    fc.constantFrom<Json>(null, true, false),
    fc.array(tie("value"), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom("a", "b", "x-a", "x-b", "ca"), tie("value"), {
      maxKeys: 3,
      noNullPrototype: true,
    }),
  ),
})) as unknown as { value: fc.Arbitrary<Json> };

const flat = { maxDepth: 1 } as const;
const { any: anything } = fc.letrec(() => ({
  any: fc.oneof(flat, numbers, texts, literals, fc.constant({})),
})) as unknown as { any: fc.Arbitrary<object> };
const tie = (() => anything) as unknown as Tie;

type Keywords = { readonly [keyword: string]: unknown };

/** A schema, and the same with one keyword more, less or otherwise. */
function nearTo(kind: fc.Arbitrary<object>): fc.Arbitrary<readonly [object, object]> {
  return fc.tuple(kind, kind).chain(([one, other]) => {
    const keywords = [...new Set([...Object.keys(one), ...Object.keys(other)])].filter(
      (each) => each !== "type",
    );
    return fc.constantFrom(...(keywords.length > 0 ? keywords : ["type"])).map((keyword) => {
      const { [keyword]: _, ...rest } = one as Keywords;
      const theirs = (other as Keywords)[keyword];
      return [one, theirs === undefined ? rest : { ...rest, [keyword]: theirs }] as const;
    });
  });
}

const near = fc.oneof(nearTo(numbers), nearTo(texts), nearTo(objects(tie)), nearTo(arrays(tie)));

/** Two schemas of which one is often within the other: they differ by a keyword, beside something that both say, or one holds the other. */
const pairs = fc.oneof(
  fc.tuple(schemas, schemas),
  near,
  fc
    .tuple(near, schemas)
    .map(([[one, other], beside]) => [{ allOf: [one, beside] }, { allOf: [other, beside] }]),
  fc.tuple(near, near).map(([[one], [two]]) => [{ allOf: [one, two] }, { allOf: [two] }]),
  fc.tuple(schemas, schemas).map(([one, other]) => [one, { anyOf: [other, one] }]),
) as fc.Arbitrary<readonly [object, object]>;

const ajv = new Ajv2020({ strict: false, logger: false, allErrors: true, multipleOfPrecision: 9 });

function judgeOf(schema: object): ValidateFunction {
  const validate = ajv.compile(schema);
  ajv.removeSchema(schema);
  return validate;
}

/** Schemas of one keyword, and some of two parts. */
const PLAIN: readonly object[] = [
  ...["number", "integer"].flatMap((type) => [
    { type },
    ...["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"].flatMap((keyword) =>
      [0, 0.5, 1, 2].map((value) => ({ type, [keyword]: value })),
    ),
    ...[0.1, 0.3, 0.5, 1, 2, 3, 6].map((multipleOf) => ({ type, multipleOf })),
  ]),
  { type: "number", allOf: [{ multipleOf: 2 }, { multipleOf: 3 }] },
  { type: "string" },
  ...[0, 1, 2, 3].flatMap((value) => [
    { type: "string", minLength: value },
    { type: "string", maxLength: value },
  ]),
  ...["^a", "^a|b$", "^[ab]{1,2}$", "^(?:a|ab)$", "b"].map((pattern) => ({ type: "string", pattern })),
  ...[["a"], ["a", "ab"], ["a", 1, null], [0.5, 2], [true, false], [{ a: 1 }]].map((listed) => ({
    enum: listed,
  })),
  ...["a", "b"].flatMap((name) => [
    { type: "object", required: [name] },
    { type: "object", properties: { [name]: { type: "number" } } },
    { type: "object", properties: { [name]: {} }, additionalProperties: false },
    { type: "object", dependentRequired: { a: [name] } },
    { type: "object", propertyNames: { pattern: name } },
    { type: "object", patternProperties: { [name]: { type: "number" } } },
    { type: "object", not: { required: [name] } },
  ]),
  ...[{ patternProperties: { "^x-": {} } }, { properties: { "x-a": {} } }].map((named) => ({
    type: "object",
    allOf: [{ ...named, additionalProperties: false }, { properties: { "x-a": { type: "string" } } }],
  })),
  { type: "object", properties: { "x-a": { type: "string" } }, additionalProperties: false },
  ...[["^x"], ["^x-"], ["^(?:x-|a)"], ["^x-", "^a"], ["^x", "^[ab]$"]].flatMap((patterns) =>
    [false, { type: "number" }].map((additionalProperties) => ({
      type: "object",
      patternProperties: Object.fromEntries(patterns.map((each) => [each, { type: "string" }])),
      additionalProperties,
    })),
  ),
  { type: "object", additionalProperties: { type: "number" } },
  { type: "object", minProperties: 1 },
  { type: "object", maxProperties: 1 },
  ...[1, 2].flatMap((count) => [
    { type: "array", minItems: count },
    { type: "array", maxItems: count },
    { type: "array", contains: { const: "a" }, minContains: count },
    { type: "array", contains: { type: "string" }, maxContains: count },
  ]),
  { type: "array", uniqueItems: true },
  { type: "array", items: { type: "number" } },
  { type: "array", prefixItems: [{ type: "number" }] },
  { type: "array", prefixItems: [{ type: "number" }], items: false },
  { type: "array", prefixItems: [{}], items: { type: "number" } },
];

/** Values on either side of what those schemas ask for. */
const SAMPLES: readonly Json[] = JSON.parse(`[
  -1, 0, 0.1, 0.3, 0.5, 0.6, 1, 1.5, 2, 3, 4, 6, "", "a", "b", "ab", "ba", "aab", "xb", null, true, false,
  {}, { "a": 1 }, { "a": "a" }, { "b": 1 }, { "b": "b" }, { "a": 1, "b": 1 }, { "c": 1 }, { "x-a": 1 }, { "x-a": "a" },
  { "x-b": 1 }, { "x-a": "a", "a": 1 }, { "ca": "a" },
  [], ["a"], [1], [1, 1], ["a", "a"], ["a", "b"], [1, "a"], ["a", 1], [1, 2, 3], ["a", "a", "a"]
]`);

it("of all plain schemas, none is proved to be within one that refuses a value of it", () => {
  const components = Object.fromEntries(PLAIN.map((schema, index) => [`S${index}`, schema]));
  const all = {
    type: "object",
    properties: Object.fromEntries(
      PLAIN.map((_, index) => [`p${index}`, { $ref: `#/components/schemas/S${index}` }]),
    ),
  };
  const { model } = sideOf("a.yaml", documentOf(all, { schemas: components }));
  const sets = new SchemaSets(model.schemas);
  const subsets = new Subsets(sets, sets);
  const read = PLAIN.map((schema, index) => {
    const { schema: named } = model.schemas.get(`a.yaml#/components/schemas/S${index}`)!;
    const judge = judgeOf(schema);
    return { schema, named, taken: new Set(SAMPLES.filter((value) => judge(value))) };
  });
  const wrong = read.flatMap((inner) =>
    read
      .filter((outer) => subsets.includes([inner.named], [outer.named]))
      .filter((outer) => [...inner.taken].some((value) => !outer.taken.has(value)))
      .map((outer) => `${JSON.stringify(inner.schema)} in ${JSON.stringify(outer.schema)}`),
  );
  expect(wrong).toEqual([]);
});

/** True where the first is proved to be within the second. */
function isWithin(inner: object, outer: object): boolean {
  const [base, head] = [inner, outer].map((schema) => {
    const { model } = sideOf(
      "a.yaml",
      documentOf({ $ref: "#/components/schemas/A" }, { schemas: { A: schema } }),
    );
    const { schema: named } = model.schemas.get("a.yaml#/components/schemas/A")!;
    return { sets: new SchemaSets(model.schemas), named };
  });
  return new Subsets(base!.sets, head!.sets).includes([base!.named], [head!.named]);
}

it("what is proved to be within another schema holds no value that the other refuses", () => {
  let proved = 0;
  fc.assert(
    fc.property(pairs, fc.array(values, { minLength: 40, maxLength: 40 }), ([inner, outer], samples) => {
      if (!isWithin(inner, outer)) return;
      proved += 1;
      const [isInner, isOuter] = [judgeOf(inner), judgeOf(outer)];
      expect(samples.filter((value) => isInner(value) && !isOuter(value))).toEqual([]);
    }),
    { numRuns: 1_000 },
  );
  expect(proved).toBeGreaterThan(50);
});
