import { leadingTo, partsOf, usesOf } from "../model/graph.js";
import type { ApiModel } from "../model/model.js";
import { mapChildren } from "../model/map-schema.js";
import {
  childrenOf,
  narrowedMembers,
  type LiteralsSchema,
  type Schema,
  type SchemaId,
  type UnionSchema,
} from "../model/schema.js";

type Schemas = ApiModel["schemas"];

/** What decides which enums are open: data, which a thread can be given. */
export type EnumFacts = {
  readonly schemas: Schemas;
  /** The enums that tell the members of a union apart. */
  readonly tags: ReadonlySet<Schema>;
  readonly uses: ReturnType<typeof usesOf>;
  /** The schemas that hold an enum to open. */
  readonly holders: ReadonlySet<SchemaId>;
};

/**
 * Enums are closed in requests, where only the listed values are taken, and open in responses, where a server that is newer than the
 * client may send others: `"free" | "paid" | (string & {})`, which keeps the completion of the listed ones. What is proved and
 * validated are the listed values.
 */
export class OpenEnums {
  readonly facts: EnumFacts;

  constructor(facts: EnumFacts) {
    this.facts = facts;
  }

  /** @param enabled false closes every enum. */
  static of(model: ApiModel, enabled: boolean): OpenEnums {
    const { schemas } = model;
    const facts = { schemas, tags: tagsOf(schemas), uses: usesOf(model) };
    const holders = [...schemas.values()].filter(
      ({ schema }) =>
        enabled && !isStringEnum(schema) && typedParts(schema).some((part) => isOpenable(part, facts)),
    );
    const ids = holders.map(({ id }) => id);
    return new OpenEnums({ ...facts, holders: leadingTo(ids, schemas, typedParts) });
  }

  /** True where responses hold the schema, and an enum in it is open there. An enum with a name stays what its name says. */
  isOpen(id: SchemaId): boolean {
    return this.facts.holders.has(id) && this.facts.uses.response.has(id);
  }

  /** True where requests take a schema that is open in responses: it has a type for each direction. */
  isSplit(id: SchemaId): boolean {
    return this.isOpen(id) && this.facts.uses.request.has(id);
  }

  /**
   * True where a name in the type of the schema stands for an open enum: also in a schema that neither requests nor responses hold,
   * which names the types of those that do.
   */
  showsOpen(id: SchemaId): boolean {
    return this.isOpen(id)
      ? !this.isSplit(id)
      : this.facts.holders.has(id) && !this.facts.uses.request.has(id);
  }

  /** The schema with its enums open. */
  opened(schema: Schema): Schema {
    if ((schema.kind === "literals" || schema.kind === "ref") && isOpenable(schema, this.facts))
      return { ...schema, isOpen: true };
    return mapChildren(schema, (child) => this.opened(child));
  }
}

function isOpenable(schema: Schema, { schemas, tags }: Pick<EnumFacts, "schemas" | "tags">): boolean {
  return !tags.has(schema) && enumAt(schema, schemas) !== undefined;
}

/** A schema and those inside it that its type shows, which are all but what a value must not be. */
function typedParts(schema: Schema): Schema[] {
  return schema.kind === "not" ? [] : [schema, ...childrenOf(schema).flatMap(typedParts)];
}

/** The enum that a schema is or refers to. */
function enumAt(schema: Schema, schemas: Schemas): Schema | undefined {
  const found = literalsAt(schema, schemas);
  return found && isStringEnum(found) ? found : undefined;
}

/** The constants that a schema is or refers to. */
function literalsAt(schema: Schema, schemas: Schemas): (Schema & LiteralsSchema) | undefined {
  const target = schema.kind === "ref" ? schemas.get(schema.target)?.schema : schema;
  return target?.kind === "literals" ? target : undefined;
}

/** An enum of one value is a constant; null beside strings is no value that others could join. */
function isStringEnum(schema: Schema): boolean {
  if (schema.kind !== "literals") return false;
  const { keyword, values } = schema;
  const strings = values.filter((value) => typeof value === "string");
  return (
    keyword === "enum" &&
    strings.length > 1 &&
    values.every((value) => typeof value === "string" || value === null)
  );
}

/** The enums that tell the members of a union apart: opened, they would no longer. */
function tagsOf(schemas: Schemas): ReadonlySet<Schema> {
  const finder = new TagFinder(schemas);
  const parts = [...schemas.values()].flatMap(({ schema }) => partsOf(schema));
  return new Set(parts.flatMap((part) => (part.kind === "union" ? finder.tagsOf(part) : [])));
}

/** The constants and enums of an object's properties, by the property. A union inside has one a member. */
type Tags = ReadonlyMap<string, readonly Schema[]>;

class TagFinder {
  private readonly schemas: Schemas;
  /** What is found of each schema, undefined while it is looked for: one that leads back to itself says nothing more. */
  private readonly known = new Map<SchemaId, Tags | undefined>();

  constructor(schemas: Schemas) {
    this.schemas = schemas;
  }

  /** The enums that all members of a union have in one property, with what a discriminator says of each. */
  tagsOf(union: UnionSchema): readonly Schema[] {
    const members = this.ofMembers(union);
    return members.length < 2 ? [] : [...shared(members).values()].flat();
  }

  private ofMembers(union: UnionSchema): readonly Tags[] {
    return narrowedMembers(union).flatMap((member) => this.of(member) ?? []);
  }

  /** Undefined where the schema is made of no object. */
  private of(schema: Schema): Tags | undefined {
    switch (schema.kind) {
      case "object":
        return new Map(
          schema.properties
            .filter((property) => literalsAt(property.schema, this.schemas))
            .map((property) => [property.name, [property.schema]]),
        );
      case "intersection":
        return this.joined(schema.members.flatMap((member) => this.of(member) ?? []));
      case "union": {
        const members = this.ofMembers(schema);
        return members.length > 0 ? shared(members) : undefined;
      }
      case "unevaluated":
        return this.of(schema.schema);
      case "ref":
        return this.ofTarget(schema.target);
      default:
        return undefined;
    }
  }

  private ofTarget(id: SchemaId): Tags | undefined {
    const named = this.schemas.get(id);
    if (!named || this.known.has(id)) return this.known.get(id);
    this.known.set(id, undefined);
    const found = this.of(named.schema);
    this.known.set(id, found);
    return found;
  }

  /** Of enums that hold of one property at once, the shortest is the one that tells. */
  private joined(parts: readonly Tags[]): Tags | undefined {
    if (parts.length === 0) return undefined;
    const tags = new Map<string, readonly Schema[]>();
    for (const [name, found] of parts.flatMap((part) => [...part])) {
      const other = tags.get(name);
      if (!other || this.lengthOf(found) <= this.lengthOf(other)) tags.set(name, found);
    }
    return tags;
  }

  private lengthOf(tags: readonly Schema[]): number {
    return tags.flatMap((tag) => literalsAt(tag, this.schemas)?.values ?? []).length;
  }
}

/** What each of the members has. */
function shared([first = new Map(), ...others]: readonly Tags[]): Tags {
  return new Map(
    [...first].flatMap(([name, tags]) =>
      others.every((each) => each.has(name))
        ? [[name, [...tags, ...others.flatMap((each) => each.get(name)!)]] as const]
        : [],
    ),
  );
}
