import { isArray, isObject, jsonEquals, type JsonArray, type JsonValue } from "../json.js";

/** What the keywords of JSON Schema ask of one value. */

export function lengthOf(value: JsonValue): number | undefined {
  return isArray(value) ? value.length : undefined;
}

export function sizeOf(value: JsonValue): number | undefined {
  return isObject(value) ? Object.keys(value).length : undefined;
}

export function hasType(value: JsonValue, type: JsonValue): boolean {
  if (type === "null") return value === null;
  if (type === "array") return isArray(value);
  if (type === "object") return isObject(value);
  return type === "integer" ? Number.isInteger(value) : typeof value === type;
}

/** More objects than this in one list are not compared in pairs. */
const MAX_COMPARED = 2_000;

/** True where two items are equal. Plain values, which most lists hold, are compared by a set. */
export function hasTwins(items: JsonArray): boolean {
  const plain = items.filter((item) => typeof item !== "object" || item === null);
  if (new Set(plain).size < plain.length) return true;
  const others = items.filter((item) => typeof item === "object" && item !== null);
  return others
    .slice(0, MAX_COMPARED)
    .some((item, index) => others.slice(index + 1).some((other) => jsonEquals(item, other)));
}
