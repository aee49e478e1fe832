import { mapFields } from "./grammar.js";
import { isObject, own, type JsonValue } from "./json.js";
import type { References } from "./references.js";
import type { Origin } from "./source.js";
import { fragmentOf } from "./uri.js";

/** The schema at a place, with references that name the same wherever it stands. */
export function absolute(schema: JsonValue, origin: Origin, references: References): JsonValue {
  if (!isObject(schema)) return schema;
  const mapped = mapFields(schema, "schema", (child) =>
    absolute(child.value, { ...origin, pointer: origin.pointer + child.pointer }, references),
  );
  const ref = own(schema, "$ref");
  const found = typeof ref === "string" ? references.resolve(ref, origin) : undefined;
  if (found?.kind !== "found") return mapped;
  const { uri } = references.resourceOf({ source: found.origin.source, pointer: "" });
  return { ...mapped, $ref: `${uri}#${fragmentOf(found.origin.pointer)}` };
}
