import { expect, it } from "vitest";
import { compileText, fileOf } from "../support/compile.js";

const OBJECT = "type: object, properties: { a: { type: string } }";

/** Which schemas the emitted type test compares, and why it does not compare the others. */
const SCHEMAS: readonly (readonly [name: string, schema: string, reason: RegExp | undefined])[] = [
  ["Text", "type: string", undefined],
  ["Plain", OBJECT, undefined],
  ["Open", "type: object", undefined],
  ["Indexed", "type: object, additionalProperties: { type: integer }", undefined],
  ["Empty", "type: object, additionalProperties: false", /has no members/],
  ["Emptied", "type: object, maxProperties: 0", /has no members/],
  ["Both", `${OBJECT}, additionalProperties: { type: integer }`, /every property the type/],
  ["Shut", `${OBJECT}, additionalProperties: false`, undefined],
  ["Patterned", "type: object, patternProperties: { '^x': { type: integer } }", /whatever its name/],
  ["Implied", "type: object, required: [b]", /described nowhere/],
  ["Untyped", "properties: { a: { type: string } }", /has no `type`/],
  ["List", "type: array, items: { type: string }", undefined],
  ["Bounded", "type: array, items: { type: string }, maxItems: 2", undefined],
  ["Nothing", "type: array, items: { type: string }, maxItems: 0", /always empty/],
  ["Items", "items: { type: string }", /has no `type`/],
  ["Tuple", "type: array, prefixItems: [{ type: string }]", /of a tuple/],
  ["Enum", "enum: [a, 1, null]", undefined],
  ["Narrower", "type: string, enum: [a, 1]", /`type` forbids/],
  ["Objects", "enum: [{ a: 1 }]", /objects or lists/],
  ["Constant", "const: a", undefined],
  ["Null", "const: null", /constant that is null/],
  ["Nothings", "enum: [null]", undefined],
  ["Chosen", "if: { type: string }, then: { const: a }, else: { type: integer }", /does not read `if`/],
  ["Dependent", "dependentSchemas: { a: { required: [b] } }", /`dependentSchemas`/],
  ["Union", "anyOf: [{ type: string }, { $ref: '#/components/schemas/Plain' }]", undefined],
  [
    "Intersection",
    "allOf: [{ $ref: '#/components/schemas/Plain' }, { type: object, required: [a] }]",
    /as alternatives/,
  ],
  ["Uses", "type: object, properties: { a: { $ref: '#/components/schemas/Tuple' } }", /of a tuple/],
  ["UsesUses", "type: array, items: { $ref: '#/components/schemas/Uses' }", /of a tuple/],
  ["UsesPlain", "type: array, items: { $ref: '#/components/schemas/Plain' }", undefined],
  [
    "Cat",
    "type: object, required: [kind], properties: { kind: { const: cat } }",
    /guess of the discriminator/,
  ],
  [
    "Pet",
    "oneOf: [{ $ref: '#/components/schemas/Cat' }], discriminator: { propertyName: kind }",
    /guess of the discriminator/,
  ],
];

it("the type test of a package compares what openapi-typescript says rightly, all of it", async () => {
  const compiled = await compileText(
    `openapi: 3.1.0\ninfo: { title: T, version: "1" }\ncomponents:\n  schemas:\n${SCHEMAS.map(([name, schema]) => `    ${name}: { ${schema} }\n`).join("")}`,
  );
  const text = fileOf(compiled, "test/types-agree.ts").replace(/\s+/g, " ");
  const said = SCHEMAS.map(([name]) => {
    const [, docs = "", type = ""] =
      new RegExp(`((?:/\\*\\*(?:[^*]|\\*(?!/))*\\*/ )?)export type ${name}Agrees = ([^;]*);`).exec(text) ??
      [];
    return [name, type.startsWith("Expect<Agree<"), docs] as const;
  });
  expect(said.filter(([, isCompared]) => isCompared).map(([name]) => name)).toEqual(
    SCHEMAS.filter(([, , reason]) => !reason).map(([name]) => name),
  );
  for (const [index, [name, , docs]] of said.entries()) {
    const [, , reason] = SCHEMAS[index]!;
    if (reason) expect(docs, name).toMatch(reason);
  }
});
