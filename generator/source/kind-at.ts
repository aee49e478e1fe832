import { isWhole } from "./dialect.js";
import { shapeBelow, type Kind } from "./grammar.js";
import type { JsonValue } from "./json.js";
import { tokensOf, type JsonPointer } from "./pointer.js";

/** Fields of the OpenAPI Object with nothing in them that a reference can name, but for extensions. */
const PLAIN_FIELDS = [
  "openapi",
  "info",
  "servers",
  "security",
  "tags",
  "externalDocs",
  "jsonSchemaDialect",
  "$self",
] as const;
export type PlainField = (typeof PLAIN_FIELDS)[number];

/** What stands at a place: an object of a kind, a map or a list of such, or what is in a field that holds none. */
export type Found = Kind | "map" | "list" | PlainField;

export function isPlainField(found: string): found is PlainField {
  return (PLAIN_FIELDS as readonly string[]).includes(found);
}

/** What was at the top in 2.0 is nobody's in the documents that its upgrade makes, and may hold anything. */
const OF_20 = new Set(["definitions", "parameters", "responses"]);

/**
 * What the specification says stands at a place of an OpenAPI document; undefined where it says nothing: in extensions, in values,
 * and in documents that are parts of others.
 */
export function kindAt(document: JsonValue, pointer: JsonPointer): Found | undefined {
  const [first = "", ...rest] = tokensOf(pointer);
  if (!isWhole(document) || OF_20.has(first)) return undefined;
  if (isPlainField(first)) return rest.some((token) => token.startsWith("x-")) ? undefined : first;
  let found: ReturnType<typeof shapeBelow> = { kind: "document" };
  for (const token of tokensOf(pointer)) found = found && shapeBelow(found, token);
  return found && (found.many ?? found.kind);
}
