import { membersOf, type Expression } from "../fixtures/fixture.js";
import type { NamedSchema } from "../model/model.js";
import type { Property, Schema, SchemaId } from "../model/schema.js";

type Schemas = ReadonlyMap<SchemaId, NamedSchema>;

/**
 * The properties that a fixture has although its type calls them optional or nullable: what a reader of the fixture need not ask for.
 * Only of objects, whose type has each of their properties.
 */
export function givenProperties(schema: Schema, fixture: Expression, schemas: Schemas): readonly string[] {
  const properties = propertiesOf(schema, schemas, new Set()) ?? [];
  const members = new Map(membersOf(fixture));
  const given = properties.filter(({ name, required, schema: property }) => {
    const value = members.get(name);
    const isOpen = !required || mayBeNull(property, schemas, new Set());
    return value !== undefined && isOpen && isNeverNull(value, schemas);
  });
  return [...new Set(given.map(({ name }) => name))];
}

/** The properties of what is one object whatever its value; undefined of anything else. */
function propertiesOf(
  schema: Schema,
  schemas: Schemas,
  seen: ReadonlySet<SchemaId>,
): readonly Property[] | undefined {
  switch (schema.kind) {
    case "object":
      return schema.properties;
    case "ref": {
      const target = seen.has(schema.target) ? undefined : schemas.get(schema.target);
      return target && propertiesOf(target.schema, schemas, new Set([...seen, schema.target]));
    }
    case "unevaluated":
      return propertiesOf(schema.schema, schemas, seen);
    case "intersection": {
      const parts = schema.members.map((member) => propertiesOf(member, schemas, seen));
      const known = parts.filter((part) => part !== undefined);
      return known.length < parts.length ? undefined : known.flat();
    }
    default:
      return undefined;
  }
}

/** True where the type of a value as it is written has no null. */
function isNeverNull(value: Expression, schemas: Schemas): boolean {
  if (value.kind === "json") return value.value !== null;
  const used = value.kind === "use" ? schemas.get(value.schema) : undefined;
  return value.kind !== "use" || (used !== undefined && !mayBeNull(used.schema, schemas, new Set()));
}

/** True where the type of a schema has null, or is unknown. */
function mayBeNull(schema: Schema, schemas: Schemas, seen: ReadonlySet<SchemaId>): boolean {
  switch (schema.kind) {
    case "null":
    case "any":
    case "not":
    case "conditional":
      return true;
    case "literals":
      return schema.values.includes(null);
    case "ref": {
      const target = seen.has(schema.target) ? undefined : schemas.get(schema.target);
      return target === undefined || mayBeNull(target.schema, schemas, new Set([...seen, schema.target]));
    }
    case "union":
      return schema.members.some((member) => mayBeNull(member, schemas, seen));
    case "intersection":
      return schema.members.every((member) => mayBeNull(member, schemas, seen));
    case "unevaluated":
      return mayBeNull(schema.schema, schemas, seen);
    case "number":
    case "string":
      return !schema.asserted;
    default:
      return false;
  }
}
