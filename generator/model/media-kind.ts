import { isObject, own, type JsonObject, type JsonValue } from "../source/json.js";
import type { Direction } from "./graph.js";
import type { BodyKind, RequestBody } from "./model.js";

/** `application/json` and what ends in `+json` (RFC 6839, section 3.1), parameters aside; `application/*+json` too. */
export function isJson(mediaType: string): boolean {
  return /^(application|text)\/([^;\s]+\+)?json\s*(;|$)/i.test(mediaType);
}

/** A media type range: `image/*`, `*`-slash-`*`, `application/*+json` (RFC 9110, section 12.5.1). */
export function isRange(mediaType: string): boolean {
  return /^[^;]*\/\*/.test(mediaType);
}

/** True where the caller may or must say the type of the body: there are several, or a range. */
export function isOpen({ content }: RequestBody): boolean {
  return content.length > 1 || content.some(({ type }) => isRange(type));
}

/** Sequential media types (OpenAPI 3.2.0, Media Type Object), with the other names that JSON Lines go by. */
const SEQUENCES: readonly (readonly [BodyKind, RegExp])[] = [
  ["events", /^text\/event-stream\s*(;|$)/i],
  ["jsonSequence", /^application\/([^;\s]+\+)?json-seq\s*(;|$)/i],
  ["jsonLines", /^application\/((x-)?(ndjson|jsonl|json-?lines)|stream\+json)\s*(;|$)/i],
];

export function isSequence(kind: BodyKind): boolean {
  return SEQUENCES.some(([each]) => each === kind);
}

/**
 * How bodies of a media type are written. A range that says no format has that of its schema. A request may bring any bytes as a string;
 * a response that is one is text.
 */
export function kindOf(
  mediaType: string,
  schema: JsonObject | undefined,
  direction: Direction = "request",
): BodyKind {
  const sequence = SEQUENCES.find(([, pattern]) => pattern.test(mediaType));
  if (sequence) return sequence[0];
  if (isJson(mediaType)) return "json";
  if (/^application\/x-www-form-urlencoded\s*(;|$)/i.test(mediaType)) return "form";
  if (/^multipart\//i.test(mediaType)) return "multipart";
  if (/^text\/|[/+]xml\b/i.test(mediaType)) return "text";
  if (TEXTS.test(mediaType) && isPlainText(schema)) return "text";
  if (!/^(\*|application)\/\*\s*(;|$)/i.test(mediaType)) return "binary";
  if (isStructured(schema)) return "json";
  return direction === "response" && isPlainText(schema) ? "text" : "binary";
}

/** Texts by other names. Of further types, a schema of strings may mean bytes: `application/pdf`, in many documents. */
const TEXTS =
  /^application\/(?:csv|ecmascript|graphql|javascript|jose|jwt|n-quads|n-triples|pem-certificate-chain|pgp-signature|sparql-(?:query|update)|sql|toml|trig|typescript|x-javascript|x-pem-file|x-sh|x-yaml|yaml)\s*(?:;|$)|^[^;]*\+(?:jwt|yaml)\s*(?:;|$)/i;

/** True for a schema of strings, none of which stand for bytes. */
function isPlainText(schema: JsonObject | undefined): boolean {
  if (!schema) return false;
  const types = [own(schema, "type") ?? []].flat();
  const isBytes =
    ["binary", "byte", "base64url"].some((format) => own(schema, "format") === format) ||
    ["contentEncoding", "contentMediaType"].some((keyword) => Object.hasOwn(schema, keyword));
  return types.includes("string") && !isBytes;
}

/** True for a schema that speaks of objects, lists, numbers: of what only JSON can hold. */
export function isStructured(schema: JsonObject | undefined): boolean {
  return isOfTypes(schema, (type) => type !== "string" && type !== "null");
}

/** True for a schema that speaks of objects or lists. */
export function hasParts(schema: JsonObject | undefined): boolean {
  return isOfTypes(schema, (type) => type === "object" || type === "array");
}

function isOfTypes(schema: JsonObject | undefined, isMeant: (type: JsonValue) => boolean): boolean {
  if (!schema) return false;
  const types = [own(schema, "type") ?? []].flat();
  const isComposed = (keyword: string) =>
    isObject(own(schema, keyword)) || Array.isArray(own(schema, keyword));
  return types.some(isMeant) || (types.length === 0 && STRUCTURE.some(isComposed));
}

const STRUCTURE = ["properties", "items", "allOf", "anyOf", "oneOf"];
