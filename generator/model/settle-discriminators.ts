import { descendantsOf, hasChildren, kindsOf } from "./descendants.js";
import { implicitValue, impliedValue } from "./discriminator.js";
import { mapChildren } from "./map-schema.js";
import type { NamedSchema } from "./model.js";
import { narrowingOf } from "./narrowing.js";
import type { Reader } from "./reader.js";
import {
  narrowedMembers,
  type Branch,
  type Discriminator,
  type DiscriminatorValue,
  type Schema,
  type SchemaId,
  type UnionSchema,
} from "./schema.js";
import { hasPlaceFor, isTextless, statedValues } from "./stated.js";

type Schemas = ReadonlyMap<SchemaId, NamedSchema>;

/**
 * What the discriminators of a model mean for each schema (OpenAPI 3.2.0, Discriminator Object).
 *
 * Of a union, each member gets the values that mean it. Of a parent, each schema that builds on it by `allOf` gets its value,
 * while the parent's own schema stays as open as the document has it (`list-children.ts` lists what it may mean). A value that a schema
 * states itself counts more than one that the discriminator gives it, so that no schema contradicts itself; a constant that is
 * no text is meant by its text, and where no text can be, the discriminator says nothing.
 */
export function settleDiscriminators(
  reader: Reader,
  schemas: Schemas,
): { readonly schemas: Schemas; readonly settle: (schema: Schema) => Schema } {
  const family = new Family(reader, schemas);
  const narrowed = new Map(
    [...schemas].map(([id, named]) => [id, { ...named, schema: family.narrow(named) }] as const),
  );
  const unions = new UnionSettler(reader, narrowed);
  const settled = new Map(
    [...narrowed].map(([id, named]) => [id, { ...named, schema: unions.settle(named.schema) }] as const),
  );
  return { schemas: narrowParents(settled), settle: (schema) => unions.settle(schema) };
}

/**
 * Parents that list their children have no meaning of their own (`break-rings.ts`): as they are read, each alternative has the value that
 * means it. Children that differ in nothing else would all hold at once.
 */
function narrowParents(schemas: Schemas): Schemas {
  const parents = new Set(
    [...schemas.values()].flatMap(({ rings = [] }) => rings.map(({ parent }) => parent)),
  );
  if (parents.size === 0) return schemas;
  return new Map(
    [...schemas].map(
      ([id, named]) =>
        [id, parents.has(id) ? { ...named, schema: narrowUnions(named.schema) } : named] as const,
    ),
  );
}

function narrowUnions(schema: Schema): Schema {
  switch (schema.kind) {
    case "union": {
      const branches = schema.branches?.map(({ values, isFallback }) => ({
        values,
        ...(isFallback && { isFallback }),
      }));
      return { ...schema, members: narrowedMembers(schema), ...(branches && { branches }) };
    }
    case "intersection":
      return { ...schema, members: schema.members.map(narrowUnions) };
    case "unevaluated":
      return { ...schema, schema: narrowUnions(schema.schema) };
    default:
      return schema;
  }
}

/** Who builds on whom by `allOf`. */
class Family {
  private readonly schemas: Schemas;
  /** The values that each child gets, by the property of its parents' discriminators. */
  private readonly gifts = new Map<SchemaId, Map<string, Gift>>();

  constructor(reader: Reader, schemas: Schemas) {
    this.schemas = schemas;
    for (const { id, schema } of schemas.values())
      if (hasChildren(schema)) this.give(reader, id, schema.discriminator);
  }

  private descendants(id: SchemaId): readonly SchemaId[] {
    return descendantsOf(id, this.schemas).map((each) => each.id);
  }

  private give(reader: Reader, parent: SchemaId, discriminator: Discriminator): void {
    const { property, mapping, fallback } = discriminator;
    const children = kindsOf(parent, discriminator, this.schemas).map(({ id }) => id);
    const told = children.map((child) => this.schemas.get(child)!.schema);
    reportTextless(reader, { discriminator, told }, this.schemas);
    for (const { value, target, origin } of mapping)
      if (target !== parent && !children.includes(target))
        reader.report(
          "discriminator-stranger",
          { value, expected: "a schema that builds on this one" },
          origin,
        );
    const unmapped = children.filter(
      (child) => ![child, ...this.descendants(child)].some((id) => isMapped(id, mapping)),
    );
    reportForgotten(reader, { discriminator, unmapped }, this.schemas);
    for (const child of children) {
      if (child === fallback) continue;
      const own = mapping.filter(({ target }) => target === child).map(({ value }) => value);
      const gifts = this.gifts.get(child) ?? new Map<string, Gift>();
      const { mapped = [] } = gifts.get(property) ?? {};
      const implicit = impliedValue(this.schemas.get(child)!);
      gifts.set(property, { mapped: [...mapped, ...own], ...(implicit !== undefined && { implicit }) });
      this.gifts.set(child, gifts);
    }
  }

  /** A child with the values that mean it or one of its own children. */
  narrow({ id, schema }: NamedSchema): Schema {
    const gifts = this.gifts.get(id) ?? new Map<string, Gift>();
    return [...gifts.keys()].reduce(
      (current, property) => {
        const family = [id, ...this.descendants(id)];
        const given = family.flatMap((each) => valuesOf(this.gifts.get(each)?.get(property)));
        const own = valuesOf(gifts.get(property));
        const { narrowing } = settleBranch(current, { property, given, own, schemas: this.schemas });
        return narrowing ? withMember(current, narrowing) : current;
      },
      withOwnName(id, schema),
    );
  }
}

/** A parent with the value that means the parent itself. */
function withOwnName(id: SchemaId, schema: Schema): Schema {
  const own = hasChildren(schema) ? givenValues({ id, schema }, schema.discriminator.mapping)[0] : undefined;
  return schema.discriminator && own !== undefined
    ? { ...schema, discriminator: { ...schema.discriminator, own } }
    : schema;
}

/** What discriminators of parents say of a child: the values that a mapping gives it, else its name. */
type Gift = { readonly mapped: readonly string[]; readonly implicit?: string };

function valuesOf({ mapped, implicit }: Gift = { mapped: [] }): readonly string[] {
  if (mapped.length > 0) return mapped;
  return implicit === undefined ? [] : [implicit];
}

function withMember(schema: Schema, member: Schema): Schema {
  if (schema.kind === "intersection") return { ...schema, members: [...schema.members, member] };
  if (schema.kind === "unevaluated") return { ...schema, schema: withMember(schema.schema, member) };
  return { kind: "intersection", members: [schema, member], origin: schema.origin, examples: [] };
}

/** Settles the unions of a model, at any depth. */
class UnionSettler {
  private readonly reader: Reader;
  private readonly schemas: Schemas;

  constructor(reader: Reader, schemas: Schemas) {
    this.reader = reader;
    this.schemas = schemas;
  }

  settle(schema: Schema): Schema {
    const inner = mapChildren(schema, (child) => this.settle(child));
    if (inner.kind !== "union" || !inner.discriminator) return inner;
    return { ...inner, branches: this.branches(inner, inner.discriminator) };
  }

  private branches({ members }: UnionSchema, discriminator: Discriminator): Branch[] {
    const { property, mapping, fallback } = discriminator;
    reportTextless(
      this.reader,
      { discriminator, told: members.filter(({ kind }) => kind === "ref") },
      this.schemas,
    );
    const targets = new Set(members.flatMap((member) => (member.kind === "ref" ? [member.target] : [])));
    for (const { value, target, origin } of mapping)
      if (!targets.has(target))
        this.reader.report("discriminator-stranger", { value, expected: "one of the alternatives" }, origin);
    const unmapped = [...targets].filter((id) => !isMapped(id, mapping));
    reportForgotten(this.reader, { discriminator, unmapped }, this.schemas);
    const branches = members.map((member): Branch => {
      const target = member.kind === "ref" ? member.target : undefined;
      const named = target === undefined ? undefined : this.schemas.get(target);
      const given = named ? givenValues(named, mapping) : [];
      if (target !== undefined && target === fallback) return { values: [], isFallback: true };
      return settleBranch(member, { property, given, schemas: this.schemas });
    });
    return withoutRivals(branches);
  }
}

/** What a discriminator says is a text: where none can be, it says nothing. */
function reportTextless(
  reader: Reader,
  { discriminator, told }: { discriminator: Discriminator; told: readonly Schema[] },
  schemas: Schemas,
): void {
  const { property, origin } = discriminator;
  if (told.some((schema) => isTextless(schema, property, schemas)))
    reader.report("discriminator-textless", { name: property }, origin);
}

function isMapped(id: SchemaId, mapping: Discriminator["mapping"]): boolean {
  return mapping.some(({ target }) => target === id);
}

/**
 * A schema that a mapping leaves out is meant by its name. Where the mapping names most, by values that are not their names, nobody will
 * have meant that: it was forgotten, or is no kind of its own but wraps one of the others.
 */
function reportForgotten(
  reader: Reader,
  { discriminator, unmapped }: { discriminator: Discriminator; unmapped: readonly SchemaId[] },
  schemas: Schemas,
): void {
  const { property, mapping, fallback, origin } = discriminator;
  if (mapping.some(({ value, target }) => value === implicitValue(target))) return;
  const names = unmapped.flatMap((id) => {
    const { schema } = schemas.get(id)!;
    const name = implicitValue(id);
    const isMeantOtherwise =
      id === fallback ||
      schema.meaning !== undefined ||
      statedValues(schema, property, schemas) !== undefined;
    return name === undefined || isMeantOtherwise ? [] : [name];
  });
  if (names.length >= new Set(mapping.map(({ target }) => target)).size) return;
  for (const schema of names) reader.report("discriminator-unmapped", { name: property, schema }, origin);
}

/** The values that mean a schema: those that the mapping gives it, else its name. */
function givenValues(
  target: Pick<NamedSchema, "id" | "schema">,
  mapping: Discriminator["mapping"],
): readonly string[] {
  const mapped = mapping.filter((each) => each.target === target.id).map(({ value }) => value);
  const implicit = impliedValue(target);
  if (mapped.length > 0) return mapped;
  return implicit === undefined || mapping.some(({ value }) => value === implicit) ? [] : [implicit];
}

/** The values that a schema is given, and those among them that mean it and none that builds on it. */
type Gifts = { readonly given: readonly string[]; readonly own?: readonly string[] };

/** Reconciles the values that a discriminator gives a schema with those that the schema states. */
function settleBranch(
  schema: Schema,
  { property, given, own = given, schemas }: Gifts & { property: string; schemas: Schemas },
): Branch {
  if (!hasPlaceFor(schema, property, schemas)) return { values: [] };
  const stated = statedValues(schema, property, schemas);
  const common = stated ? given.flatMap((text) => stated.filter((value) => String(value) === text)) : given;
  if (stated && (common.length === 0 || common.length === stated.length)) return { values: stated };
  if (common.length === 0 || isTextless(schema, property, schemas)) return { values: [] };
  const values = [...new Set(common)];
  const meant = values.filter((value) => own.includes(String(value)));
  return { values, narrowing: narrowingOf(schema, property, { values, meant }) };
}

/** A value that several members state says nothing of which one is meant. */
export function withoutRivals(branches: readonly Branch[]): Branch[] {
  return branches.map((branch) => {
    const isRival = (value: DiscriminatorValue) =>
      branches.some((other) => other !== branch && other.values.includes(value));
    return branch.values.some(isRival)
      ? { ...branch, values: branch.values.filter((value) => !isRival(value)) }
      : branch;
  });
}
