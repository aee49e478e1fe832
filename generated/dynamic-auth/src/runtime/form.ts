import { isBlob } from "./files.js";
import type { Encodings, PropertyEncoding } from "./operation.js";
import { encoderOf, encodeStrictly, styledPairs, type Encode, type Pair } from "./styles.js";

export type Members = readonly (readonly [name: string, value: unknown])[];

export function membersOf(body: unknown): Members {
  if (typeof body !== "object" || body === null) throw new TypeError("the body of a form must be an object");
  return Object.entries(body).filter(([, value]) => value !== undefined);
}

export function encodingOf(encodings: Encodings | undefined, name: string): PropertyEncoding {
  return (encodings && Object.hasOwn(encodings, name) && encodings[name]) || {};
}

/**
 * `application/x-www-form-urlencoded`: a property with a style as a query parameter is written, any other as its media type is,
 * an item of a list for itself (OpenAPI 3.2.0, Encoding Object).
 */
export function formText(body: unknown, encodings: Encodings | undefined): string {
  return membersOf(body)
    .flatMap(([name, value]) => pairsOf(name, value, encodingOf(encodings, name)))
    .map((pair) => pair.join("="))
    .join("&");
}

function pairsOf(name: string, value: unknown, encoding: PropertyEncoding): readonly Pair[] {
  const encode = encoderOf({
    name,
    in: "query",
    style: "form",
    allowReserved: encoding.allowReserved === true,
  });
  const styled = propertyPairs(name, value, encoding, encode);
  if (styled) return styled;
  const values: readonly unknown[] = Array.isArray(value) ? value : [value];
  return values.map((each) => [encodeForm(name), encodeForm(contentText(each, encoding))]);
}

/** The pairs of a property whose encoding has a style: what any of three fields says, with the defaults of a query parameter. */
export function propertyPairs(
  name: string,
  value: unknown,
  { style, explode, allowReserved }: PropertyEncoding,
  encode: Encode,
): Pair[] | undefined {
  if (style === undefined && explode === undefined && allowReserved === undefined) return undefined;
  const chosen = style ?? "form";
  return styledPairs({ name, style: chosen, explode: explode ?? chosen === "form" }, value, encode);
}

/** A value as text: what is nested, or said to be JSON, as JSON. */
function contentText(value: unknown, { contentType = "" }: PropertyEncoding): string {
  const isJson = isNested(value) || /^application\/([^;,]+\+)?json\s*(;|$)/i.test(contentType);
  return isJson ? JSON.stringify(value) : value === null ? "" : String(value);
}

export function isNested(value: unknown): boolean {
  return typeof value === "object" && value !== null && !isBlob(value);
}

/** A space is a plus sign (WHATWG URL, section 5.2); the tilde is encoded as RFC 1738 asked. */
function encodeForm(text: string): string {
  return encodeStrictly(text).replaceAll("%20", "+").replaceAll("~", "%7E");
}
