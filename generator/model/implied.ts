import { mapChildren } from "./map-schema.js";
import type { IntersectionSchema, ObjectSchema, Property, Schema, SchemaId, SchemaOf } from "./schema.js";

/** What is said of an instance beside a part of its schema. */
type Beside = {
  /** The schemas that all hold, that part among them. */
  readonly parts: readonly Schema[];
  /** What they require, and alternatives alone describe. */
  readonly asked: readonly string[];
  readonly schemaOf: SchemaOf;
};

function besideOf(parts: readonly Schema[], schemaOf: SchemaOf): Beside {
  const names = parts.flatMap((part) => undescribedIn(part, schemaOf));
  const asked = names.filter((name) => propertiesIn(parts, name, schemaOf).length === 0);
  return { parts, asked, schemaOf };
}

/**
 * The schema with what is required in one part of it and described in another both in each: `{ required: [a] }` beside a parent
 * with an optional `a`, as one of several to choose from, or beside such. For instances nothing changes; to TypeScript, `{ a?: string } & {
 * a: unknown }` is an `a` that may be undefined.
 */
export function withImplied(schema: Schema, schemaOf: SchemaOf): Schema {
  const inner = mapChildren(schema, (child) => withImplied(child, schemaOf));
  if (inner.kind !== "intersection") return inner;
  const beside = besideOf(inner.members, schemaOf);
  const members = inner.members.map((member) => described(member, beside));
  const elsewhere = new Set(inner.members.flatMap((member) => askedElsewhere(member, schemaOf)));
  return requiring(
    { ...inner, members },
    [...elsewhere].flatMap((name) => propertiesIn(inner.members, name, schemaOf).slice(0, 1)),
  );
}

/** The intersection with a member more, of the properties that it requires. */
function requiring<S extends IntersectionSchema & Schema>(schema: S, found: readonly Property[]): S {
  if (found.length === 0) return schema;
  const properties = found.map((each): Property => ({
    name: each.name,
    required: true,
    schema: each.schema,
    isImplied: true,
  }));
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
      const found = beside.asked.flatMap((name) => propertiesIn([schema], name, beside.schemaOf).slice(0, 1));
      const optional = found.filter(({ required }) => !required);
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

function describedProperty(property: Property, { parts, asked, schemaOf }: Beside): Property {
  const found = propertiesIn(parts, property.name, schemaOf).map(({ schema }) => schema);
  if (isUndescribed(property)) return { ...property, schema: found[0] ?? property.schema };
  const schema = found.length > 1 ? described(property.schema, besideOf(found, schemaOf)) : property.schema;
  return { ...property, schema, required: property.required || asked.includes(property.name) };
}

/** The names that a schema requires and does not describe, whose type is written by its own name: nothing can be described there. */
function askedElsewhere(schema: Schema, schemaOf: SchemaOf): string[] {
  return schema.kind === "ref" ? [...besideOf([schema], schemaOf).asked] : [];
}

function undescribedIn(schema: Schema, schemaOf: SchemaOf): string[] {
  return objectsIn(schema, schemaOf).flatMap(({ properties }) =>
    properties.filter(isUndescribed).map(({ name }) => name),
  );
}

/** The descriptions of a property in schemas that all hold. */
function propertiesIn(parts: readonly Schema[], name: string, schemaOf: SchemaOf): Property[] {
  return parts.flatMap((part) =>
    objectsIn(part, schemaOf).flatMap(({ properties }) =>
      properties.filter((each) => each.name === name && !isUndescribed(each)),
    ),
  );
}

/** The objects that each instance of a schema is, if it is none that is null. */
export function objectsIn(
  schema: Schema,
  schemaOf: SchemaOf,
  seen: readonly SchemaId[] = [],
): (ObjectSchema & Schema)[] {
  switch (schema.kind) {
    case "object":
      return [schema];
    case "intersection":
      return schema.members.flatMap((member) => objectsIn(member, schemaOf, seen));
    case "union": {
      const [only, ...others] = schema.members.filter(({ kind }) => kind !== "null");
      return only && others.length === 0 ? objectsIn(only, schemaOf, seen) : [];
    }
    case "ref": {
      const target = seen.includes(schema.target) ? undefined : schemaOf(schema.target);
      return target ? objectsIn(target, schemaOf, [...seen, schema.target]) : [];
    }
    default:
      return [];
  }
}

function isUndescribed({ isImplied, schema }: Property): boolean {
  return isImplied === true && schema.kind === "any";
}
