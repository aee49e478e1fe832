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

const numbers = fc.record(
  {
    type: fc.constantFrom("number", "integer"),
    minimum: bound,
    maximum: bound,
    exclusiveMinimum: bound,
    exclusiveMaximum: bound,
    multipleOf: step,
  },
  { requiredKeys: ["type"] },
);
const texts = fc.record(
  {
    type: fc.constant("string"),
    minLength: length,
    maxLength: length,
    pattern: fc.constantFrom("^a", "^a|b$", "^[ab]{1,2}$", "^(?:a|ab)$", "b"),
  },
  { requiredKeys: ["type"] },
);
const literals = fc.oneof(
  fc.record({
    enum: fc.uniqueArray(fc.constantFrom<Json>("a", "ab", "b", 1, 0.5, 2, null, true), { minLength: 1 }),
  }),
  fc.record({ const: fc.constantFrom<Json>("a", 1, 3, false, { a: 1 }) }),
);

const objects = (tie: Tie) =>
  fc.record(
    {
      type: fc.constant("object"),
      properties: fc.dictionary(fc.constantFrom("a", "b", "x-a"), tie("schema"), { maxKeys: 2 }),
      patternProperties: fc.dictionary(fc.constantFrom("^x-", "a$"), tie("schema"), { maxKeys: 1 }),
      additionalProperties: fc.oneof(fc.boolean(), tie("schema")),
      required: fc.uniqueArray(fc.constantFrom("a", "b", "x-a"), { maxLength: 2 }),
      minProperties: length,
      maxProperties: length,
      propertyNames: fc.constant({ pattern: "a" }),
      dependentRequired: fc.constant({ a: ["b"] }),
    },
    { requiredKeys: ["type"] },
  );
const arrays = (tie: Tie) =>
  fc.record(
    {
      type: fc.constant("array"),
      items: tie("schema"),
      prefixItems: fc.array(tie("schema"), { minLength: 1, maxLength: 2 }),
      contains: tie("schema"),
      minContains: length,
      maxContains: fc.integer({ min: 1, max: 3 }),
      minItems: length,
      maxItems: length,
      uniqueItems: fc.boolean(),
    },
    { requiredKeys: ["type"] },
  );

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
    fc.dictionary(fc.constantFrom("a", "b", "x-a", "x-b", "ca"), tie("value"), { maxKeys: 3 }),
  ),
})) as unknown as { value: fc.Arbitrary<Json> };

/** Two schemas, often of the same words: the second holds the first with something beside it, or something else in one place of it. */
const pairs = fc.oneof(
  fc.tuple(schemas, schemas),
  fc
    .tuple(schemas, schemas, schemas)
    .map(([one, other, more]) => [{ allOf: [one, other] }, { allOf: [one, more] }]),
  fc.tuple(schemas, schemas).map(([one, other]) => [{ allOf: [one, other] }, one]),
  fc.tuple(schemas, schemas).map(([one, other]) => [one, { anyOf: [other, one] }]),
) as fc.Arbitrary<[object, object]>;

const ajv = new Ajv2020({ strict: false, logger: false });

function judgeOf(schema: object): ValidateFunction {
  const validate = ajv.compile(schema);
  ajv.removeSchema(schema);
  return validate;
}

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
    { numRuns: 300 },
  );
  expect(proved).toBeGreaterThan(50);
});
