import type { NamedSchema } from "./model.js";
import type { Reader } from "./reader.js";
import type { Schema, SchemaId } from "./schema.js";

type Schemas = ReadonlyMap<SchemaId, NamedSchema>;

/**
 * A child that builds by `allOf` on a parent which lists the child as one of its alternatives: taken at its word, neither has an end.
 * What their authors mean is the parent without its alternatives, and so the child reads it.
 */
export function breakRings(reader: Reader, schemas: Schemas): Schemas {
  const targets = new Map([...schemas].map(([id, { schema }]) => [id, targetsInPlace(schema)] as const));
  const leads = (from: SchemaId, to: SchemaId) => reaches(from, to, targets);
  return new Map(
    [...schemas].map(([id, named]) => {
      const isRing = (base: SchemaId) =>
        base !== id && alternativesOf(schemas.get(base)?.schema).length > 0 && leads(base, id);
      const rings = [...new Set(basesOf(named.schema))].filter(isRing);
      for (const base of rings)
        reader.report("parent-lists-child", { parent: nameOf(schemas, base) }, named.origin, "key");
      if (rings.length === 0) return [id, named] as const;
      const broken = basesIn(named.schema).filter(({ target }) => rings.includes(target));
      return [
        id,
        {
          ...named,
          rings: broken.map(({ origin, target }) => ({ origin, parent: target })),
          schema: withoutRings(named.schema, rings, schemas),
        },
      ] as const;
    }),
  );
}

function nameOf(schemas: Schemas, id: SchemaId): string {
  return schemas.get(id)?.words.join(" ") ?? id;
}

/** The references of a schema that speak of the same value as the schema itself. */
export function targetsInPlace(schema: Schema): readonly SchemaId[] {
  switch (schema.kind) {
    case "ref":
      return [schema.target];
    case "union":
    case "intersection":
      return schema.members.flatMap(targetsInPlace);
    case "unevaluated":
      return targetsInPlace(schema.schema);
    default:
      return [];
  }
}

function reaches(from: SchemaId, to: SchemaId, targets: ReadonlyMap<SchemaId, readonly SchemaId[]>): boolean {
  const seen = new Set<SchemaId>();
  const queue = [from];
  for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
    for (const target of targets.get(next) ?? []) {
      if (target === to) return true;
      if (!seen.has(target)) queue.push(target);
      seen.add(target);
    }
  }
  return false;
}

/** The schemas that a schema builds on: the references in its `allOf`. */
export function basesOf(schema: Schema): readonly SchemaId[] {
  return basesIn(schema).map(({ target }) => target);
}

/** The references in the `allOf` of a schema. */
export function basesIn(schema: Schema): readonly (Schema & { readonly kind: "ref" })[] {
  if (schema.kind === "unevaluated") return basesIn(schema.schema);
  if (schema.kind !== "intersection") return [];
  return schema.members.flatMap((member) => (member.kind === "ref" ? [member] : basesIn(member)));
}

/** The unions that are part of a schema itself. */
export function alternativesOf(schema: Schema | undefined): readonly Schema[] {
  if (!schema) return [];
  if (schema.kind === "union") return [schema];
  if (schema.kind === "unevaluated") return alternativesOf(schema.schema);
  return schema.kind === "intersection" ? schema.members.flatMap(alternativesOf) : [];
}

/** The schema with each of the references replaced by its target without alternatives. */
function withoutRings(schema: Schema, rings: readonly SchemaId[], schemas: Schemas): Schema {
  const change = (each: Schema) => withoutRings(each, rings, schemas);
  if (schema.kind === "ref" && rings.includes(schema.target))
    return withoutAlternatives(schemas.get(schema.target)!.schema);
  if (schema.kind === "unevaluated") return { ...schema, schema: change(schema.schema) };
  return schema.kind === "intersection" ? { ...schema, members: schema.members.map(change) } : schema;
}

function withoutAlternatives(schema: Schema): Schema {
  const { origin, examples } = schema;
  if (schema.kind === "union") return { kind: "any", origin, examples };
  if (schema.kind === "unevaluated") return withoutAlternatives(schema.schema);
  if (schema.kind !== "intersection") return schema;
  const members = schema.members.filter(({ kind }) => kind !== "union").map(withoutAlternatives);
  return { kind: "intersection", members, origin, examples };
}
