import type { Kind } from "../source/grammar.js";
import { isPlainField, type Found, type PlainField } from "../source/kind-at.js";
import type { Node, Reader } from "./reader.js";

/**
 * True where a reference leads to an object of the kind that must stand in its place (OpenAPI 3.1.2, Reference Object), wherever that is
 * in a document: an inline schema can be named, too. Else a report, and it leads nowhere.
 */
export function isOfKind(reader: Reader, ref: Node<string>, kind: Kind): boolean {
  const found = reader.kindOf(ref);
  if (found === undefined || found === kind) return true;
  // What should be a schema and is none says nothing of a value.
  reader.withReading(kind === "schema" ? "any-value" : undefined, () =>
    reader.report(
      "ref-kind",
      { ref: ref.value, found: phraseOf(found), expected: phraseOf(kind) },
      ref.origin,
    ),
  );
  reader.refuse(ref.origin);
  return false;
}

function phraseOf(found: Found): string {
  return isPlainField(found) ? found : PHRASES[found];
}

const PHRASES: { readonly [F in Exclude<Found, PlainField>]: string } = {
  document: "an OpenAPI document",
  components: "components",
  pathItem: "a path item",
  operation: "an operation",
  parameter: "a parameter",
  requestBody: "a request body",
  response: "a response",
  header: "a header",
  mediaType: "a media type",
  encoding: "an encoding",
  callback: "a callback",
  link: "a link",
  example: "an example",
  securityScheme: "a security scheme",
  schema: "a schema",
  map: "a map",
  list: "a list",
};
