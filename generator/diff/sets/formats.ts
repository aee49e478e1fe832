import { FORMATS } from "../../fixtures/search/formats.js";
import { isTextFormat } from "../../model/formats.js";

/** Formats whose values all have the other format as well (OpenAPI Format Registry; JSON Schema Validation 2020-12, section 7.3). */
const WITHIN: readonly (readonly [inner: string, outer: string])[] = [
  ["int32", "int64"],
  ["float", "double"],
  ["email", "idn-email"],
  ["hostname", "idn-hostname"],
  ["uri", "iri"],
  ["uri", "uri-reference"],
  ["uri", "iri-reference"],
  ["iri", "iri-reference"],
  ["uri-reference", "iri-reference"],
];

/** From where to where formats of whole numbers go (OpenAPI Format Registry). */
const RANGES: ReadonlyMap<string, readonly [least: number, greatest: number]> = new Map([
  ["int32", [-(2 ** 31), 2 ** 31 - 1]],
  ["int64", [-(2 ** 63), 2 ** 63]],
]);

/** The least and the greatest number of a format of whole ones; undefined for other formats. */
export function rangeOfFormat(format: string): readonly [least: number, greatest: number] | undefined {
  return RANGES.get(format);
}

/** True where a number of the format is a whole one. */
export function isIntegerFormat(format: string | undefined): boolean {
  return RANGES.has(format ?? "");
}

/** How long the texts of a format are that validators hold texts to; undefined where it does not say. */
export function lengthsOf(format: string): readonly [least: number, greatest: number] | undefined {
  return isTextFormat(format) ? FORMATS.get(format)?.lengths[0] : undefined;
}

/** True where each value of the one format has the other. */
export function isFormatWithin(inner: string, outer: string): boolean {
  return inner === outer || WITHIN.some(([one, other]) => one === inner && other === outer);
}
