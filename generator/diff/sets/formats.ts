import { FORMATS } from "../../fixtures/search/formats.js";
import { isTextFormat, type TextFormat } from "../../model/formats.js";

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

const DATE = "\\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\\d|3[01])";
const TIME = "([01]\\d|2[0-3]):[0-5]\\d:([0-5]\\d|60)(\\.\\d+)?([Zz]|[+-]([01]\\d|2[0-3]):[0-5]\\d)";
const LABEL = "[A-Za-z\\d]([A-Za-z\\d-]*[A-Za-z\\d])?";
const NAME = `${LABEL}(\\.${LABEL})*`;
const ATOM = "[\\w!#$%&'*+/=?^`{|}~\\-]+";
const BYTE = "(25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)";
const POINTER = "(/([^~/]|~[01])*)*";

/** What all texts of a format match, and what others match, too: a month has 31 days here, and what is around the `::` of an address is not counted. */
const PATTERNS: { readonly [F in TextFormat]?: string } = {
  date: `^${DATE}$`,
  time: `^${TIME}$`,
  "date-time": `^${DATE}[Tt ]${TIME}$`,
  uuid: "^[\\dA-Fa-f]{8}(-[\\dA-Fa-f]{4}){3}-[\\dA-Fa-f]{12}$",
  email: `^${ATOM}(\\.${ATOM})*@${NAME}$`,
  uri: "^[A-Za-z][A-Za-z\\d+.\\-]*:[!-~]*$",
  ipv4: `^${BYTE}(\\.${BYTE}){3}$`,
  ipv6: "^[\\dA-Fa-f:.]{2,45}$",
  byte: "^([A-Za-z\\d+/]{4})*([A-Za-z\\d+/]{2}==|[A-Za-z\\d+/]{3}=)?$",
  hostname: `^${NAME}$`,
  duration: "^P(\\d+W|(\\d+Y)?(\\d+M)?(\\d+D)?(T(\\d+H)?(\\d+M)?(\\d+S)?)?)$",
  "uri-reference": "^[!-~]*$",
  "json-pointer": `^${POINTER}$`,
  "relative-json-pointer": `^(0|[1-9]\\d*)(#|${POINTER})$`,
};

/** A `pattern` that all texts of a format match that validators hold texts to; undefined where nobody has written one down. */
export function patternOf(format: string): string | undefined {
  return isTextFormat(format) ? PATTERNS[format] : undefined;
}

/** True where each value of the one format has the other. */
export function isFormatWithin(inner: string, outer: string): boolean {
  return inner === outer || WITHIN.some(([one, other]) => one === inner && other === outer);
}
