import { isArray, isObject, type JsonValue } from "./json.js";

/** What people call the types of JSON. */
export const TYPE_NAMES = {
  string: "a string",
  boolean: "true or false",
  number: "a number",
  integer: "a whole number",
  object: "an object",
  array: "a list",
  null: "null",
} as const;

/** The type of a value; a whole number is a number. */
export function typeOf(value: JsonValue): Exclude<keyof typeof TYPE_NAMES, "integer"> {
  if (value === null) return "null";
  if (isArray(value)) return "array";
  return isObject(value) ? "object" : (typeof value as "string" | "boolean" | "number");
}

/** A value in a message: objects and lists by their type, others as they are. */
export function describe(value: JsonValue): string {
  const type = typeOf(value);
  if (type === "object" || type === "array") return TYPE_NAMES[type];
  return type === "null" ? "null" : JSON.stringify(value).slice(0, 60);
}
