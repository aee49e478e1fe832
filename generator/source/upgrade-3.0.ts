import { mapFields, type Kind } from "./grammar.js";
import { isArray, isObject, objectOf, own, type JsonObject, type JsonValue } from "./json.js";

/**
 * An object of OpenAPI 3.0 as 3.1 says it: the Schema Object of 3.0 is a dialect of its own (OpenAPI 3.0.4, Schema Object), that of
 * 3.1 is JSON Schema. Pointers stay as they are, but for what becomes nullable by an
 * `anyOf` around it.
 */
export function upgradeFrom30(value: JsonValue, kind: Kind): JsonValue {
  if (!isObject(value)) return value;
  // What stands beside the `$ref` of a Reference Object is ignored (3.0.4, Reference Object); in 3.1, some of it is not.
  const { $ref } = value;
  if (typeof $ref === "string" && kind !== "schema" && kind !== "pathItem") return { $ref };
  const whole = mapFields(value, kind, (child) => upgradeFrom30(child.value, child.kind));
  return kind === "schema" ? upgradeSchema(whole) : whole;
}

/** Keywords that a `$ref` of 3.0 does not switch off: they say nothing about an instance. */
const ANNOTATIONS = new Set([
  "description",
  "title",
  "deprecated",
  "readOnly",
  "writeOnly",
  "example",
  "default",
]);

function upgradeSchema(schema: JsonObject): JsonObject {
  const nullable = own(schema, "nullable") === true;
  if (Object.hasOwn(schema, "$ref")) {
    const kept = Object.entries(schema).filter(([key]) => key === "$ref" || ANNOTATIONS.has(key));
    return nullable ? orNull(objectOf(kept)) : objectOf(kept);
  }
  const bounded = upgradeBounds(withoutIdentifiers(schema));
  const { nullable: _nullable, ...rest } = bounded;
  return nullable ? withNull(rest) : rest;
}

/** Keywords of JSON Schema 2020-12 that mean nothing in 3.0, and would name schemas or change what references start from. */
const IDENTIFIERS = [
  "$schema",
  "$id",
  "$anchor",
  "$dynamicAnchor",
  "$dynamicRef",
  "$recursiveAnchor",
  "$recursiveRef",
];

function withoutIdentifiers(schema: JsonObject): JsonObject {
  if (!IDENTIFIERS.some((keyword) => Object.hasOwn(schema, keyword))) return schema;
  return objectOf(Object.entries(schema).filter(([key]) => !IDENTIFIERS.includes(key)));
}

/** `exclusiveMinimum: true` makes `minimum` exclusive (3.0); in 3.1 it is the bound itself. */
function upgradeBounds(schema: JsonObject): JsonObject {
  return [["minimum", "exclusiveMinimum"] as const, ["maximum", "exclusiveMaximum"] as const].reduce(
    (current, [bound, flag]) => {
      if (typeof own(current, flag) !== "boolean") return current;
      const { [bound]: limit, [flag]: isExclusive, ...rest } = current;
      if (limit === undefined) return rest;
      return { ...rest, [isExclusive === true ? flag : bound]: limit };
    },
    schema,
  );
}

const COMPOSITIONS = ["allOf", "anyOf", "oneOf"];

/**
 * `nullable: true` adds null to the `type` (3.0.4, Schema Object); an `enum` beside it is meant with null, although 3.0 asks for it
 * to be listed. Of a composition beside it, which "may disallow the use of null" there, it speaks as well, with a `type` and without, as
 * every author means it and openapi-typescript reads it.
 */
function withNull(schema: JsonObject): JsonObject {
  const { type, enum: values } = schema;
  if (typeof type !== "string" || COMPOSITIONS.some((keyword) => Object.hasOwn(schema, keyword)))
    return orNull(schema);
  const widened = { ...schema, type: [type, "null"] };
  return isArray(values) && !values.includes(null) ? { ...widened, enum: [...values, null] } : widened;
}

function orNull(schema: JsonObject): JsonObject {
  if (Object.keys(schema).length === 0) return schema;
  const annotations = Object.entries(schema).filter(([key]) => key !== "$ref" && ANNOTATIONS.has(key));
  return { ...objectOf(annotations), anyOf: [schema, { type: "null" }] };
}
