import { isObject, own, type JsonObject, type JsonValue } from "./json.js";

/** How a document writes its objects; 3.2 writes its schemas as 3.1 does. */
export type Dialect = "2.0" | "3.0" | "3.1";

/** True for an OpenAPI document; everything else is a part of one. */
export function isWhole(value: JsonValue): value is JsonObject {
  return isObject(value) && (Object.hasOwn(value, "openapi") || Object.hasOwn(value, "swagger"));
}

/** The dialect that a document says it is written in; undefined for a part, which is written in that of who refers to it. */
export function dialectOf(value: JsonValue): Dialect | undefined {
  if (!isWhole(value)) return undefined;
  if (own(value, "swagger") === "2.0") return "2.0";
  return /^3\.0\.\d+/.test(String(own(value, "openapi"))) ? "3.0" : "3.1";
}

const DEFAULT = /^https?:\/\/(json-schema\.org\/draft\/2020-12\/schema|spec\.openapis\.org\/oas\/)/;

/** True for the address of the dialect that Schema Objects are in by default, or of JSON Schema 2020-12, on which it builds. */
export function isDefaultDialect(uri: string): boolean {
  return DEFAULT.test(uri);
}
