import { isObject, objectOf, own, type JsonObject, type JsonValue } from "../json.js";
import { dialectOf } from "./dialect.js";

/** The versions that have a schema. */
export type OpenApiVersion = "2.0" | "3.0" | "3.1" | "3.2";

/** The version of an OpenAPI document, be it a number that lacks its quotes; undefined where it is none that has a schema. */
export function versionOf(document: JsonValue): OpenApiVersion | undefined {
  if (!isObject(document)) return undefined;
  if (own(document, "swagger") === "2.0") return "2.0";
  const openapi = own(document, "openapi");
  const written = typeof openapi === "number" ? `${openapi.toFixed(1)}.0` : String(openapi);
  const found = /^(3\.[0-2])\.\d+/.exec(written)?.[1];
  return found as OpenApiVersion | undefined;
}

/**
 * The schema of a version, as the OpenAPI Initiative publishes it. Those of 3.1 and 3.2 leave Schema Objects open ("without Schema
 * Object validation"): they get the meta-schema of the dialect that these versions name as their default.
 */
export async function schemaOf(version: OpenApiVersion): Promise<JsonObject> {
  const schema = await loadSchema(version);
  if (version === "3.0") return completed30(schema);
  const definitions = own(schema, "$defs");
  if (!isObject(definitions)) return schema;
  return { ...schema, $defs: { ...definitions, schema: await dialectOf(version) } };
}

/**
 * The schema of 3.0 passes over components whose name is not allowed, and arrays without `items`; the specification has a MUST for
 * both (OpenAPI 3.0.4, Components Object and Schema Object).
 */
function completed30(schema: JsonObject): JsonObject {
  const { definitions } = schema as { readonly definitions: { readonly [name: string]: JsonObject } };
  const isArray = { required: ["type"], properties: { type: { enum: ["array"] } } };
  const sections = Object.entries(definitions["Components"]!["properties"] as JsonObject);
  const closed = sections.map(([name, section]) => [name, withNames(section as JsonObject)] as const);
  return {
    ...schema,
    definitions: {
      ...definitions,
      Components: { ...definitions["Components"], properties: objectOf(closed) },
      Schema: { ...definitions["Schema"], if: isArray, then: { required: ["items"] } },
    },
  };
}

/** A map that judges every member, and every name. */
function withNames({ patternProperties, ...section }: JsonObject): JsonObject {
  const [pattern, member] = Object.entries(patternProperties as JsonObject)[0]!;
  return { ...section, propertyNames: { pattern }, additionalProperties: member };
}

/** Only the schema of the document's own version is read. */
export async function loadSchema(version: OpenApiVersion): Promise<JsonObject> {
  const json = { with: { type: "json" } } as const;
  switch (version) {
    case "2.0":
      return (await import("@seriousme/openapi-schema-validator/schemas/v2.0/schema.json", json))
        .default as JsonValue as JsonObject;
    case "3.0":
      return (await import("@seriousme/openapi-schema-validator/schemas/v3.0/schema.json", json))
        .default as JsonValue as JsonObject;
    case "3.1":
      return (await import("@seriousme/openapi-schema-validator/schemas/v3.1/schema.json", json))
        .default as JsonValue as JsonObject;
    case "3.2":
      return (await import("@seriousme/openapi-schema-validator/schemas/v3.2/schema.json", json))
        .default as JsonValue as JsonObject;
  }
}
