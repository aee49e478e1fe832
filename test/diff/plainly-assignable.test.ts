import fc from "fast-check";
import { expect, it } from "vitest";
import { unassignable } from "../../generator/diff/assignability.js";
import type { PackageSide } from "../../generator/diff/changed-parts.js";
import type { Pair } from "../../generator/diff/compare-schemas.js";
import { typeQuestions, type TypeQuestion } from "../../generator/diff/type-questions.js";
import { chooseNames } from "../../generator/emit/names.js";
import { OpenEnums } from "../../generator/emit/open-enums.js";
import { usesOf } from "../../generator/model/graph.js";
import { readRuntime } from "../../generator/pipeline/installed.js";
import { documentOf, sideOf } from "../support/review.js";

const runtime = await readRuntime();

function packageOf(schema: object, thing: object): PackageSide {
  const { model } = sideOf("document.yaml", documentOf(schema, { schemas: { Thing: thing } }));
  const openEnums = new OpenEnums(model, true);
  return { model, openEnums, names: chooseNames(model, { api: "things", openEnums }), uses: usesOf(model) };
}

const textOf = ({ direction, names }: TypeQuestion) => `${direction} ${names.base} ${names.head}`;

/** What would be asked if nothing were plain. */
function allQuestions(sides: Pair<PackageSide>): TypeQuestion[] {
  const never = { of: () => false, ofNamed: () => false };
  return typeQuestions(sides, { request: never, response: never });
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

it("what is plainly assignable the compiler takes, too", () => {
  let plain = 0;
  const things = {
    type: "object",
    properties: { a: { type: "string" }, again: { $ref: "#/components/schemas/Thing" } },
  };
  fc.assert(
    fc.property(schemas, schemas, schemas, (base, head, thing) => {
      const sides = { base: packageOf(base, things), head: packageOf(head, { anyOf: [things, thing] }) };
      const asked = new Set(typeQuestions(sides).map(textOf));
      const spared = allQuestions(sides).filter((question) => !asked.has(textOf(question)));
      if (spared.length === 0) return;
      plain += spared.length;
      expect(unassignable(spared, sides, runtime)).toStrictEqual([]);
    }),
    { numRuns: 150 },
  );
  expect(plain).toBeGreaterThan(50);
});
