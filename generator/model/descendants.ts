import { basesOf } from "./break-rings.js";
import type { ApiModel, NamedSchema } from "./model.js";
import { addTo, type Groups } from "./order.js";
import type { Discriminator, DiscriminatorValue, Schema, SchemaId } from "./schema.js";
import { statedValues } from "./stated.js";

type Schemas = ApiModel["schemas"];

/** Those that build on a schema by `allOf`, directly or not, in the order of the model. */
export function descendantsOf(parent: SchemaId, schemas: Schemas): NamedSchema[] {
  const found = new Set<SchemaId>([parent]);
  const all = [...schemas.values()];
  for (let size = 0; size < found.size;) {
    size = found.size;
    for (const { id, schema } of all) if (basesOf(schema).some((base) => found.has(base))) found.add(id);
  }
  return all.filter(({ id }) => id !== parent && found.has(id));
}

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
  for (const child of new Set(views.flatMap(({ id }) => descendantsOf(id, schemas))))
    for (const value of givenIn(child.schema, property) ??
      statedValues(child.schema, property, schemas) ??
      [])
      addTo(meanings, String(value), child);
  return meanings;
}

/** The values that a discriminator gives a schema, and no other that builds on it. */
function givenIn(schema: Schema, property: string): readonly DiscriminatorValue[] | undefined {
  if (schema.kind === "unevaluated") return givenIn(schema.schema, property);
  if (schema.kind !== "intersection") return undefined;
  const given = schema.members.flatMap((each) =>
    each.kind === "object" && each.isGiven ? each.properties : [],
  );
  const literals = given.find(({ name }) => name === property)?.schema;
  return literals?.kind === "literals"
    ? ((literals.meant ?? literals.values) as readonly DiscriminatorValue[])
    : undefined;
}
