import type { Alternative, BoundKeyword, Facets } from "./alternative.js";
import { isMultipleOf } from "./decimals.js";
import { lengthsOf, rangeOfFormat } from "./formats.js";
import { lengthsOfPattern } from "./pattern-lengths.js";

/** What an alternative says of bounds, multiples and the like, said in whatever words (Validation 2020-12, sections 6.2 to 6.5). */

/** True where what an alternative says of its bounds includes what the facets ask. */
export function impliesFacets(
  one: Alternative,
  { bounds, multipleOf, integer, uniqueItems }: Facets,
): boolean {
  return (
    [...bounds].every(([keyword, { value }]) => impliesBound(one, keyword, value)) &&
    multipleOf.every((step) => impliesMultiple(one.facets, step)) &&
    (!integer || holdsIntegers(one.facets)) &&
    (!uniqueItems || holdsUnique(one.facets))
  );
}

/** True where all numbers that are left are integers. */
export function holdsIntegers({ integer, multipleOf }: Facets): boolean {
  return integer || multipleOf.some((each) => Number.isInteger(each));
}

/** True where no two items can be the same. */
export function holdsUnique({ uniqueItems, bounds }: Facets): boolean {
  return uniqueItems || (bounds.get("maxItems")?.value ?? Infinity) <= 1;
}

/** True where all numbers that are left are multiples of the step. */
export function impliesMultiple({ integer, multipleOf }: Facets, step: number): boolean {
  const steps = integer ? [1, ...multipleOf] : multipleOf;
  return [...steps, ...commonMultiple(steps)].some((each) => isMultipleOf(each, step));
}

/** The least number that is a multiple of all that are integers; none where no integer is among them, or where it is too great to be exact. */
function commonMultiple(numbers: readonly number[]): readonly number[] {
  const [first, ...others] = numbers.filter(Number.isSafeInteger);
  if (first === undefined) return [];
  const least = others.reduce((all, each) => (all / divisorOf(all, each)) * each, first);
  return Number.isSafeInteger(least) ? [least] : [];
}

/** The greatest number that divides both. */
function divisorOf(a: number, b: number): number {
  return b === 0 ? a : divisorOf(b, a % b);
}

/** How great the numbers are at least and at most, or how long the texts, that formats and patterns leave. */
function sizesBy({ type, opaque }: Alternative): readonly [least: number, greatest: number] {
  const ofFormat = type === "number" ? rangeOfFormat : lengthsOf;
  const all = [...opaque.values()].flatMap(({ keyword, text }) => {
    if (keyword === "pattern") return [lengthsOfPattern(text)];
    const known = keyword === "format" ? ofFormat(text) : undefined;
    return known ? [known] : [];
  });
  return [
    Math.max(-Infinity, ...all.map(([least]) => least)),
    Math.min(Infinity, ...all.map(([, greatest]) => greatest)),
  ];
}

/** True where what an alternative says includes a bound. */
export function impliesBound(one: Alternative, keyword: BoundKeyword, value: number): boolean {
  const own = (key: BoundKeyword, none: number) => one.facets.bounds.get(key)?.value ?? none;
  const integer = holdsIntegers(one.facets);
  const [least, greatest] = sizesBy(one);
  switch (keyword) {
    case "minimum":
      return (
        least >= value ||
        (integer ? Math.ceil(own("minimum", -Infinity)) : own("minimum", -Infinity)) >= value ||
        own("exclusiveMinimum", -Infinity) >= (integer ? Math.ceil(value) - 1 : value)
      );
    case "exclusiveMinimum":
      return (
        own("exclusiveMinimum", -Infinity) >= value || Math.max(own("minimum", -Infinity), least) > value
      );
    case "maximum":
      return (
        greatest <= value ||
        (integer ? Math.floor(own("maximum", Infinity)) : own("maximum", Infinity)) <= value ||
        own("exclusiveMaximum", Infinity) <= (integer ? Math.floor(value) + 1 : value)
      );
    case "exclusiveMaximum":
      return (
        own("exclusiveMaximum", Infinity) <= value || Math.min(own("maximum", Infinity), greatest) < value
      );
    case "minProperties":
      return (
        Math.max(own(keyword, 0), [...one.properties.values()].filter(({ required }) => required).length) >=
        value
      );
    case "minLength":
      return Math.max(own(keyword, 0), least) >= value;
    case "maxLength":
      return Math.min(own(keyword, Infinity), greatest) <= value;
    case "minItems":
    case "minContains":
      return own(keyword, 0) >= value;
    default:
      return own(keyword, Infinity) <= value;
  }
}

/** The least and the greatest integer that bounds leave. */
export function rangeOf({ bounds }: Facets): readonly [least: number, most: number] {
  const bound = (keyword: BoundKeyword, none: number) => bounds.get(keyword)?.value ?? none;
  return [
    Math.ceil(Math.max(bound("minimum", -Infinity), bound("exclusiveMinimum", -Infinity))),
    Math.floor(Math.min(bound("maximum", Infinity), bound("exclusiveMaximum", Infinity))),
  ];
}
