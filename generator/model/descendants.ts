import { basesOf } from "./break-rings.js";
import type { NamedSchema } from "./model.js";
import { addTo, type Groups } from "./order.js";
import type { Discriminator, DiscriminatorValue, Schema, SchemaId } from "./schema.js";
import { statedValues } from "./stated.js";

type Schemas = ReadonlyMap<SchemaId, NamedSchema>;

/**
 * Those that build on a schema by `allOf`, directly or not, the nearest first.
 *
 * @param isOpen says of one of them whether those that build on it count, too.
 */
export function descendantsOf(
  parent: SchemaId,
  schemas: Schemas,
  isOpen: (schema: Schema) => boolean = () => true,
): readonly NamedSchema[] {
  const derived = derivedIn(schemas);
  const found = new Set<SchemaId>();
  const queue = [...(derived.get(parent) ?? [])];
  for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
    if (found.has(next) || next === parent) continue;
    found.add(next);
    if (isOpen(schemas.get(next)!.schema)) queue.push(...(derived.get(next) ?? []));
  }
  return Array.from(found, (id) => schemas.get(id)!);
}

/** The place of a schema in a Media Type Object. */
const IN_BODY = /\/content\/[^/]*\/(?:schema|itemSchema)$/;

/**
 * Those that the discriminator of a parent may mean: what builds on one that tells its own apart by another property is meant as that one
 * is, unless the mapping names it. What stands in a body has no name to be meant by.
 */
export function kindsOf(
  parent: SchemaId,
  { property, mapping }: Discriminator,
  schemas: Schemas,
): readonly NamedSchema[] {
  const isOpen = (schema: Schema) => !hasChildren(schema) || schema.discriminator.property === property;
  const mapped = new Set(mapping.map(({ target }) => target));
  const kinds = new Set(
    descendantsOf(parent, schemas, isOpen).filter(({ origin }) => !IN_BODY.test(origin.pointer)),
  );
  return descendantsOf(parent, schemas).filter((each) => kinds.has(each) || mapped.has(each.id));
}

/** Those that build on each schema directly. */
function derivedIn(schemas: Schemas): ReadonlyMap<SchemaId, readonly SchemaId[]> {
  const known = derivedOf.get(schemas);
  if (known) return known;
  const derived: Groups<SchemaId, SchemaId> = new Map();
  for (const { id, schema } of schemas.values()) for (const base of basesOf(schema)) addTo(derived, base, id);
  derivedOf.set(schemas, derived);
  return derived;
}

/** What was found in a model: each of its parents is asked about. */
const derivedOf = new WeakMap<Schemas, ReadonlyMap<SchemaId, readonly SchemaId[]>>();

/** True for a parent whose discriminator may mean what builds on it: a union lists what its own means. */
export function hasChildren(schema: Schema): schema is Schema & { readonly discriminator: Discriminator } {
  return schema.discriminator !== undefined && schema.kind !== "union";
}

/**
 * What the values of a parent's discriminator mean, of those that build on it: by the mapping, by their names, or as they say themselves
 * (OpenAPI 3.2.0, Discriminator Object). What directions see otherwise is listed as each sees it.
 */
export function meaningsOfParent(
  { place, schema }: NamedSchema,
  schemas: Schemas,
): ReadonlyMap<string, readonly NamedSchema[]> {
  if (!hasChildren(schema)) return new Map();
  const { property } = schema.discriminator;
  // What builds on a schema may do so as it stands, where one direction sees another.
  const views = [...schemas.values()].filter((each) => each.place === place);
  const meanings: Groups<string, NamedSchema> = new Map();
  for (const child of new Set(views.flatMap(({ id }) => kindsOf(id, schema.discriminator, schemas))))
    for (const value of valuesMeaning(child.schema, property, schemas).own)
      addTo(meanings, String(value), child);
  return meanings;
}

/** The values of a property that mean a schema which builds on others, and those that mean it or what builds on it. */
export function valuesMeaning(
  schema: Schema,
  property: string,
  schemas: Schemas,
): { readonly own: readonly DiscriminatorValue[]; readonly all: readonly DiscriminatorValue[] } {
  const given = givenIn(schema, property);
  if (given) return given;
  const stated = statedValues(schema, property, schemas) ?? [];
  return { own: stated, all: stated };
}

type Values = readonly DiscriminatorValue[];

/** The values that a discriminator gives a schema: those that mean no other that builds on it, and all. */
function givenIn(
  schema: Schema,
  property: string,
): { readonly own: Values; readonly all: Values } | undefined {
  if (schema.kind === "unevaluated") return givenIn(schema.schema, property);
  if (schema.kind !== "intersection") return undefined;
  const given = schema.members.flatMap((each) =>
    each.kind === "object" && each.isGiven ? each.properties : [],
  );
  const literals = given.find(({ name }) => name === property)?.schema;
  if (literals?.kind !== "literals") return undefined;
  const { values, meant = values } = literals;
  return { own: meant as Values, all: values as Values };
}
