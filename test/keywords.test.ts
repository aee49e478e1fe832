import { expect, it } from "vitest";
import { compileText, fileOf } from "./support/compile.js";

/**
 * Every keyword of JSON Schema 2020-12 (core, applicator, unevaluated, validation, meta-data, format, content) and of OpenAPI's
 * Schema Object: either it changes what is generated, or it is reported at its line, or it says nothing about an instance.
 */
const KEYWORDS: { readonly [keyword: string]: { schema: string; fate: "used" | "reported" | "silent" } } = {
  $ref: { schema: '{ $ref: "#/components/schemas/Other" }', fate: "used" },
  $defs: { schema: "{ $defs: { A: { type: string } } }", fate: "silent" },
  $comment: { schema: "{ $comment: text }", fate: "silent" },
  $dynamicRef: {
    schema: '{ $dynamicRef: "#x", $defs: { x: { $dynamicAnchor: x, type: string } } }',
    fate: "used",
  },
  $recursiveRef: { schema: '{ $recursiveRef: "#" }', fate: "reported" },
  $anchor: { schema: "{ $anchor: x }", fate: "silent" },
  $dynamicAnchor: { schema: "{ $dynamicAnchor: x }", fate: "silent" },
  $id: { schema: "{ $id: https://example.com/x }", fate: "silent" },
  type: { schema: "{ type: string }", fate: "used" },
  enum: { schema: "{ enum: [1] }", fate: "used" },
  const: { schema: "{ const: 1 }", fate: "used" },
  allOf: { schema: "{ allOf: [{ type: string }] }", fate: "used" },
  anyOf: { schema: "{ anyOf: [{ type: string }] }", fate: "used" },
  oneOf: { schema: "{ oneOf: [{ type: string }] }", fate: "used" },
  not: { schema: "{ not: { type: string } }", fate: "used" },
  if: { schema: "{ if: { type: string }, then: { minLength: 1 } }", fate: "used" },
  dependentSchemas: { schema: "{ dependentSchemas: { a: { required: [b] } } }", fate: "reported" },
  dependentRequired: { schema: "{ dependentRequired: { a: [b] } }", fate: "used" },
  prefixItems: { schema: "{ prefixItems: [{ type: string }] }", fate: "used" },
  items: { schema: "{ items: { type: string } }", fate: "used" },
  contains: { schema: "{ contains: { type: string } }", fate: "used" },
  minContains: { schema: "{ contains: { type: string }, minContains: 2 }", fate: "used" },
  maxContains: { schema: "{ contains: { type: string }, maxContains: 2 }", fate: "used" },
  properties: { schema: "{ properties: { a: { type: string } } }", fate: "used" },
  patternProperties: { schema: "{ patternProperties: { a: { type: string } } }", fate: "used" },
  additionalProperties: { schema: "{ additionalProperties: { type: string } }", fate: "used" },
  propertyNames: { schema: "{ propertyNames: { minLength: 2 } }", fate: "used" },
  unevaluatedItems: { schema: "{ unevaluatedItems: false }", fate: "reported" },
  unevaluatedProperties: { schema: "{ unevaluatedProperties: false }", fate: "reported" },
  multipleOf: { schema: "{ multipleOf: 2 }", fate: "used" },
  maximum: { schema: "{ maximum: 2 }", fate: "used" },
  exclusiveMaximum: { schema: "{ exclusiveMaximum: 2 }", fate: "used" },
  minimum: { schema: "{ minimum: 2 }", fate: "used" },
  exclusiveMinimum: { schema: "{ exclusiveMinimum: 2 }", fate: "used" },
  maxLength: { schema: "{ maxLength: 2 }", fate: "used" },
  minLength: { schema: "{ minLength: 2 }", fate: "used" },
  pattern: { schema: '{ pattern: "a" }', fate: "used" },
  maxItems: { schema: "{ maxItems: 2 }", fate: "used" },
  minItems: { schema: "{ minItems: 2 }", fate: "used" },
  uniqueItems: { schema: "{ uniqueItems: true }", fate: "used" },
  maxProperties: { schema: "{ maxProperties: 2 }", fate: "used" },
  minProperties: { schema: "{ minProperties: 2 }", fate: "used" },
  required: { schema: "{ required: [a] }", fate: "used" },
  format: { schema: "{ type: string, format: uuid }", fate: "used" },
  contentEncoding: { schema: "{ type: string, contentEncoding: base64 }", fate: "used" },
  contentMediaType: { schema: "{ type: string, contentMediaType: text/html }", fate: "used" },
  title: { schema: "{ title: text }", fate: "used" },
  description: { schema: "{ description: text }", fate: "used" },
  default: { schema: "{ default: 1 }", fate: "used" },
  deprecated: { schema: "{ deprecated: true }", fate: "used" },
  examples: { schema: "{ examples: [1] }", fate: "used" },
  example: { schema: "{ example: 1 }", fate: "used" },
  "x-anything": { schema: "{ x-anything: 1 }", fate: "silent" },
};

async function outcome(schema: string): Promise<{ text: string; reported: boolean }> {
  const document = `openapi: 3.1.0
info: { title: T, version: "1" }
components: { schemas: { Other: { type: integer }, Tested: ${schema} } }
`;
  const compiled = await compileText(document, { openapi: false });
  const text = ["types", "validators", "fixtures"]
    .map((name) => fileOf(compiled, `src/${name}.ts`))
    .join("\n");
  return { text, reported: compiled.diagnostics.some(({ code }) => code === "keyword-unsupported") };
}

it.each(Object.entries(KEYWORDS))(
  "%s is used, reported, or says nothing",
  async (_keyword, { schema, fate }) => {
    const plain = await outcome("{}");
    const { text, reported } = await outcome(schema);
    expect(reported ? "reported" : text === plain.text ? "silent" : "used").toBe(fate);
  },
);
