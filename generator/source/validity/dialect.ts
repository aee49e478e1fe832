import { isDefaultDialect } from "../dialect.js";
import { isArray, isObject, own, type JsonObject, type JsonValue } from "../json.js";

/**
 * The meta-schema of a Schema Object (OpenAPI 3.1.2, Schema Object): JSON Schema 2020-12 and the OAS base vocabulary. The
 * vocabularies are one schema here, so that an object is looked at once and not eight times; `#meta` leads back to it.
 */
export async function dialectOf(version: "2.0" | "3.0" | "3.1" | "3.2"): Promise<JsonObject> {
  const vocabularies = [...(await vocabulariesOf202012()), oasBase(version === "3.2")];
  const merged = (keyword: string) =>
    Object.assign({}, ...vocabularies.map((each) => own(each, keyword) ?? {})) as JsonObject;
  return {
    $dynamicAnchor: "meta",
    type: ["object", "boolean"],
    properties: merged("properties"),
    $defs: merged("$defs"),
    // Not of JSON Schema: see `evaluate.ts`.
    closedVocabulary: true,
  };
}

async function vocabulariesOf202012(): Promise<JsonObject[]> {
  const json = { with: { type: "json" } } as const;
  const modules = await Promise.all([
    import("ajv/dist/refs/json-schema-2020-12/schema.json", json),
    import("ajv/dist/refs/json-schema-2020-12/meta/core.json", json),
    import("ajv/dist/refs/json-schema-2020-12/meta/applicator.json", json),
    import("ajv/dist/refs/json-schema-2020-12/meta/unevaluated.json", json),
    import("ajv/dist/refs/json-schema-2020-12/meta/validation.json", json),
    import("ajv/dist/refs/json-schema-2020-12/meta/meta-data.json", json),
    import("ajv/dist/refs/json-schema-2020-12/meta/format-annotation.json", json),
    import("ajv/dist/refs/json-schema-2020-12/meta/content.json", json),
  ]);
  return modules.map((module) => module.default as JsonValue as JsonObject);
}

/** The OAS base vocabulary (OpenAPI 3.1.2 and 3.2.0, "Base Vocabulary"): Discriminator, XML and External Documentation Objects. */
function oasBase(is32: boolean): JsonObject {
  const text = { type: "string" };
  const flag = { type: "boolean" };
  const open = { patternProperties: { "^x-": true }, additionalProperties: false };
  const mapping = { type: "object", additionalProperties: text };
  return {
    properties: {
      example: true,
      discriminator: { $ref: "#/$defs/discriminator" },
      xml: { $ref: "#/$defs/xml" },
      externalDocs: { $ref: "#/$defs/external-documentation" },
    },
    $defs: {
      discriminator: {
        type: "object",
        required: ["propertyName"],
        properties: { propertyName: text, mapping, ...(is32 && { defaultMapping: text }) },
        ...open,
      },
      xml: {
        type: "object",
        properties: {
          name: text,
          namespace: { type: "string", format: "uri" },
          prefix: text,
          attribute: flag,
          wrapped: flag,
          ...(is32 && { nodeType: { enum: ["element", "attribute", "text", "cdata", "none"] } }),
        },
        ...open,
      },
      "external-documentation": {
        type: "object",
        required: ["url"],
        properties: { description: text, url: { type: "string", format: "uri-reference" } },
        ...open,
      },
    },
  };
}

/** True for a Schema Object of a dialect that this meta-schema does not describe (`$schema`, JSON Schema Core 2020-12, 8.1.1). */
export function isForeign(schema: JsonValue): boolean {
  const dialect = isObject(schema) && !isArray(schema) ? own(schema, "$schema") : undefined;
  return typeof dialect === "string" && !isDefaultDialect(dialect);
}
