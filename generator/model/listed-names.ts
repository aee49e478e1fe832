import { mapChildren } from "./map-schema.js";
import type { LiteralsSchema, ObjectSchema, Schema, SchemaId, SchemaOf } from "./schema.js";

/** Where `propertyNames` (JSON Schema Core 2020-12, section 10.3.2.4) lists all names that there may be, by `enum` or `const`. */

/** A schema that lists texts, or the one that it refers to; undefined of any other. */
export function listing(
  schema: Schema,
  schemaOf: SchemaOf,
  seen: readonly SchemaId[] = [],
): (Schema & LiteralsSchema) | undefined {
  if (schema.kind === "ref") {
    const target = seen.includes(schema.target) ? undefined : schemaOf(schema.target);
    return target && listing(target, schemaOf, [...seen, schema.target]);
  }
  if (schema.kind !== "literals" || schema.values.length === 0) return undefined;
  return schema.values.every((value) => typeof value === "string") ? schema : undefined;
}

/** The names of the members of a map; undefined of an object that takes others, or that describes them by themselves. */
export function listedNames(schema: ObjectSchema, schemaOf: SchemaOf): readonly string[] | undefined {
  const { properties, patternProperties, additionalProperties, propertyNames } = schema;
  const isMap =
    properties.length === 0 && patternProperties.length === 0 && additionalProperties?.kind !== "never";
  const listed = isMap && propertyNames ? listing(propertyNames, schemaOf) : undefined;
  return listed?.values.map(String);
}

/** The schema with each map of it marked whose names are listed: its type has them as its keys. */
export function withKeyedMaps(schema: Schema, schemaOf: SchemaOf): Schema {
  const inner = mapChildren(schema, (child) => withKeyedMaps(child, schemaOf));
  return inner.kind === "object" && listedNames(inner, schemaOf) ? { ...inner, listsNames: true } : inner;
}
