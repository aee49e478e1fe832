import type { LeftOut, Schema } from "../../model/schema.js";
import { isArray, isObject, type JsonValue } from "../../source/json.js";
import type { Origin } from "../../source/source.js";

/** The types that a set is cut into; an integer is a number. */
export const SET_TYPES = ["null", "boolean", "number", "string", "array", "object"] as const;
export type SetType = (typeof SET_TYPES)[number];

/** Schemas that hold together, of one document; none says nothing. */
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
  /** Constraints that are compared by their text, `pattern`, `format`, `if`, …, or by a schema that they hold: `not`, `contains`, … */
  readonly opaque: ReadonlyMap<string, Opaque>;
  readonly origin: Origin;
  /** The members of `oneOf` and `anyOf` that it is of, the outermost first; none where it is of several that hold together. */
  readonly entries?: readonly Entry[];
  /** That its values are those of `const`. */
  readonly isConst?: true;
  /** That it is there because every text is taken ({@link TextSets}). */
  readonly isImplied?: true;
  /** The properties that the direction leaves out (Validation 2020-12, section 9.4). */
  readonly leftOut?: ReadonlyMap<string, LeftOut>;
};

/** A member of a `oneOf` or an `anyOf`, and the name of the schema that it refers to. */
export type Entry = { readonly origin: Origin; readonly name?: string };

/** A constraint that is the same or another; more is known of it where it holds one schema. */
export type Opaque = {
  readonly keyword: string;
  readonly text: string;
  readonly origin: Origin;
  /** What must not hold (`not`), of some items (`contains`), or of all names (`propertyNames`). */
  readonly schema?: Schema;
  /** The name that another one needs (`dependentRequired`). */
  readonly needs?: string;
};

/** A bound, and where it stands. */
export type Bound = { readonly value: number; readonly origin: Origin };
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

export const NO_FACETS: Facets = { bounds: new Map(), multipleOf: [], integer: false, uniqueItems: false };

/** Every value of a type. */
export function everything(type: SetType, origin: Origin): Alternative {
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

export function typeOf(value: JsonValue): SetType {
  if (value === null) return "null";
  if (isArray(value)) return "array";
  return isObject(value) ? "object" : (typeof value as "boolean" | "number" | "string");
}

export function everyType(origin: Origin): readonly Alternative[] {
  return SET_TYPES.map((type) => everything(type, origin));
}

export function opaqueOf(
  keyword: string,
  text: string,
  origin: Origin,
  schema?: Schema,
): ReadonlyMap<string, Opaque> {
  return new Map([[`${keyword} ${text}`, { keyword, text, origin, ...(schema && { schema }) }]]);
}

/** True for every value of a type. */
export function isEverything(alternative: Alternative): boolean {
  const { values, facets, properties, patternProperties, additional, prefixItems, items, opaque } =
    alternative;
  const { bounds, multipleOf, integer, uniqueItems } = facets;
  const said =
    [bounds, properties, patternProperties, opaque].some(({ size }) => size > 0) ||
    [multipleOf, additional, prefixItems, items].some(({ length }) => length > 0);
  return values === undefined && !said && !integer && !uniqueItems;
}

/** True where nothing but its values is said of an alternative. */
export function isOnlyValues({ facets, properties, opaque }: Alternative): boolean {
  return facets === NO_FACETS && properties.size === 0 && opaque.size === 0;
}
