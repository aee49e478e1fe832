import { mapChildren } from "./map-schema.js";
import type { ObjectSchema, Property, Schema, SchemaId } from "./schema.js";

/** Gives the schema that a reference names. */
type SchemaOf = (id: SchemaId) => Schema | undefined;

/**
 * The schema with what is required in one member of an `allOf` and described in another described in both: `{ required: [a] }` beside a
 * parent with an optional `a`. For instances nothing changes; to TypeScript, `{ a?: string } & { a: unknown }` is an `a` that may be
 * undefined.
 */
export function withImplied(schema: Schema, schemaOf: SchemaOf): Schema {
  const inner = mapChildren(schema, (child) => withImplied(child, schemaOf));
  if (inner.kind !== "intersection") return inner;
  const { members } = inner;
  return {
    ...inner,
    members: members.map((member) =>
      member.kind === "object" ? described(member, (name) => find(name, members, schemaOf)) : member,
    ),
  };
}

function described(schema: ObjectSchema & Schema, findByName: (name: string) => Schema | undefined): Schema {
  const change = (property: Property): Property => {
    const found = isUndescribed(property) ? findByName(property.name) : undefined;
    return found ? { ...property, schema: found } : property;
  };
  return schema.properties.some(isUndescribed)
    ? { ...schema, properties: schema.properties.map(change) }
    : schema;
}

function isUndescribed({ isImplied, schema }: Property): boolean {
  return isImplied === true && schema.kind === "any";
}

/** The first description of a property in schemas that all hold. */
function find(
  name: string,
  members: readonly Schema[],
  schemaOf: SchemaOf,
  seen: readonly SchemaId[] = [],
): Schema | undefined {
  for (const member of members) {
    const found = findIn(member, name, schemaOf, seen);
    if (found) return found;
  }
  return undefined;
}

function findIn(
  schema: Schema,
  name: string,
  schemaOf: SchemaOf,
  seen: readonly SchemaId[],
): Schema | undefined {
  switch (schema.kind) {
    case "object":
      return schema.properties.find((each) => each.name === name && !isUndescribed(each))?.schema;
    case "intersection":
      return find(name, schema.members, schemaOf, seen);
    case "ref": {
      const target = seen.includes(schema.target) ? undefined : schemaOf(schema.target);
      return target && findIn(target, name, schemaOf, [...seen, schema.target]);
    }
    default:
      return undefined;
  }
}
