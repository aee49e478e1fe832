import { readdirSync, readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { parse } from "yaml";
import { compileText, fileOf } from "./support/compile.js";
import { ROOT } from "./support/root.js";

/**
 * Every keyword of JSON Schema 2020-12 (core, applicator, unevaluated, validation, meta-data, format, content) and of OpenAPI's
 * Schema Object: either it changes what is generated, or it is reported at its line, or it says nothing about an instance.
 */
type Fate = "used" | "reported" | "silent";
const KEYWORDS: { readonly [keyword: string]: { schema: string; fate: Fate } } = {
  $ref: { schema: '{ $ref: "#/components/schemas/Other" }', fate: "used" },
  $id: { schema: '{ $id: "https://example.test/a" }', fate: "silent" },
  $schema: { schema: '{ $schema: "https://json-schema.org/draft/2020-12/schema" }', fate: "silent" },
  $anchor: { schema: "{ $anchor: a }", fate: "silent" },
  $dynamicAnchor: { schema: "{ $dynamicAnchor: a }", fate: "silent" },
  $vocabulary: { schema: '{ $vocabulary: { "https://example.test/v": false } }', fate: "silent" },
  // A flag in draft 2019-09; the meta-schema of 2020-12 keeps the name for a string.
  $recursiveAnchor: { schema: "{ $recursiveAnchor: meta }", fate: "reported" },
  $recursiveRef: { schema: '{ $recursiveRef: "#" }', fate: "reported" },
  definitions: { schema: "{ definitions: { A: { type: string } } }", fate: "silent" },
  dependencies: { schema: "{ dependencies: { a: [b] } }", fate: "reported" },
  $defs: { schema: "{ $defs: { A: { type: string } } }", fate: "silent" },
  $comment: { schema: "{ $comment: text }", fate: "silent" },
  $dynamicRef: {
    schema: '{ $dynamicRef: "#x", $defs: { x: { $dynamicAnchor: x, type: string } } }',
    fate: "used",
  },
  type: { schema: "{ type: string }", fate: "used" },
  enum: { schema: "{ enum: [1] }", fate: "used" },
  const: { schema: "{ const: 1 }", fate: "used" },
  allOf: { schema: "{ allOf: [{ type: string }] }", fate: "used" },
  anyOf: { schema: "{ anyOf: [{ type: string }] }", fate: "used" },
  oneOf: { schema: "{ oneOf: [{ type: string }] }", fate: "used" },
  not: { schema: "{ not: { type: string } }", fate: "used" },
  if: { schema: "{ if: { type: string } }", fate: "used" },
  then: { schema: "{ if: { type: string }, then: { minLength: 1 } }", fate: "used" },
  else: { schema: "{ if: { type: string }, else: { minimum: 1 } }", fate: "used" },
  dependentSchemas: { schema: "{ dependentSchemas: { a: { required: [b] } } }", fate: "used" },
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
  unevaluatedItems: { schema: "{ unevaluatedItems: false }", fate: "used" },
  unevaluatedProperties: { schema: "{ unevaluatedProperties: false }", fate: "used" },
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
  contentSchema: { schema: "{ type: string, contentSchema: { type: object } }", fate: "used" },
  title: { schema: "{ title: text }", fate: "used" },
  description: { schema: "{ description: text }", fate: "used" },
  default: { schema: "{ default: 1 }", fate: "used" },
  deprecated: { schema: "{ deprecated: true }", fate: "used" },
  examples: { schema: "{ examples: [1] }", fate: "used" },
  example: { schema: "{ example: 1 }", fate: "used" },
  // Of properties alone: a whole schema that is only read or only written says nothing else.
  readOnly: { schema: "{ readOnly: true }", fate: "silent" },
  writeOnly: { schema: "{ writeOnly: true }", fate: "silent" },
  discriminator: {
    schema: '{ oneOf: [{ $ref: "#/components/schemas/Open" }], discriminator: { propertyName: kind } }',
    fate: "used",
  },
  xml: { schema: "{ xml: { name: a } }", fate: "silent" },
  externalDocs: { schema: '{ externalDocs: { url: "https://example.test/" } }', fate: "silent" },
  "x-anything": { schema: "{ x-anything: 1 }", fate: "silent" },
};

/** What OpenAPI 3.0 says otherwise (3.0.4, Schema Object). */
const KEYWORDS_OF_3_0: typeof KEYWORDS = {
  nullable: { schema: "{ type: string, nullable: true }", fate: "used" },
  exclusiveMinimum: { schema: "{ type: integer, minimum: 1, exclusiveMinimum: true }", fate: "used" },
  exclusiveMaximum: { schema: "{ type: integer, maximum: 1, exclusiveMaximum: true }", fate: "used" },
};

type Version = "3.0.4" | "3.1.1" | "3.2.0";

async function outcome(schema: string, version: Version): Promise<{ text: string; reported: boolean }> {
  const document = `openapi: ${version}
info: { title: T, version: "1" }
paths: {}
components: { schemas: { Open: { type: object }, Other: { type: integer }, Tested: ${schema} } }
`;
  const compiled = await compileText(document, { openapi: false });
  const text = ["types", "validators", "fixtures"]
    .map((name) => fileOf(compiled, `src/${name}.ts`))
    .join("\n");
  return { text, reported: compiled.diagnostics.some(({ code }) => code === "keyword-unsupported") };
}

/** The same schema without the keyword: what it says is the difference. */
function withoutKeyword(schema: string, keyword: string): string {
  const { [keyword]: _left, ...rest } = parse(schema) as Record<string, unknown>;
  return JSON.stringify(rest);
}

async function fateOf(keyword: string, schema: string, version: Version): Promise<Fate> {
  const plain = await outcome(withoutKeyword(schema, keyword), version);
  const { text, reported } = await outcome(schema, version);
  if (reported) return "reported";
  return text === plain.text ? "silent" : "used";
}

it.each(Object.entries(KEYWORDS))(
  "%s is used, reported, or says nothing",
  async (keyword, { schema, fate }) => {
    expect(await fateOf(keyword, schema, "3.1.1")).toBe(fate);
  },
);

it.each(Object.entries(KEYWORDS_OF_3_0))("%s of OpenAPI 3.0 is used", async (keyword, { schema, fate }) => {
  expect(await fateOf(keyword, schema, "3.0.4")).toBe(fate);
});

it("defaultMapping of OpenAPI 3.2 is used", async () => {
  const plain = await outcome(unionBy("propertyName: kind"), "3.2.0");
  const { text } = await outcome(unionBy("propertyName: kind, defaultMapping: Open"), "3.2.0");
  expect(text).not.toBe(plain.text);
});

function unionBy(discriminator: string): string {
  return `{ oneOf: [{ $ref: "#/components/schemas/Open" }], discriminator: { ${discriminator} } }`;
}

interface MetaSchema {
  readonly properties?: object;
  readonly definitions?: { readonly Schema?: MetaSchema };
}

function keywordsOf(path: string): string[] {
  const schema = JSON.parse(readFileSync(new URL(`node_modules/${path}`, ROOT), "utf8")) as MetaSchema;
  return Object.keys((schema.definitions?.Schema ?? schema).properties ?? {});
}

/** The meta-schemas of JSON Schema 2020-12, one a vocabulary, and the schema of OpenAPI 3.0: nobody here wrote these lists. */
it("there is no other keyword", () => {
  const folder = "ajv/dist/refs/json-schema-2020-12";
  const vocabularies = readdirSync(new URL(`node_modules/${folder}/meta`, ROOT));
  const listed = [
    ...vocabularies.flatMap((file) => keywordsOf(`${folder}/meta/${file}`)),
    ...keywordsOf(`${folder}/schema.json`),
    // The OAS base vocabulary (OpenAPI 3.1.1 and 3.2.0, section "Base Vocabulary").
    "discriminator",
    "xml",
    "externalDocs",
    "example",
  ];
  const listed30 = keywordsOf("@seriousme/openapi-schema-validator/schemas/v3.0/schema.json");
  const known = new Set(Object.keys(KEYWORDS));
  expect(vocabularies).toHaveLength(7);
  expect(listed30).toHaveLength(35);
  expect(listed.filter((keyword) => !known.has(keyword))).toEqual([]);
  expect(
    listed30.filter((keyword) => !known.has(keyword) && !Object.hasOwn(KEYWORDS_OF_3_0, keyword)),
  ).toEqual([]);
  expect([...known].filter((keyword) => !listed.includes(keyword))).toEqual(["x-anything"]);
});
