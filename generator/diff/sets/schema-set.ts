import { listing } from "../../model/listed-names.js";
import { below } from "../../model/reader.js";
import type { Origin } from "../../source/source.js";
import { tokensOf } from "../../source/pointer.js";
import type { ApiModel, Place } from "../../model/model.js";
import type {
  ArraySchema,
  ConditionalSchema,
  NotSchema,
  ObjectSchema,
  Schema,
  SchemaId,
  UnionSchema,
} from "../../model/schema.js";
import {
  everything,
  everyType,
  isEverything,
  isOnlyValues,
  NO_FACETS,
  opaqueOf,
  SET_TYPES,
  type Alternative,
  type Conjunction,
  type Entry,
  type SetType,
} from "./alternative.js";
import { canonicalText } from "./canonical.js";
import { asserts, containsBounds, counted, withoutAnything } from "./lists.js";
import { meet } from "./meet.js";
import { dependencies, leftOutOf, onlyNames, spread } from "./members.js";
import { without } from "./values.js";
import { boundsOf, ofLiterals, ofNumber, ofString } from "./scalars.js";

/**
 * A schema as the set of its instances: for each type of JSON, alternatives, each a conjunction of constraints. Compositions are
 * dissolved in it, so that documents which say the same in other words give the same set.
 */

/** Deeper compositions than this are not dissolved: they are compared as texts. */
const MAX_DEPTH = 32;
/** More alternatives than this are not multiplied out: one of the factors is compared as a text. */
const MAX_ALTERNATIVES = 256;

/** The sets of the schemas of one document. */
export class SchemaSets {
  private readonly schemas: ApiModel["schemas"];
  private readonly stated: ReadonlySet<Schema>;
  private readonly known = new Map<Schema, readonly Alternative[]>();

  /** @param stated what discriminators say of alternatives and counts as said by those. */
  constructor(schemas: ApiModel["schemas"], stated: ReadonlySet<Schema> = new Set()) {
    this.schemas = schemas;
    this.stated = stated;
  }

  /** The alternatives that all of the schemas leave. */
  of(schemas: Conjunction): readonly Alternative[] {
    const [first, ...others] = schemas;
    if (!first) return SET_TYPES.map((type) => everything(type, NOWHERE));
    return others.reduce((set, schema) => this.intersect(set, schema, []), this.ofOne(first, []));
  }

  /** The schemas with what they refer to, the members of their `allOf`, and what may be null beside it: what holds together. */
  parts(schemas: Conjunction): readonly Schema[] {
    const parts = new Set<Schema>();
    const left = schemas.toReversed();
    for (let schema = left.pop(); schema; schema = left.pop()) {
      if (parts.has(schema)) continue;
      parts.add(schema);
      left.push(...this.heldBy(schema).toReversed());
    }
    return [...parts];
  }

  /** What an instance of a schema is an instance of, too. */
  private heldBy(schema: Schema): readonly Schema[] {
    if (schema.kind === "intersection") return schema.members;
    if (schema.kind === "ref") {
      const target = this.schemas.get(schema.target);
      return target ? [target.schema] : [];
    }
    const only = schema.kind === "union" ? schema.members.filter(({ kind }) => kind !== "null") : [];
    return only.length === 1 ? only : [];
  }

  private ofOne(schema: Schema, open: readonly SchemaId[]): readonly Alternative[] {
    const known = this.known.get(schema);
    if (known) return known;
    const made = open.length > MAX_DEPTH ? this.opaquely(schema, "composition") : this.make(schema, open);
    if (open.length === 0) this.known.set(schema, made);
    return made;
  }

  private make(schema: Schema, open: readonly SchemaId[]): readonly Alternative[] {
    switch (schema.kind) {
      case "any":
        return everyType(schema.origin);
      case "never":
        return [];
      case "null":
      case "boolean":
        return [everything(schema.kind, schema.origin)];
      case "literals":
        return ofLiterals(schema);
      case "number":
        return constrained("number", schema, ofNumber(schema));
      case "string":
        return constrained("string", schema, ofString(schema));
      case "array":
        return constrained("array", schema, this.ofArray(schema));
      case "object":
        return schema.isGiven
          ? everyType(schema.origin)
          : constrained("object", schema, this.ofObject(schema));
      case "ref": {
        const target = open.includes(schema.target) ? undefined : this.schemas.get(schema.target);
        return target ? this.ofOne(target.schema, [...open, schema.target]) : everyType(schema.origin);
      }
      case "union":
        return unique(
          this.membersOf(schema).flatMap((member, index) => {
            const entry = this.entryOf(schema, index);
            const own = this.ofOne(member, open);
            return entry ? own.map((each) => ({ ...each, entries: [entry, ...(each.entries ?? [])] })) : own;
          }),
        );
      case "intersection":
        return schema.members.reduce(
          (set, member) => this.intersect(set, member, open),
          everyType(schema.origin),
        );
      case "unevaluated":
        return this.ofOne(schema.schema, open).map((each) => closed(each, schema));
      case "not":
        return this.ofNot(schema, open);
      case "conditional":
        return this.ofConditional(schema, open);
    }
  }

  /** The alternatives of a union, with what its discriminator says of them where that counts. */
  private membersOf({ members, branches = [] }: UnionSchema): readonly Schema[] {
    return members.map((member, index) => {
      const narrowing = branches[index]?.narrowing;
      return narrowing && this.stated.has(narrowing) ? bothOf(member, limiting(narrowing)) : member;
    });
  }

  /** A list of types has no members of its own. */
  private entryOf({ keyword, members }: UnionSchema, index: number): Entry | undefined {
    if (keyword === "type") return undefined;
    const member = members[index]!;
    const target = member.kind === "ref" ? this.schemas.get(member.target) : undefined;
    const name = target ? lastNameIn(target.place) : member.title;
    return { origin: member.origin, ...(name !== undefined && { name }) };
  }

  /** Where it is plain which types are forbidden, or are not, it says no more. */
  private ofNot(not: Schema & NotSchema, open: readonly SchemaId[]): readonly Alternative[] {
    if (!isPlain(not.schema)) return this.opaquely(not, not.kind, not.schema);
    const forbidden = this.ofOne(not.schema, open);
    return this.opaquely(not, not.kind, not.schema).flatMap((each) => {
      const own = forbidden.filter(({ type }) => type === each.type);
      if (own.some(isEverything)) return [];
      return own.length === 0 ? [everything(each.type, not.origin)] : [each];
    });
  }

  /** A condition that always holds, or from which nothing follows, is none; that a property needs others is said by `dependentRequired`, too. */
  private ofConditional(
    conditional: Schema & ConditionalSchema,
    open: readonly SchemaId[],
  ): readonly Alternative[] {
    const { if: condition, then: one, else: other, origin } = conditional;
    if (condition.kind === "any") return one ? this.ofOne(one, open) : everyType(origin);
    if (condition.kind === "never") return other ? this.ofOne(other, open) : everyType(origin);
    if (isNothing(one) && isNothing(other)) return everyType(origin);
    const [property, ...more] = onlyNames(condition);
    const required = one && isNothing(other) ? onlyNames(one) : [];
    if (property === undefined || more.length > 0 || required.length === 0) {
      const { then: _one, else: _other, ...bare } = conditional;
      const said = {
        ...bare,
        ...(!isNothing(one) && { then: one }),
        ...(!isNothing(other) && { else: other }),
      };
      return this.opaquely(said, conditional.kind);
    }
    const opaque = dependencies([{ property, required }], origin);
    return everyType(origin).map((each) => (each.type === "object" ? { ...each, opaque } : each));
  }

  /** A schema that is not dissolved is a constraint, on every type. */
  private opaquely(schema: Schema, keyword: string, inner?: Schema): readonly Alternative[] {
    const opaque = this.constraint(schema, keyword, inner);
    return everyType(schema.origin).map((alternative) => ({ ...alternative, opaque }));
  }

  /**
   * A constraint that is compared by its text.
   *
   * @param inner the one schema that it holds.
   */
  private constraint(schema: Schema, keyword: string, inner?: Schema): Alternative["opaque"] {
    return opaqueOf(keyword, canonicalText(schema, this.schemas), schema.origin, inner);
  }

  /** What the alternatives and a schema leave. */
  private intersect(
    set: readonly Alternative[],
    schema: Schema,
    open: readonly SchemaId[],
  ): readonly Alternative[] {
    const others = this.ofOne(schema, open);
    const met = set.flatMap((one) =>
      others.filter(({ type }) => type === one.type).flatMap((other) => meet(one, other) ?? []),
    );
    if (met.length <= MAX_ALTERNATIVES) return unique(met);
    const constraint = this.constraint(schema, "composition");
    return set.map((each) => ({ ...each, opaque: new Map([...each.opaque, ...constraint]) }));
  }

  private ofArray(given: Schema & ArraySchema): Partial<Alternative> {
    const schema = counted(withoutAnything(given));
    const { contains } = schema;
    return {
      facets: {
        ...NO_FACETS,
        bounds: new Map([...boundsOf(schema, ["minItems", "maxItems"]), ...containsBounds(schema)]),
        uniqueItems: schema.uniqueItems ?? false,
      },
      prefixItems: schema.prefixItems.map((item) => [item]),
      items: schema.items ? [schema.items] : [],
      opaque: asserts(contains)
        ? opaqueOf(
            "contains",
            canonicalText(contains.schema, this.schemas),
            below(schema.origin, "contains"),
            contains.schema,
          )
        : new Map(),
    };
  }

  private ofObject(given: Schema & ObjectSchema): Partial<Alternative> {
    const { ofAll, ...schema } = spread(given);
    const { dependentRequired } = schema;
    const propertyNames = schema.propertyNames && this.listingOr(schema.propertyNames);
    return {
      facets: { ...NO_FACETS, bounds: boundsOf(schema, ["minProperties", "maxProperties"]) },
      properties: new Map(
        schema.properties.map(({ name, required, schema: property, isImplied }) => [
          name,
          { required, schemas: [...(isImplied ? [] : [property]), ...ofAll], origin: property.origin },
        ]),
      ),
      patternProperties: new Map(schema.patternProperties.map((each) => [each.pattern, [each.schema]])),
      additional: ofAll.length > 0 ? ofAll : [schema.additionalProperties ?? []].flat(),
      opaque: new Map([
        ...(propertyNames
          ? opaqueOf(
              "propertyNames",
              canonicalText(propertyNames, this.schemas),
              propertyNames.origin,
              propertyNames,
            )
          : []),
        ...dependencies(dependentRequired, below(schema.origin, "dependentRequired")),
      ]),
      ...leftOutOf(schema),
    };
  }

  /** The list of names that a schema refers to: what it says is said there. */
  private listingOr(names: Schema): Schema {
    return listing(names, (id) => this.schemas.get(id)?.schema) ?? names;
  }
}

/** What a place is called: by the last token of its pointer, or its file. */
function lastNameIn(place: Place): string {
  const [file = "", pointer = ""] = place.split("#");
  return tokensOf(pointer).at(-1) ?? file;
}

const NOWHERE: Origin = { source: "", pointer: "" };

function bothOf(one: Schema, other: Schema): Schema {
  return { kind: "intersection", members: [one, other], origin: one.origin, examples: [] };
}

/** What a discriminator says of a property, where that is there: it asks for none (`combinators.ts`). */
function limiting(narrowing: Schema): Schema {
  if (narrowing.kind !== "object") return narrowing;
  const { isGiven: _, properties, ...rest } = narrowing;
  return { ...rest, properties: properties.map((each) => ({ ...each, required: false })) };
}

/** True for a schema of which each type is dissolved as a whole: nothing that it refers to is too deep, or leads back. */
function isPlain(schema: Schema): boolean {
  return schema.kind === "union" ? schema.members.every(isPlain) : PLAIN.has(schema.kind);
}

const PLAIN: ReadonlySet<Schema["kind"]> = new Set([
  "array",
  "boolean",
  "literals",
  "null",
  "number",
  "object",
  "string",
]);

function isNothing(schema: Schema | undefined): boolean {
  return !schema || schema.kind === "any";
}

/** The alternative of one type, and where the schema does not assert the type, those of the others. */
function constrained(
  type: SetType,
  schema: Schema & { readonly asserted: boolean },
  parts: Partial<Alternative>,
): readonly Alternative[] {
  const own = { ...everything(type, schema.origin), ...parts };
  return schema.asserted
    ? [own]
    : everyType(schema.origin).map((other) => (other.type === type ? own : other));
}

/**
 * What no keyword of an alternative looks at is what `unevaluated*` speaks of (Core 2020-12, section 11): each alternative is a whole
 * way to be an instance, so that is what it leaves to `additionalProperties` and `items`.
 */
function closed(
  alternative: Alternative,
  { properties, items }: { readonly properties?: Schema; readonly items?: Schema },
): Alternative {
  if (alternative.type === "object" && properties && alternative.additional.length === 0)
    return { ...alternative, additional: [properties] };
  if (alternative.type !== "array" || !items || alternative.items.length > 0) return alternative;
  const { facets, prefixItems, origin } = alternative;
  const { value = Infinity } = facets.bounds.get("maxItems") ?? {};
  const isEnd = items.kind === "never" && prefixItems.length > 0;
  const maxItems = { value: Math.min(value, prefixItems.length), origin };
  const bounds = isEnd ? new Map(facets.bounds).set("maxItems", maxItems) : facets.bounds;
  return { ...alternative, items: [items], facets: { ...facets, bounds } };
}

/** Alternatives that list values are one. */
function unique(alternatives: readonly Alternative[]): readonly Alternative[] {
  const listed = new Map<SetType, Alternative>();
  const others: Alternative[] = [];
  for (const each of alternatives) {
    if (!each.values || !isOnlyValues(each)) {
      if (!others.includes(each)) others.push(each);
      continue;
    }
    const known = listed.get(each.type);
    const added = known ? without(each.values, known.values!) : [];
    listed.set(each.type, known ? { ...known, values: [...known.values!, ...added] } : each);
  }
  return [...listed.values(), ...others];
}
