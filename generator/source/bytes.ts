import { objectsIn, pointerOf } from "./grammar.js";
import { isObject, objectOf, type JsonObject, type JsonValue } from "./json.js";
import { changePlaces } from "./places.js";
import { valueAt } from "./pointer.js";
import type { SourceDocument } from "./source.js";
import type { Upgraded } from "./upgrade.js";

/** The formats by which OpenAPI 3.0 describes bytes, and what 3.1 says instead (OpenAPI 3.1.1, section 4.4.5.2, "Migrating binary descriptions"). */
const BYTES: ReadonlyMap<JsonValue | undefined, readonly [keyword: string, value: string]> = new Map([
  ["byte", ["contentEncoding", "base64"]],
  ["binary", ["contentMediaType", "application/octet-stream"]],
]);

/** The documents with bytes described as the others do it at the same places: whoever moves from 3.0 to 3.1 says the same in other words. */
export function bytesAs(upgraded: Upgraded, others: Upgraded): Upgraded {
  const [entry] = others.documents.values();
  const documents = new Map(
    [...upgraded.documents].map(([id, document], index) => {
      const other = others.documents.get(id) ?? (index === 0 ? entry : undefined);
      return [id, other ? restated(document, other.value) : document] as const;
    }),
  );
  if ([...documents.values()].every((each) => each === upgraded.documents.get(each.id))) return upgraded;
  return { documents, references: upgraded.references.withDocuments(documents) };
}

function restated(document: SourceDocument, other: JsonValue): SourceDocument {
  const { value } = document;
  const places = [...objectsIn(value, "document")].flatMap(({ value: schema, kind, path }) => {
    if (kind !== "schema" || !BYTES.has(schema["format"])) return [];
    const pointer = pointerOf(path);
    return isRestatedIn(schema, valueAt(other, pointer)) ? [{ pointer, kind }] : [];
  });
  if (places.length === 0) return document;
  const after = changePlaces({ before: value, after: value }, places, (schema) =>
    isObject(schema) ? inOtherWords(schema) : schema,
  );
  return { ...document, value: after };
}

function isRestatedIn(schema: JsonObject, other: JsonValue | undefined): boolean {
  const [keyword, value] = BYTES.get(schema["format"])!;
  return isObject(other) && other["format"] === undefined && other[keyword] === value;
}

function inOtherWords({ format, ...rest }: JsonObject): JsonObject {
  const [keyword, value] = BYTES.get(format)!;
  return objectOf([...Object.entries(rest), [keyword, value]]);
}
