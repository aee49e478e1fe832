import { isObject, own, type JsonObject, type JsonValue } from "../json.js";
import { dialectOf } from "./dialect.js";

/** The versions that have a schema. */
export type OpenApiVersion = "2.0" | "3.0" | "3.1" | "3.2";

/** The version of an OpenAPI document; undefined where it is none that has a schema. */
export function versionOf(document: JsonValue): OpenApiVersion | undefined {
  if (!isObject(document)) return undefined;
  if (own(document, "swagger") === "2.0") return "2.0";
  const found = /^(3\.[0-2])\.\d+/.exec(String(own(document, "openapi")))?.[1];
  return found as OpenApiVersion | undefined;
}

/**
 * The schema of a version, as the OpenAPI Initiative publishes it. Those of 3.1 and 3.2 leave Schema Objects open ("without Schema
 * Object validation"): they get the meta-schema of the dialect that these versions name as their default.
 */
export async function schemaOf(version: OpenApiVersion): Promise<JsonObject> {
  const schema = await load(version);
  const definitions = own(schema, "$defs");
  if (!isObject(definitions)) return schema;
  return { ...schema, $defs: { ...definitions, schema: await dialectOf(version) } };
}

/** Only the schema of the document's own version is read. */
async function load(version: OpenApiVersion): Promise<JsonObject> {
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
