import { isArray, isObject, type JsonValue } from "../../source/json.js";
import type { Alternative, Facets, Opaque } from "./alternative.js";
import { areUnique, holds } from "./values.js";
import { isMultipleOf } from "./decimals.js";

/** True for a value of the type that the facets are about which they leave; how many items `contains` fit is not looked at. */
export function fitsFacets({ bounds, multipleOf, integer, uniqueItems }: Facets, value: JsonValue): boolean {
  const size = sizeOf(value);
  const fits = [...bounds].every(([keyword, { value: bound }]) => {
    if (size === undefined || keyword.endsWith("Contains")) return true;
    if (keyword.startsWith("exclusive")) return keyword === "exclusiveMinimum" ? size > bound : size < bound;
    return keyword.startsWith("min") ? size >= bound : size <= bound;
  });
  if (typeof value === "number")
    return (
      fits && (!integer || Number.isInteger(value)) && multipleOf.every((each) => isMultipleOf(value, each))
    );
  return fits && (!uniqueItems || !isArray(value) || areUnique(value));
}

function sizeOf(value: JsonValue): number | undefined {
  if (typeof value === "number") return value;
  if (typeof value === "string") return [...value].length;
  if (isArray(value)) return value.length;
  return isObject(value) ? Object.keys(value).length : undefined;
}

/** The values that a `not` lists; none where it says anything else. */
export function listedInNot({ keyword, schema }: Opaque): readonly JsonValue[] {
  return keyword === "not" && schema?.kind === "literals" ? schema.values : [];
}

export function isListedInNot(opaque: Alternative["opaque"], value: JsonValue): boolean {
  return [...opaque.values()].some((each) => holds(listedInNot(each), value));
}
