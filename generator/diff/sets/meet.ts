import type { Schema } from "../../model/schema.js";
import { holds } from "./values.js";
import { matchesPattern } from "../matching.js";
import { LOWER_BOUNDS, NO_FACETS, type Alternative, type Conjunction, type Facets } from "./alternative.js";
import { fitsFacets, isListedInNot, listedInNot } from "./fits.js";

/** What both alternatives leave; undefined where they exclude each other. */
export function meet(a: Alternative, b: Alternative): Alternative | undefined {
  const values =
    a.values && b.values ? a.values.filter((value) => holds(b.values!, value)) : (a.values ?? b.values);
  if (values?.length === 0) return undefined;
  return withoutRefused({
    type: a.type,
    ...(values && { values }),
    ...((a.isConst || b.isConst) && { isConst: true as const }),
    ...(!a.entries !== !b.entries && { entries: a.entries ?? b.entries! }),
    ...((a.leftOut || b.leftOut) && { leftOut: new Map([...(a.leftOut ?? []), ...(b.leftOut ?? [])]) }),
    facets: meetFacets(a.facets, b.facets),
    properties: meetProperties(a, b),
    patternProperties: meetPatterns(a, b),
    additional: both(a.additional, b.additional),
    prefixItems: Array.from({ length: Math.max(a.prefixItems.length, b.prefixItems.length) }, (_, index) =>
      both(a.prefixItems[index] ?? a.items, b.prefixItems[index] ?? b.items),
    ),
    items: both(a.items, b.items),
    opaque: new Map([...a.opaque, ...b.opaque]),
    origin: isBare(a) ? b.origin : a.origin,
  });
}

/** Of listed values, those that are left: what has been said of them then is said by the list. */
function withoutRefused(alternative: Alternative): Alternative | undefined {
  const { values, facets, opaque } = alternative;
  if (!values) return alternative;
  const left = values.filter((value) => fitsFacets(facets, value) && !isListedInNot(opaque, value));
  if (left.length === 0) return undefined;
  const others = new Map([...opaque].filter(([, each]) => listedInNot(each).length === 0));
  return { ...alternative, values: left, facets: NO_FACETS, opaque: others };
}

/** Schemas that hold together: what several of them say is said once, or schemas that refer to each other would have ever more to say. */
function both(one: Conjunction, other: Conjunction): Conjunction {
  const isSaid = (schema: Schema) => one.some((each) => each === schema || isSameReference(each, schema));
  return other.length === 0 ? one : [...one, ...other.filter((schema) => !isSaid(schema))];
}

function isSameReference(a: Schema, b: Schema): boolean {
  return a.kind === "ref" && b.kind === "ref" && a.target === b.target;
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

/** What one side says of a pattern, and the other leaves to `additionalProperties`, must be what both say. */
function meetPatterns(a: Alternative, b: Alternative): Alternative["patternProperties"] {
  const patterns = new Set([...a.patternProperties.keys(), ...b.patternProperties.keys()]);
  return new Map(
    [...patterns].map((pattern) => [
      pattern,
      both(
        a.patternProperties.get(pattern) ?? restOf(a, pattern),
        b.patternProperties.get(pattern) ?? restOf(b, pattern),
      ),
    ]),
  );
}

/**
 * What it says of the names that match another's pattern. Beside patterns of its own, nobody can tell which of them it leaves to
 * `additionalProperties`; nor beside a property that is one of them.
 */
function restOf({ properties, patternProperties, additional }: Alternative, pattern: string): Conjunction {
  const isNamed = [...properties.keys()].some((name) => matchesPattern(pattern, name));
  return patternProperties.size === 0 && !isNamed ? additional : [];
}

/** A property that one side names and the other leaves to `additionalProperties` must be what both say; its patterns go on to hold. */
function meetProperties(a: Alternative, b: Alternative): Alternative["properties"] {
  const names = new Set([...a.properties.keys(), ...b.properties.keys()]);
  return new Map(
    [...names].map((name) => {
      const [one, other] = [a.properties.get(name), b.properties.get(name)];
      return [
        name,
        {
          required: (one?.required ?? false) || (other?.required ?? false),
          schemas: both(one?.schemas ?? unnamed(a, name), other?.schemas ?? unnamed(b, name)),
          origin: (one ?? other)!.origin,
        },
      ];
    }),
  );
}

/** What it says of a name that none of its properties has, beside its patterns. */
function unnamed({ patternProperties, additional }: Alternative, name: string): Conjunction {
  return [...patternProperties.keys()].some((pattern) => matchesPattern(pattern, name)) ? [] : additional;
}
