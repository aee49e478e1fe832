import { descendantsOf, hasChildren, kindsOf, valuesMeaning } from "./descendants.js";
import { mapChildren } from "./map-schema.js";
import type { NamedSchema } from "./model.js";
import { narrowingOf } from "./narrowing.js";
import { endlessIn } from "./same-value.js";
import type { Branch, Discriminator, DiscriminatorValue, Schema, SchemaId } from "./schema.js";
import { withoutRivals } from "./settle-discriminators.js";
import { isRequired, statedValues } from "./stated.js";

type Schemas = ReadonlyMap<SchemaId, NamedSchema>;
type Parent = NamedSchema & { readonly schema: Schema & { readonly discriminator: Discriminator } };

/**
 * Each parent with a discriminator as the union of what builds on it by `allOf` ("may be used as an alternate schema": OpenAPI 3.2.0,
 * Discriminator Object), and what those have in common as a schema of its own, its base, on which they build. The parent is one of the
 * alternatives where a value may mean it.
 *
 * @param schemas with the values that discriminators give.
 */
export function listChildren(schemas: Schemas, open: ReadonlySet<SchemaId> = new Set()): Schemas {
  const families = [...schemas.values()]
    .filter((named): named is Parent => hasChildren(named.schema) && !open.has(named.id))
    .map((parent) => familyOf(parent, schemas))
    .filter(({ alternatives }) => alternatives.length > 0);
  if (families.length === 0) return schemas;
  const basesFor = basesOfEach(families, schemas);
  const listed = new Map<SchemaId, NamedSchema>();
  const byParent = new Map(families.map((family) => [family.parent.id, family]));
  for (const named of schemas.values()) {
    const family = byParent.get(named.id);
    const schema = onBases(named.schema, basesFor.get(named.id));
    listed.set(named.id, { ...named, schema: family ? unionOf(family, byParent, schemas) : schema });
    if (family) listed.set(baseId(named.id), baseOf(named, schema));
  }
  // Where an alternative asks for its parent in another way, too, the list would have no end.
  const endless = endlessIn(listed).filter((id) => byParent.has(id));
  return endless.length === 0 ? listed : listChildren(schemas, new Set([...open, ...endless]));
}

/** A parent, and what its values may mean of those that build on it. */
type Family = { readonly parent: Parent; readonly alternatives: readonly NamedSchema[] };

function familyOf(parent: Parent, schemas: Schemas): Family {
  const { property, fallback, mapping } = parent.schema.discriminator;
  const kinds = new Set(kindsOf(parent.id, parent.schema.discriminator, schemas));
  const isMeant = ({ id, schema }: NamedSchema) =>
    id === fallback || valuesMeaning(schema, property, schemas).all.length > 0;
  const meant = [...schemas.values()].filter((each) => kinds.has(each) && isMeant(each));
  const ofAny = statedValues(parent.schema, property, schemas)?.length;
  const listed = new Set([fallback, ...mapping.map(({ target }) => target)]);
  // Where others have values of their own, what leaves all of the parent's wraps any of them, and is none.
  const ofSome = meant.filter(
    ({ id, schema }) => listed.has(id) || valuesMeaning(schema, property, schemas).all.length !== ofAny,
  );
  return { parent, alternatives: ofSome.length === 0 ? meant : ofSome };
}

/** The bases that each schema builds on, by their parents: those of an alternative, and those on its way there. */
function basesOfEach(
  families: readonly Family[],
  schemas: Schemas,
): ReadonlyMap<SchemaId, ReadonlySet<SchemaId>> {
  const bases = new Map<SchemaId, Set<SchemaId>>();
  for (const { parent, alternatives } of families) {
    const known = new Set(alternatives);
    for (const each of descendantsOf(parent.id, schemas)) {
      const isOnTheWay = known.has(each) || descendantsOf(each.id, schemas).some((child) => known.has(child));
      if (isOnTheWay) bases.set(each.id, (bases.get(each.id) ?? new Set()).add(parent.id));
    }
  }
  return bases;
}

function baseId(parent: SchemaId): SchemaId {
  return `${parent} base`;
}

function baseOf(parent: NamedSchema, schema: Schema): NamedSchema {
  const { id, words, place, see = place, origin } = parent;
  return {
    id: baseId(id),
    words: [...words, "base"],
    origin,
    place: `${place} base`,
    see,
    schema: shared(schema),
    isBase: true,
  };
}

/** The schema, which builds on the bases of parents in the place of the parents. */
function onBases(schema: Schema, parents: ReadonlySet<SchemaId> = new Set(), isPart = false): Schema {
  switch (schema.kind) {
    case "ref":
      return isPart && parents.has(schema.target) ? { ...schema, target: baseId(schema.target) } : schema;
    case "intersection":
      return mapChildren(schema, (member) => onBases(member, parents, true));
    case "unevaluated":
      return { ...schema, schema: onBases(schema.schema, parents, isPart) };
    default:
      return schema;
  }
}

/** What a parent says of all that build on it: what it presets, and its examples, are of one of them. */
function shared(schema: Schema): Schema {
  const { discriminator: _, default: _preset, ...rest } = schema;
  return { ...rest, examples: [] };
}

function unionOf(family: Family, families: ReadonlyMap<SchemaId, Family>, schemas: Schemas): Schema {
  const { id, schema } = family.parent;
  const { discriminator, origin, title, description, deprecated, readOnly, writeOnly, sunset, examples } =
    schema;
  const { property, fallback, mapping } = discriminator;
  const parts = partsOf(family, families, schemas);
  const targets = new Set(parts.map(({ target }) => target));
  return {
    kind: "union",
    keyword: "anyOf",
    origin,
    examples,
    ...(title !== undefined && { title }),
    ...(description !== undefined && { description }),
    ...(deprecated && { deprecated }),
    ...(readOnly && { readOnly }),
    ...(writeOnly && { writeOnly }),
    ...(schema.default !== undefined && { default: schema.default }),
    ...(sunset !== undefined && { sunset }),
    members: parts.map(({ member }) => member),
    branches: withoutRivals(parts.map(({ branch }) => branch)),
    base: baseId(id),
    discriminator: {
      property,
      origin: discriminator.origin,
      mapping: mapping.flatMap((each) => {
        const target = each.target === id ? baseId(id) : each.target;
        return targets.has(target) ? [{ ...each, target }] : [];
      }),
      ...(fallback !== undefined && { fallback: fallback === id ? baseId(id) : fallback }),
    },
  };
}

/** An alternative of a parent, and what its discriminator says of it. */
type Part = { readonly member: Schema; readonly target: SchemaId; readonly branch: Branch };

/** The alternatives of a parent, what builds on it first. Those of one that lists its own by the same property are among that one's. */
function partsOf(family: Family, families: ReadonlyMap<SchemaId, Family>, schemas: Schemas): readonly Part[] {
  const { parent, alternatives } = family;
  const { property, fallback } = parent.schema.discriminator;
  const listing = alternatives.flatMap(({ id }) => {
    const own = families.get(id);
    return own?.parent.schema.discriminator.property === property ? [own] : [];
  });
  const listedElsewhere = new Set(listing.flatMap((each) => each.alternatives));
  const kept = alternatives.filter((each) => !listedElsewhere.has(each));
  const children = kept.map(({ id, schema }): Part => {
    const part = { target: id, member: refTo(id, parent) };
    if (id === fallback) return { ...part, branch: { values: [], isFallback: true } };
    const { own, all } = valuesMeaning(schema, property, schemas);
    const values = listing.some((each) => each.parent.id === id) ? all : own;
    const isNarrower = values.length > 0 && values.length < all.length;
    const narrowing = isNarrower ? { narrowing: narrowingOf(schema, property, { values }) } : {};
    return { ...part, branch: { values, ...narrowing } };
  });
  const taken = children.flatMap(({ branch }) => branch.values);
  return [...children, ...ownPart(family, new Set(taken), schemas)];
}

function refTo(target: SchemaId, { schema: { origin } }: Parent): Schema {
  return { kind: "ref", target, origin, examples: [] };
}

/** The parent itself, where a value may be of it and of nothing that builds on it. */
function ownPart(
  { parent, alternatives }: Family,
  taken: ReadonlySet<DiscriminatorValue>,
  schemas: Schemas,
): readonly Part[] {
  const { id, schema } = parent;
  const { property, fallback, mapping, own } = schema.discriminator;
  const target = baseId(id);
  const { origin } = schema;
  const bare = { origin, examples: [] };
  const whole = { ...refTo(target, parent), title: parent.words.join(" ") };
  const member = (more: readonly Schema[]): Schema => ({
    ...bare,
    kind: "intersection",
    members: [whole, ...more],
  });
  if (fallback === id) return [{ target, member: member([]), branch: { values: [], isFallback: true } }];
  const mapped = new Set(mapping.map((each) => each.target));
  const texts = mapping.flatMap((each) => (each.target === id ? [each.value] : []));
  // Who names all that build on a parent and not the parent means no value to be just that.
  if (texts.length === 0 && own !== undefined && alternatives.some((each) => !mapped.has(each.id)))
    texts.push(own);
  const values = (statedValues(schema, property, schemas) ?? texts).filter((value) => !taken.has(value));
  const required = isRequired(schema, property, schemas);
  if (values.length > 0) {
    const narrowing = narrowingOf(schema, property, { values, required });
    return [{ target, member: whole, branch: { values, narrowing } }];
  }
  if (required) return [];
  const without: Schema = {
    ...bare,
    kind: "object",
    asserted: true,
    properties: [{ name: property, required: false, schema: { ...bare, kind: "never" } }],
    patternProperties: [],
    dependentRequired: [],
  };
  return [{ target, member: member([without]), branch: { values: [] } }];
}
