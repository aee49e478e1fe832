import { below } from "../model/reader.js";
import type { Origin } from "../source/source.js";
import type { ApiModel } from "../model/model.js";
import type {
  ArraySchema,
  LiteralsSchema,
  NumberSchema,
  ObjectSchema,
  Schema,
  SchemaId,
  StringSchema,
} from "../model/schema.js";
import { isArray, isObject, jsonEquals, type JsonValue } from "../source/json.js";
import { canonicalText } from "./canonical.js";

/**
 * A schema as the set of its instances: for each type of JSON, alternatives, each a conjunction of constraints. Compositions are
 * dissolved in it, so that documents which say the same in other words give the same set.
 */

/** The types that a set is cut into; an integer is a number. */
export const SET_TYPES = ["null", "boolean", "number", "string", "array", "object"] as const;
export type SetType = (typeof SET_TYPES)[number];

/** Schemas that hold together, of one document. Undefined members say nothing. */
export type Conjunction = readonly Schema[];

/** One way to be an instance. */
export type Alternative = {
  readonly type: SetType;
  /** The only values, where they are listed. */
  readonly values?: readonly JsonValue[];
  readonly facets: Facets;
  readonly properties: ReadonlyMap<
    string,
    { readonly required: boolean; readonly schemas: Conjunction; readonly origin: Origin }
  >;
  readonly patternProperties: ReadonlyMap<string, Conjunction>;
  /** What no property and no pattern names; empty allows everything. */
  readonly additional: Conjunction;
  readonly prefixItems: readonly Conjunction[];
  readonly items: Conjunction;
  /** Constraints that are compared by their text alone: `pattern`, `format`, `not`, `if`, … */
  readonly opaque: ReadonlyMap<string, Opaque>;
  readonly origin: Origin;
  /** That its values are those of `const`. */
  readonly isConst?: true;
  /** That it is there because every text is taken ({@link TextSets}). */
  readonly isImplied?: true;
  /** The properties that the direction leaves out, and why. */
  readonly leftOut?: ReadonlyMap<string, Mark>;
};

/** Why a direction leaves a property out (Validation 2020-12, section 9.4). */
type Mark = "read-only" | "write-only";

/** A constraint that is the same or another, and no more is known of it. */
export type Opaque = { readonly keyword: string; readonly text: string; readonly origin: Origin };

/** A bound, and where it stands. */
type Bound = { readonly value: number; readonly origin: Origin };
export const LOWER_BOUNDS = [
  "minimum",
  "exclusiveMinimum",
  "minLength",
  "minItems",
  "minProperties",
  "minContains",
] as const;
export const UPPER_BOUNDS = [
  "maximum",
  "exclusiveMaximum",
  "maxLength",
  "maxItems",
  "maxProperties",
  "maxContains",
] as const;
export type BoundKeyword = (typeof LOWER_BOUNDS)[number] | (typeof UPPER_BOUNDS)[number];
export type Facets = {
  readonly bounds: ReadonlyMap<BoundKeyword, Bound>;
  readonly multipleOf: readonly number[];
  readonly integer: boolean;
  readonly uniqueItems: boolean;
};

/** Deeper compositions than this are not dissolved. */
const MAX_DEPTH = 32;
/** More alternatives than this are not multiplied out. */
const MAX_ALTERNATIVES = 256;

const NO_FACETS: Facets = { bounds: new Map(), multipleOf: [], integer: false, uniqueItems: false };

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
      default:
        return this.opaquely(schema);
    }
  }

  /** A schema that is not dissolved is a constraint by its text, on every type. */
  private opaquely(schema: Schema): readonly Alternative[] {
    const opaque = opaqueOf(schema.kind, canonicalText(schema, this.schemas), schema.origin);
    return all(schema.origin).map((alternative) => ({ ...alternative, opaque }));
  }

  private intersect(a: readonly Alternative[], b: readonly Alternative[]): readonly Alternative[] {
    const pairs = a.flatMap((one) =>
      b.filter(({ type }) => type === one.type).map((other) => [one, other] as const),
    );
    const met = pairs.flatMap(([one, other]) => meet(one, other) ?? []);
    return met.length > MAX_ALTERNATIVES ? a : unique(met);
  }

  private ofArray(schema: Schema & ArraySchema): Partial<Alternative> {
    const { contains } = schema;
    return {
      facets: {
        ...NO_FACETS,
        bounds: new Map([...boundsOf(schema, ["minItems", "maxItems"]), ...containsBounds(schema)]),
        uniqueItems: schema.uniqueItems ?? false,
      },
      prefixItems: schema.prefixItems.map((item) => [item]),
      items: schema.items ? [schema.items] : [],
      opaque: contains
        ? opaqueOf("contains", canonicalText(contains.schema, this.schemas), below(schema.origin, "contains"))
        : new Map(),
    };
  }

  private ofObject(schema: Schema & ObjectSchema): Partial<Alternative> {
    const { propertyNames, dependentRequired } = schema;
    const dependents = dependentRequired.flatMap(({ property, required }) =>
      required.map((name) => `${property}: ${name}`),
    );
    return {
      facets: { ...NO_FACETS, bounds: boundsOf(schema, ["minProperties", "maxProperties"]) },
      properties: new Map(
        schema.properties.map(({ name, required, schema: property }) => [
          name,
          { required, schemas: property.kind === "any" ? [] : [property], origin: property.origin },
        ]),
      ),
      patternProperties: new Map(schema.patternProperties.map((each) => [each.pattern, [each.schema]])),
      additional: schema.additionalProperties ? [schema.additionalProperties] : [],
      opaque: new Map([
        ...(propertyNames
          ? opaqueOf("propertyNames", canonicalText(propertyNames, this.schemas), propertyNames.origin)
          : []),
        ...dependents.flatMap((text) => [
          ...opaqueOf("dependentRequired", text, below(schema.origin, "dependentRequired")),
        ]),
      ]),
      ...leftOutOf(schema),
    };
  }
}

/**
 * The sets of values that are sent as their texts (parameters and headers of a style): there a schema that takes every text takes what
 * is a number or a boolean elsewhere.
 */
export class TextSets {
  private readonly sets: SchemaSets;
  private readonly known = new WeakMap<readonly Alternative[], readonly Alternative[]>();

  constructor(sets: SchemaSets) {
    this.sets = sets;
  }

  of(schemas: Conjunction): readonly Alternative[] {
    const own = this.sets.of(schemas);
    if (schemas.length === 0) return own;
    const known = this.known.get(own) ?? withTexts(own);
    this.known.set(own, known);
    return known;
  }
}

function withTexts(alternatives: readonly Alternative[]): readonly Alternative[] {
  const text = alternatives.find((each) => each.type === "string" && isEverything(each));
  if (!text) return alternatives;
  const others = (["number", "boolean"] as const).map((type): Alternative => {
    const isOwn = alternatives.some((each) => each.type === type);
    return { ...everything(type, text.origin), ...(!isOwn && { isImplied: true }) };
  });
  return [...alternatives.filter(({ type }) => type !== "number" && type !== "boolean"), ...others];
}

function isEverything({ values, facets, opaque }: Alternative): boolean {
  const { bounds, multipleOf, integer, uniqueItems } = facets;
  return !values && bounds.size + multipleOf.length + opaque.size === 0 && !integer && !uniqueItems;
}

const NOWHERE: Origin = { source: "", pointer: "" };

function everything(type: SetType, origin: Origin): Alternative {
  return {
    type,
    facets: NO_FACETS,
    properties: new Map(),
    patternProperties: new Map(),
    additional: [],
    prefixItems: [],
    items: [],
    opaque: new Map(),
    origin,
  };
}

function all(origin: Origin): readonly Alternative[] {
  return SET_TYPES.map((type) => everything(type, origin));
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
  if (alternative.type === "array" && items && alternative.items.length === 0)
    return { ...alternative, items: [items] };
  return alternative;
}

/** `minContains` and `maxContains` (Validation 2020-12, sections 6.4.4 and 6.4.5). */
function containsBounds({ contains, origin }: Schema & ArraySchema): [BoundKeyword, Bound][] {
  if (!contains) return [];
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
      integer,
      multipleOf: multipleOf === undefined ? [] : [multipleOf],
    },
    opaque: format === undefined ? new Map() : opaqueOf("format", format, below(origin, "format")),
  };
}

/** Patterns that every text matches. */
const MATCHES_ALL = /^\^?(?:\.\*|\(\.\*\)|\[\\s\\S\]\*)?\$?$/;

function ofString(schema: Schema & StringSchema): Partial<Alternative> {
  const texts = (["pattern", "format", "contentEncoding", "contentMediaType"] as const).flatMap((keyword) => {
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

function opaqueOf(keyword: string, text: string, origin: Origin): ReadonlyMap<string, Opaque> {
  return new Map([[`${keyword} ${text}`, { keyword, text, origin }]]);
}

/** What both alternatives leave; undefined where they exclude each other. */
function meet(a: Alternative, b: Alternative): Alternative | undefined {
  const values =
    a.values && b.values
      ? a.values.filter((value) => b.values!.some((other) => jsonEquals(value, other)))
      : (a.values ?? b.values);
  if (values?.length === 0) return undefined;
  return {
    type: a.type,
    ...(values && { values }),
    ...((a.isConst || b.isConst) && { isConst: true as const }),
    ...((a.leftOut || b.leftOut) && { leftOut: new Map([...(a.leftOut ?? []), ...(b.leftOut ?? [])]) }),
    facets: meetFacets(a.facets, b.facets),
    properties: meetProperties(a, b),
    patternProperties: new Map([...a.patternProperties, ...b.patternProperties]),
    additional: [...a.additional, ...b.additional],
    prefixItems: Array.from({ length: Math.max(a.prefixItems.length, b.prefixItems.length) }, (_, index) => [
      ...(a.prefixItems[index] ?? a.items),
      ...(b.prefixItems[index] ?? b.items),
    ]),
    items: [...a.items, ...b.items],
    opaque: new Map([...a.opaque, ...b.opaque]),
    origin: isBare(a) ? b.origin : a.origin,
  };
}

function isBare({ values, facets, properties, opaque, items, additional }: Alternative): boolean {
  return (
    !values && facets === NO_FACETS && properties.size + opaque.size + items.length + additional.length === 0
  );
}

function meetFacets(a: Facets, b: Facets): Facets {
  if (a === NO_FACETS) return b;
  if (b === NO_FACETS) return a;
  const bounds = new Map(a.bounds);
  for (const [keyword, bound] of b.bounds) {
    const own = bounds.get(keyword);
    const isLower = (LOWER_BOUNDS as readonly string[]).includes(keyword);
    if (!own || (isLower ? bound.value > own.value : bound.value < own.value)) bounds.set(keyword, bound);
  }
  return {
    bounds,
    multipleOf: [...new Set([...a.multipleOf, ...b.multipleOf])],
    integer: a.integer || b.integer,
    uniqueItems: a.uniqueItems || b.uniqueItems,
  };
}

/** A property that one side names and the other leaves to `additionalProperties` must be what both say. */
function meetProperties(a: Alternative, b: Alternative): Alternative["properties"] {
  const names = new Set([...a.properties.keys(), ...b.properties.keys()]);
  return new Map(
    [...names].map((name) => {
      const [one, other] = [a.properties.get(name), b.properties.get(name)];
      return [
        name,
        {
          required: (one?.required ?? false) || (other?.required ?? false),
          schemas: [...(one?.schemas ?? a.additional), ...(other?.schemas ?? b.additional)],
          origin: (one ?? other)!.origin,
        },
      ];
    }),
  );
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

function isOnlyValues({ facets, properties, opaque }: Alternative): boolean {
  return facets === NO_FACETS && properties.size === 0 && opaque.size === 0;
}
