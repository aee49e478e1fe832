import { isObject, own, type JsonValue } from "../../source/json.js";
import { below, type ObjectNode } from "../reader.js";
import type { Rule } from "./rule.js";
import { listOf, targetOf } from "./schemas.js";

/** "The key, being the property name, MUST exist in the schema as a property" (OpenAPI 3.1.2, Media Type Object, `encoding`). */
export const encodingRule: Rule = (reader, { value, origin }, document) => {
  const encoding = own(value, "encoding");
  const schema = own(value, "schema");
  if (!isObject(encoding) || !isObject(schema)) return;
  const parts = [...partsOf(schema, document)];
  for (const property of Object.keys(encoding).filter((name) => !parts.some((part) => mayHold(part, name))))
    reader.report("encoding-unknown", { property }, below(origin, "encoding", property), "key");
};

/** A schema and those whose properties it has, too; each once, for they may lead to each other. */
function partsOf(schema: JsonValue, document: ObjectNode): ReadonlySet<JsonValue> {
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
function mayHold(part: JsonValue, name: string): boolean {
  if (!isObject(part)) return true;
  const properties = own(part, "properties");
  return (
    (isObject(properties) && Object.hasOwn(properties, name)) ||
    OPEN.some((keyword) => Object.hasOwn(part, keyword) && own(part, keyword) !== false)
  );
}
