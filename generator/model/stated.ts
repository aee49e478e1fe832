import type { NamedSchema } from "./model.js";
import type { DiscriminatorValue, ObjectSchema, Schema, SchemaId } from "./schema.js";

type Schemas = ReadonlyMap<SchemaId, NamedSchema>;

/**
 * The values that a schema leaves to a property of its instances by `const` or `enum`; undefined where it leaves it open, or to what no
 * discriminator tells apart.
 */
export function statedValues(
  schema: Schema,
  property: string,
  schemas: Schemas,
  seen: ReadonlySet<SchemaId> = new Set(),
): Values | undefined {
  const of = (part: Schema) => statedValues(part, property, schemas, seen);
  switch (schema.kind) {
    case "object": {
      const found = schema.properties.find(({ name }) => name === property);
      return found && constants(found.schema, schemas, seen);
    }
    case "ref": {
      const target = seen.has(schema.target) ? undefined : schemas.get(schema.target);
      return target && statedValues(target.schema, property, schemas, new Set([...seen, schema.target]));
    }
    case "intersection":
      return common(schema.members.map(of));
    case "unevaluated":
      return of(schema.schema);
    case "union":
      return union(
        schema.members.map((member, index) => {
          const values = schema.discriminator?.property === property ? schema.branches?.[index]?.values : [];
          return values && values.length > 0 ? values : of(member);
        }),
      );
    default:
      return undefined;
  }
}

/** The constants that a schema allows, if those are all that it allows. */
function constants(schema: Schema, schemas: Schemas, seen: ReadonlySet<SchemaId>): Values | undefined {
  switch (schema.kind) {
    case "literals": {
      const values = schema.values.filter((value) => value !== null && typeof value !== "object");
      return values.length === schema.values.length ? values : undefined;
    }
    case "ref": {
      const target = seen.has(schema.target) ? undefined : schemas.get(schema.target);
      return target && constants(target.schema, schemas, new Set([...seen, schema.target]));
    }
    case "intersection":
      return common(schema.members.map((member) => constants(member, schemas, seen)));
    case "union":
      return union(schema.members.map((member) => constants(member, schemas, seen)));
    default:
      return undefined;
  }
}

type Values = readonly DiscriminatorValue[];
type Found = readonly (Values | undefined)[];

function common(found: Found): Values | undefined {
  const [first, ...others] = found.filter((values) => values !== undefined);
  return first?.filter((value) => others.every((values) => values.includes(value)));
}

function union(found: Found): Values | undefined {
  const known = found.filter((values) => values !== undefined);
  return known.length < found.length ? undefined : [...new Set(known.flat())];
}

/** True where the property can be no text, and has no values by which a discriminator could tell schemas apart. */
export function isTextless(schema: Schema, property: string, schemas: Schemas): boolean {
  return (
    statedValues(schema, property, schemas) === undefined &&
    hasPlaceFor(schema, property, schemas) &&
    !mayBeTextAt(schema, property, schemas)
  );
}

function mayBeTextAt(
  schema: Schema,
  property: string,
  schemas: Schemas,
  seen: ReadonlySet<SchemaId> = new Set(),
): boolean {
  const of = (part: Schema) => mayBeTextAt(part, property, schemas, seen);
  switch (schema.kind) {
    case "object": {
      const found = schema.properties.find(({ name }) => name === property);
      return !found || mayBeText(found.schema, schemas, seen);
    }
    case "ref": {
      const target = seen.has(schema.target) ? undefined : schemas.get(schema.target);
      return !target || mayBeTextAt(target.schema, property, schemas, new Set([...seen, schema.target]));
    }
    case "intersection":
      return schema.members.every(of);
    case "union":
      return schema.members.some(of);
    case "unevaluated":
      return of(schema.schema);
    default:
      return true;
  }
}

/** True where a schema allows texts, as far as its types say. */
function mayBeText(schema: Schema, schemas: Schemas, seen: ReadonlySet<SchemaId>): boolean {
  const of = (part: Schema) => mayBeText(part, schemas, seen);
  switch (schema.kind) {
    case "literals":
      return schema.values.some((value) => typeof value === "string");
    case "ref": {
      const target = seen.has(schema.target) ? undefined : schemas.get(schema.target);
      return !target || mayBeText(target.schema, schemas, new Set([...seen, schema.target]));
    }
    case "intersection":
      return schema.members.every(of);
    case "union":
      return schema.members.some(of);
    case "unevaluated":
      return of(schema.schema);
    case "number":
    case "array":
    case "object":
      return !schema.asserted;
    case "never":
    case "null":
    case "boolean":
      return false;
    case "any":
    case "string":
    case "not":
    case "conditional":
      return true;
  }
}

/** True where every instance that is an object has the property. */
export function isRequired(
  schema: Schema,
  property: string,
  schemas: Schemas,
  seen: ReadonlySet<SchemaId> = new Set(),
): boolean {
  const of = (part: Schema) => isRequired(part, property, schemas, seen);
  switch (schema.kind) {
    case "object":
      return schema.properties.some(({ name, required }) => name === property && required);
    case "ref": {
      const target = seen.has(schema.target) ? undefined : schemas.get(schema.target);
      return (
        target !== undefined &&
        isRequired(target.schema, property, schemas, new Set([...seen, schema.target]))
      );
    }
    case "intersection":
      return schema.members.some(of);
    case "union":
      return schema.members.every(of);
    case "unevaluated":
      return of(schema.schema);
    default:
      return false;
  }
}

/** True where an instance may have the property: a closed object that does not name it has no place for it. */
export function hasPlaceFor(
  schema: Schema,
  property: string,
  schemas: Schemas,
  seen: ReadonlySet<SchemaId> = new Set(),
): boolean {
  const of = (part: Schema) => hasPlaceFor(part, property, schemas, seen);
  switch (schema.kind) {
    case "object":
      return isOpenTo(schema, property);
    case "ref": {
      const target = seen.has(schema.target) ? undefined : schemas.get(schema.target);
      return !target || hasPlaceFor(target.schema, property, schemas, new Set([...seen, schema.target]));
    }
    case "intersection":
      return schema.members.every(of);
    case "union":
      return schema.members.some(of);
    case "unevaluated":
      return (
        of(schema.schema) &&
        (schema.properties?.kind !== "never" || isNamed(schema.schema, property, schemas, seen))
      );
    case "any":
    case "not":
    case "conditional":
      return true;
    case "never":
    case "null":
    case "boolean":
    case "literals":
      return false;
    case "number":
    case "string":
    case "array":
      return !schema.asserted;
  }
}

function isOpenTo(
  { properties, patternProperties, additionalProperties }: ObjectSchema,
  name: string,
): boolean {
  return (
    properties.some((each) => each.name === name && !each.isImplied) ||
    patternProperties.some(({ pattern }) => new RegExp(pattern, "u").test(name)) ||
    additionalProperties?.kind !== "never"
  );
}

/** True where `unevaluatedProperties` of the schema has no say in the property. */
function isNamed(schema: Schema, property: string, schemas: Schemas, seen: ReadonlySet<SchemaId>): boolean {
  switch (schema.kind) {
    case "object":
      return isOpenTo({ ...schema, additionalProperties: schema.additionalProperties ?? CLOSED }, property);
    case "ref": {
      const target = seen.has(schema.target) ? undefined : schemas.get(schema.target);
      return !!target && isNamed(target.schema, property, schemas, new Set([...seen, schema.target]));
    }
    case "intersection":
    case "union":
      return schema.members.some((member) => isNamed(member, property, schemas, seen));
    case "unevaluated":
      return schema.properties !== undefined || isNamed(schema.schema, property, schemas, seen);
    default:
      return false;
  }
}

const CLOSED: Schema = { kind: "never", origin: { source: "", pointer: "" }, examples: [] };
