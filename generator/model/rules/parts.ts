import { isArray, isObject, own, type JsonObject, type JsonValue } from "../../source/json.js";
import { pointerOfFragment, valueAt } from "../../source/pointer.js";
import type { ObjectNode } from "../reader.js";

/** A schema and those whose properties it has, too; each once, for they may lead to each other. */
export function partsOf(schema: JsonValue, document: ObjectNode): ReadonlySet<JsonValue> {
  const parts = new Set([schema]);
  // What is added meanwhile gets its turn.
  for (const part of parts) {
    if (!isObject(part)) continue;
    for (const each of ["allOf", "anyOf", "oneOf"].flatMap((keyword) => listOf(own(part, keyword))))
      parts.add(each);
    if (Object.hasOwn(part, "$ref")) parts.add(targetOf(part, document));
  }
  return parts;
}

/** What brings in properties that it does not name. */
const OPEN = [
  "additionalProperties",
  "unevaluatedProperties",
  "patternProperties",
  "dependentSchemas",
  "if",
  "$dynamicRef",
];

/** True where a schema names a property or lets others in on purpose, and of one that stands in another document. */
export function mayHold(part: JsonValue, name: string): boolean {
  if (!isObject(part)) return true;
  const properties = own(part, "properties");
  return (
    (isObject(properties) && Object.hasOwn(properties, name)) ||
    OPEN.some((keyword) => Object.hasOwn(part, keyword) && own(part, keyword) !== false)
  );
}

/** What a reference names in the document; null where it names nothing there. */
export function targetOf(schema: JsonObject, document: ObjectNode): JsonValue {
  const ref = own(schema, "$ref");
  if (typeof ref !== "string" || !ref.startsWith("#")) return null;
  const pointer = pointerOfFragment(ref.slice(1));
  return (pointer === undefined ? undefined : valueAt(document.value, pointer)) ?? null;
}

export function listOf(value: JsonValue | undefined): readonly JsonValue[] {
  return isArray(value) ? value : [];
}
