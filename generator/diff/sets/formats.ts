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

/** The least and the greatest length of the texts of a format (RFC 9562, RFC 3339, RFC 2673, RFC 4291, RFC 1123). */
const LENGTHS: ReadonlyMap<string, readonly [least: number, greatest: number]> = new Map([
  ["uuid", [36, 36]],
  ["date", [10, 10]],
  ["ipv4", [7, 15]],
  ["ipv6", [2, 45]],
  ["hostname", [1, 253]],
]);

/** How long the texts of a format are; undefined where it does not say. */
export function lengthsOf(format: string): readonly [least: number, greatest: number] | undefined {
  return LENGTHS.get(format);
}

/** True where each value of the one format has the other. */
export function isFormatWithin(inner: string, outer: string): boolean {
  return inner === outer || WITHIN.some(([one, other]) => one === inner && other === outer);
}
