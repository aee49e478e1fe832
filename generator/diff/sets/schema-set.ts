import { below } from "../../model/reader.js";
import type { Origin } from "../../source/source.js";
import type { ApiModel } from "../../model/model.js";
import type {
  ArraySchema,
  ConditionalSchema,
  LiteralsSchema,
  NotSchema,
  NumberSchema,
  ObjectSchema,
  Schema,
  SchemaId,
  StringSchema,
} from "../../model/schema.js";
import { isArray, isObject, jsonEquals, type JsonValue } from "../../source/json.js";
import {
  everything,
  NO_FACETS,
  SET_TYPES,
  type Alternative,
  type Bound,
  type BoundKeyword,
  type Conjunction,
  type Facets,
  type Opaque,
  type SetType,
} from "./alternative.js";
import { canonicalText } from "./canonical.js";
import { isIntegerFormat } from "./formats.js";
import { meet } from "./meet.js";

/**
 * A schema as the set of its instances: for each type of JSON, alternatives, each a conjunction of constraints. Compositions are
 * dissolved in it, so that documents which say the same in other words give the same set.
 */

/** Deeper compositions than this are not dissolved. */
const MAX_DEPTH = 32;
/** More alternatives than this are not multiplied out. */
const MAX_ALTERNATIVES = 256;

/** The sets of the schemas of one document. */
export class SchemaSets {
  private readonly schemas: ApiModel["schemas"];
  private readonly known = new Map<Schema, readonly Alternative[]>();

  constructor(schemas: ApiModel["schemas"]) {
    this.schemas = schemas;
  }

  /** The alternatives that all of the schemas leave. */
  of(schemas: Conjunction): readonly Alternative[] {
    const [first, ...others] = schemas;
    if (!first) return SET_TYPES.map((type) => everything(type, NOWHERE));
    return others.reduce((set, schema) => this.intersect(set, this.ofOne(schema, [])), this.ofOne(first, []));
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
    const made = open.length > MAX_DEPTH ? all(schema.origin) : this.make(schema, open);
    if (open.length === 0) this.known.set(schema, made);
    return made;
  }

  private make(schema: Schema, open: readonly SchemaId[]): readonly Alternative[] {
    switch (schema.kind) {
      case "any":
        return all(schema.origin);
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
        return constrained("object", schema, this.ofObject(schema));
      case "ref": {
        const target = open.includes(schema.target) ? undefined : this.schemas.get(schema.target);
        return target ? this.ofOne(target.schema, [...open, schema.target]) : all(schema.origin);
      }
      case "union":
        return unique(schema.members.flatMap((member) => this.ofOne(member, open)));
      case "intersection":
        return schema.members
          .map((member) => this.ofOne(member, open))
          .reduce((set, next) => this.intersect(set, next), all(schema.origin));
      case "unevaluated":
        return this.ofOne(schema.schema, open).map((each) => closed(each, schema));
      case "not":
        return this.ofNot(schema, open);
      case "conditional":
        return this.ofConditional(schema, open);
      default:
        return this.opaquely(schema);
    }
  }

  /** Where it is plain which types are forbidden, or are not, it says no more. */
  private ofNot(not: Schema & NotSchema, open: readonly SchemaId[]): readonly Alternative[] {
    if (!isPlain(not.schema)) return this.opaquely(not, not.schema);
    const forbidden = this.ofOne(not.schema, open);
    return this.opaquely(not, not.schema).flatMap((each) => {
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
    if (condition.kind === "any") return one ? this.ofOne(one, open) : all(origin);
    if (condition.kind === "never") return other ? this.ofOne(other, open) : all(origin);
    if (isNothing(one) && isNothing(other)) return all(origin);
    const [property, ...more] = onlyNames(condition);
    const required = one && isNothing(other) ? onlyNames(one) : [];
    if (property === undefined || more.length > 0 || required.length === 0) return this.opaquely(conditional);
    const opaque = dependencies([{ property, required }], origin);
    return all(origin).map((each) => (each.type === "object" ? { ...each, opaque } : each));
  }

  /**
   * A schema that is not dissolved is a constraint by its text, on every type.
   *
   * @param inner the one schema that it holds.
   */
  private opaquely(schema: Schema, inner?: Schema): readonly Alternative[] {
    const opaque = opaqueOf(schema.kind, canonicalText(schema, this.schemas), schema.origin, inner);
    return all(schema.origin).map((alternative) => ({ ...alternative, opaque }));
  }

  private intersect(a: readonly Alternative[], b: readonly Alternative[]): readonly Alternative[] {
    const pairs = a.flatMap((one) =>
      b.filter(({ type }) => type === one.type).map((other) => [one, other] as const),
    );
    const met = pairs.flatMap(([one, other]) => meet(one, other) ?? []);
    return met.length > MAX_ALTERNATIVES ? a : unique(met);
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
    const { propertyNames, dependentRequired } = schema;
    return {
      facets: { ...NO_FACETS, bounds: boundsOf(schema, ["minProperties", "maxProperties"]) },
      properties: new Map(
        schema.properties.map(({ name, required, schema: property }) => [
          name,
          {
            required,
            schemas: [...(property.kind === "any" ? [] : [property]), ...ofAll],
            origin: property.origin,
          },
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
}

const NOWHERE: Origin = { source: "", pointer: "" };

function all(origin: Origin): readonly Alternative[] {
  return SET_TYPES.map((type) => everything(type, origin));
}

/** What a pattern that every name has says, it says of all members: no other is left. */
function spread(
  schema: Schema & ObjectSchema,
): Schema & ObjectSchema & { readonly ofAll: readonly Schema[] } {
  const [every, some] = [true, false].map((wanted) =>
    schema.patternProperties.filter(({ pattern }) => EVERY_NAME.test(pattern) === wanted),
  );
  return { ...schema, patternProperties: some!, ofAll: every!.map((each) => each.schema) };
}

/** Patterns that every text matches, line breaks or not: nothing anchors them. */
const EVERY_NAME = /^(?:\.\*|\^|\$|\^\.\*|\.\*\$)?$/;

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

/** The names that an object must have, where nothing else is said of it. */
function onlyNames(schema: Schema): readonly string[] {
  if (schema.kind !== "object") return [];
  const { properties, patternProperties, additionalProperties, propertyNames, dependentRequired } = schema;
  const isMore =
    patternProperties.length + dependentRequired.length > 0 ||
    Boolean(additionalProperties ?? propertyNames) ||
    [schema.minProperties, schema.maxProperties].some((bound) => bound !== undefined);
  const isBare = properties.every((each) => each.required && each.schema.kind === "any");
  return isMore || !isBare ? [] : properties.map(({ name }) => name);
}

/** `dependentRequired` (Validation 2020-12, section 6.5.4), name by name. */
function dependencies(
  dependentRequired: ObjectSchema["dependentRequired"],
  origin: Origin,
): ReadonlyMap<string, Opaque> {
  const pairs = dependentRequired.flatMap(({ property, required }) =>
    required.map((name) => ({ property, name })),
  );
  return new Map(
    pairs.map(({ property, name }) => {
      const text = `${property}: ${name}`;
      return [`dependentRequired ${text}`, { keyword: "dependentRequired", text, origin, needs: name }];
    }),
  );
}

/** The alternative of one type, and where the schema does not assert the type, those of the others. */
function constrained(
  type: SetType,
  schema: Schema & { readonly asserted: boolean },
  parts: Partial<Alternative>,
): readonly Alternative[] {
  const own = { ...everything(type, schema.origin), ...parts };
  return schema.asserted ? [own] : all(schema.origin).map((other) => (other.type === type ? own : other));
}

function ofLiterals({ keyword, values, origin }: Schema & LiteralsSchema): readonly Alternative[] {
  return SET_TYPES.flatMap((type) => {
    const own = values.filter((value) => typeOf(value) === type);
    const isConst = keyword === "const" ? ({ isConst: true } as const) : {};
    return own.length === 0 ? [] : [{ ...everything(type, origin), values: own, ...isConst }];
  });
}

export function typeOf(value: JsonValue): SetType {
  if (value === null) return "null";
  if (isArray(value)) return "array";
  return isObject(value) ? "object" : (typeof value as "boolean" | "number" | "string");
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

/** Where nothing may follow `prefixItems`, there are no more items than those; and where there are no more, nothing follows them. */
function counted(schema: Schema & ArraySchema): Schema & ArraySchema {
  const { prefixItems, items, maxItems = Infinity, origin } = schema;
  if (prefixItems.length === 0) return schema;
  if (items?.kind === "never") return { ...schema, maxItems: Math.min(maxItems, prefixItems.length) };
  return maxItems > prefixItems.length
    ? schema
    : { ...schema, items: { kind: "never", origin, examples: [] } };
}

/** Anything is what every item is: then `contains` says how many there are. */
function withoutAnything(schema: Schema & ArraySchema): Schema & ArraySchema {
  const { contains, minItems = 0, maxItems = Infinity, ...rest } = schema;
  if (contains?.schema.kind !== "any") return schema;
  const most = Math.min(maxItems, contains.maximum ?? Infinity);
  return {
    ...rest,
    minItems: Math.max(minItems, contains.minimum),
    ...(most < Infinity && { maxItems: most }),
  };
}

/** With `minContains: 0` and no greatest number, `contains` asserts nothing (Core 2020-12, section 10.3.1.3). */
function asserts(contains: ArraySchema["contains"]): contains is NonNullable<ArraySchema["contains"]> {
  return contains !== undefined && (contains.minimum > 0 || contains.maximum !== undefined);
}

/** `minContains` and `maxContains` (Validation 2020-12, sections 6.4.4 and 6.4.5). */
function containsBounds({ contains, origin }: Schema & ArraySchema): [BoundKeyword, Bound][] {
  if (!contains || !asserts(contains)) return [];
  const { minimum, maximum } = contains;
  return [
    ["minContains", { value: minimum, origin: below(origin, "minContains") }],
    ...(maximum === undefined
      ? []
      : [["maxContains", { value: maximum, origin: below(origin, "maxContains") }] as [BoundKeyword, Bound]]),
  ];
}

function leftOutOf({ leftOut }: Schema & ObjectSchema): Pick<Alternative, "leftOut"> {
  return leftOut ? { leftOut: new Map(leftOut.map(({ name, mark }) => [name, mark])) } : {};
}

const NUMBER_BOUNDS = ["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"] as const;

function ofNumber(schema: Schema & NumberSchema): Partial<Alternative> {
  const { integer, multipleOf, format, origin } = schema;
  return {
    facets: {
      ...NO_FACETS,
      bounds: boundsOf(schema, NUMBER_BOUNDS),
      integer: integer || isIntegerFormat(format),
      multipleOf: multipleOf === undefined ? [] : [multipleOf],
    },
    opaque: format === undefined ? new Map() : opaqueOf("format", format, below(origin, "format")),
  };
}

/** Patterns that every text matches: a dot is no line break, so what begins and ends with dots alone leaves some texts out. */
const MATCHES_ALL = /^(?:\^?(?:\.\*|\(\.\*\))?|(?:\.\*|\(\.\*\))?\$?|\^?\[\\s\\S\]\*\$?)$/;

function ofString(schema: Schema & StringSchema): Partial<Alternative> {
  const texts = (["pattern", "format"] as const).flatMap((keyword) => {
    const text = schema[keyword];
    return text === undefined || (keyword === "pattern" && MATCHES_ALL.test(text))
      ? []
      : [...opaqueOf(keyword, text, below(schema.origin, keyword))];
  });
  return {
    facets: { ...NO_FACETS, bounds: boundsOf(schema, ["minLength", "maxLength"]) },
    opaque: new Map(texts),
  };
}

function boundsOf<K extends BoundKeyword>(
  schema: Schema & { readonly [key in K]?: number },
  keywords: readonly K[],
): Facets["bounds"] {
  return new Map(
    keywords.flatMap((keyword) => {
      const value = schema[keyword];
      // A length or a count of at least 0 says nothing.
      if (value === undefined || (value === 0 && /^min[LIP]/.test(keyword))) return [];
      return [[keyword, { value, origin: below(schema.origin, keyword) }] as const];
    }),
  );
}

function opaqueOf(
  keyword: string,
  text: string,
  origin: Origin,
  schema?: Schema,
): ReadonlyMap<string, Opaque> {
  return new Map([[`${keyword} ${text}`, { keyword, text, origin, ...(schema && { schema }) }]]);
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
    const added = each.values.filter((value) => !known?.values!.some((other) => jsonEquals(value, other)));
    listed.set(each.type, known ? { ...known, values: [...known.values!, ...added] } : each);
  }
  return [...listed.values(), ...others];
}

/** True for every value of a type. */
function isEverything(alternative: Alternative): boolean {
  const { values, facets, properties, patternProperties, additional, prefixItems, items, opaque } =
    alternative;
  const { bounds, multipleOf, integer, uniqueItems } = facets;
  const said =
    [bounds, properties, patternProperties, opaque].some(({ size }) => size > 0) ||
    [multipleOf, additional, prefixItems, items].some(({ length }) => length > 0);
  return values === undefined && !said && !integer && !uniqueItems;
}

/** True where nothing but its values is said of an alternative. */
function isOnlyValues({ facets, properties, opaque }: Alternative): boolean {
  return facets === NO_FACETS && properties.size === 0 && opaque.size === 0;
}
