/** A value that JSON can carry (RFC 8259, section 3). */
export type JsonValue = null | boolean | number | string | JsonArray | JsonObject;
export type JsonArray = readonly JsonValue[];
export type JsonObject = { readonly [key: string]: JsonValue };

/** True for a JSON object: neither null nor an array. */
export function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** `Array.isArray`, which does not narrow a readonly array by itself. */
export function isArray(value: JsonValue | undefined): value is JsonArray {
  return Array.isArray(value);
}

/** The own property of an object; never one of the prototype (`constructor`, `toString`, …). */
export function own(object: JsonObject, key: string): JsonValue | undefined {
  return Object.hasOwn(object, key) ? object[key] : undefined;
}

/** Equality of JSON Schema 2020-12, section 4.2.2: members of objects in any order, 1 equal to 1.0. */
export function jsonEquals(a: JsonValue | undefined, b: JsonValue | undefined): boolean {
  if (a === b) return true;
  if (isArray(a) && isArray(b)) {
    return a.length === b.length && a.every((item, index) => jsonEquals(item, b[index]));
  }
  if (!isObject(a) || !isObject(b)) return false;
  const keys = Object.keys(a);
  return (
    keys.length === Object.keys(b).length &&
    keys.every((key) => Object.hasOwn(b, key) && jsonEquals(own(a, key), own(b, key)))
  );
}

/** An object of the entries as they are: `__proto__` becomes an ordinary property. In a loop: `Object.fromEntries` takes five times as long. */
export function objectOf(entries: Iterable<readonly [string, JsonValue]>): JsonObject {
  const object: Record<string, JsonValue> = {};
  for (const [key, value] of entries) define(object, key, value);
  return object;
}

/** A copy of an object with each of its members changed. */
export function mapMembers(
  object: JsonObject,
  change: (key: string, value: JsonValue) => JsonValue,
): JsonObject {
  const copy: Record<string, JsonValue> = {};
  for (const key of Object.keys(object)) define(copy, key, change(key, object[key]!));
  return copy;
}

function define(object: Record<string, JsonValue>, key: string, value: JsonValue): void {
  if (key === "__proto__")
    Object.defineProperty(object, key, { value, configurable: true, enumerable: true, writable: true });
  else object[key] = value;
}
