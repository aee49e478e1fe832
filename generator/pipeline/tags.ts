import type { JsonObject, JsonValue } from "../source/json.js";

/** That the property has one of the values, if it is there. In a `not`, `properties` evaluates nothing. */
export function tagOf(property: string, values: readonly JsonValue[]): JsonObject {
  return { not: { not: { properties: { [property]: { enum: values } } } } };
}

/** That the property of an object has none of the values. Ajv takes no `enum` without values. */
export function otherThan(property: string, values: readonly JsonValue[]): JsonObject {
  if (values.length === 0) return {};
  return { not: { type: "object", required: [property], properties: { [property]: { enum: values } } } };
}
