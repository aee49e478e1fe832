import { mapChildren } from "./map-schema.js";
import type { IntersectionSchema, Property, Schema, SchemaId } from "./schema.js";

/** Gives the schema that a reference names. */
type SchemaOf = (id: SchemaId) => Schema | undefined;

/** What stands beside a part of a schema: all of it speaks of the same instance. */
type Beside = {
  /** Gives the property as it is described there. */
  readonly propertyOf: (name: string) => Property | undefined;
  /** What is required there, and described by alternatives alone. */
  readonly asked: readonly string[];
  readonly schemaOf: SchemaOf;
};

/**
 * The schema with what is required in one part of it and described in another both in each: `{ required: [a] }` beside a parent
 * with an optional `a`, as one of several to choose from, or beside such. For instances nothing changes; to TypeScript, `{ a?: string } & {
 * a: unknown }` is an `a` that may be undefined.
 */
export function withImplied(schema: Schema, schemaOf: SchemaOf): Schema {
  const inner = mapChildren(schema, (child) => withImplied(child, schemaOf));
  if (inner.kind !== "intersection") return inner;
  const propertyOf = (name: string) => propertyIn(inner, name, schemaOf);
  const asked = undescribedIn(inner, schemaOf).filter((name) => !propertyOf(name));
  const members = inner.members.map((member) => described(member, { propertyOf, asked, schemaOf }));
  const elsewhere = new Set(inner.members.flatMap((member) => askedElsewhere(member, schemaOf)));
  return requiring({ ...inner, members }, [...elsewhere].map(propertyOf));
}

/** The intersection with a member more, of the properties that it requires. */
function requiring<S extends IntersectionSchema & Schema>(
  schema: S,
  found: readonly (Property | undefined)[],
): S {
  const properties = found.flatMap((each): Property[] =>
    each ? [{ name: each.name, required: true, schema: each.schema, isImplied: true }] : [],
  );
  if (properties.length === 0) return schema;
  const member: Schema = {
    kind: "object",
    asserted: false,
    origin: schema.origin,
    properties,
    patternProperties: [],
    dependentRequired: [],
    examples: [],
  };
  return { ...schema, members: [...schema.members, member] };
}

/** A schema by what stands beside it, and its parts that speak of the same instance. What `if` asks for is left as a question. */
function described(schema: Schema, beside: Beside): Schema {
  const part = (each: Schema) => described(each, beside);
  switch (schema.kind) {
    case "object":
      return { ...schema, properties: schema.properties.map((each) => describedProperty(each, beside)) };
    case "ref": {
      const { origin, examples } = schema;
      const found = beside.asked.map((name) => propertyIn(schema, name, beside.schemaOf));
      const optional = found.filter((each) => each?.required === false);
      if (optional.length === 0) return schema;
      return requiring({ kind: "intersection", members: [schema], origin, examples }, optional);
    }
    case "union":
    case "intersection":
      return mapChildren(schema, part);
    case "conditional":
      return {
        ...schema,
        ...(schema.then && { then: part(schema.then) }),
        ...(schema.else && { else: part(schema.else) }),
      };
    case "unevaluated":
      return { ...schema, schema: part(schema.schema) };
    default:
      return schema;
  }
}

function describedProperty(property: Property, { propertyOf, asked }: Beside): Property {
  if (!isUndescribed(property))
    return asked.includes(property.name) ? { ...property, required: true } : property;
  return { ...property, schema: propertyOf(property.name)?.schema ?? property.schema };
}

/** The names that a schema requires and does not describe, whose type is written by its own name: nothing can be described there. */
function askedElsewhere(schema: Schema, schemaOf: SchemaOf): string[] {
  if (schema.kind !== "ref") return [];
  return undescribedIn(schema, schemaOf).filter((name) => !propertyIn(schema, name, schemaOf));
}

function undescribedIn(schema: Schema, schemaOf: SchemaOf, seen: readonly SchemaId[] = []): string[] {
  switch (schema.kind) {
    case "object":
      return schema.properties.filter(isUndescribed).map(({ name }) => name);
    case "intersection":
      return schema.members.flatMap((member) => undescribedIn(member, schemaOf, seen));
    case "ref": {
      const target = seen.includes(schema.target) ? undefined : schemaOf(schema.target);
      return target ? undescribedIn(target, schemaOf, [...seen, schema.target]) : [];
    }
    default:
      return [];
  }
}

/** The first description of a property in the parts of a schema that all hold. */
function propertyIn(
  schema: Schema,
  name: string,
  schemaOf: SchemaOf,
  seen: readonly SchemaId[] = [],
): Property | undefined {
  switch (schema.kind) {
    case "object":
      return schema.properties.find((each) => each.name === name && !isUndescribed(each));
    case "intersection":
      for (const member of schema.members) {
        const found = propertyIn(member, name, schemaOf, seen);
        if (found) return found;
      }
      return undefined;
    case "ref": {
      const target = seen.includes(schema.target) ? undefined : schemaOf(schema.target);
      return target && propertyIn(target, name, schemaOf, [...seen, schema.target]);
    }
    default:
      return undefined;
  }
}

function isUndescribed({ isImplied, schema }: Property): boolean {
  return isImplied === true && schema.kind === "any";
}
