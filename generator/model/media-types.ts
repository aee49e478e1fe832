import { STYLES, type BodyKind, type Example, type MediaType, type PropertyEncoding } from "./model.js";
import { sortedBy, sortedKeys } from "./order.js";
import { type Node, type ObjectNode, type Reader } from "./reader.js";
import type { SchemaTable } from "./schema-table.js";

/** A `content` map: its Media Type Objects (OpenAPI 3.1.1), JSON first, then by name. `words` name an inline schema. */
export function readContent(
  reader: Reader,
  table: SchemaTable,
  owner: { node: ObjectNode; words: readonly string[] },
): MediaType[] {
  const media = reader.entries(owner.node, "content").flatMap(([type, node]): MediaType[] => {
    const object = reader.deref(node, "a media type");
    if (!object) return [];
    const schema = reader.child(object, "schema");
    const id = schema && table.nameBody(schema, owner.words);
    return [
      {
        origin: node.origin,
        type,
        kind: kindOf(type),
        ...(id !== undefined && { schema: id }),
        examples: readExamples(reader, object),
        encoding: readEncoding(reader, object),
      },
    ];
  });
  return sortedBy(media, ({ type }) => `${isJson(type) ? 0 : 1} ${type}`);
}

/** Encoding Objects (OpenAPI 3.1.1); the headers of a part cannot be set through `FormData`. */
function readEncoding(reader: Reader, media: ObjectNode): PropertyEncoding[] {
  const encodings = sortedBy(reader.entries(media, "encoding"), ([property]) => property);
  return encodings.flatMap(([property, node]) => {
    const object = reader.expect(node, "object", "an encoding");
    if (!object) return [];
    const headers = reader.child(object, "headers");
    if (headers) {
      const effect = "the part is sent without them";
      reader.report(
        "keyword-unsupported",
        { keyword: "headers of an encoding", effect },
        headers.origin,
        "key",
      );
    }
    const contentType = reader.member(object, "contentType", "string")?.value;
    const style = reader.oneOf(object, "style", STYLES);
    const explode = reader.member(object, "explode", "boolean")?.value;
    const allowReserved = reader.member(object, "allowReserved", "boolean")?.value;
    return [
      {
        property,
        ...(contentType !== undefined && { contentType }),
        ...(style !== undefined && { style }),
        ...(explode !== undefined && { explode }),
        ...(allowReserved && { allowReserved }),
      },
    ];
  });
}

/** `application/json` and what ends in `+json` (RFC 6839, section 3.1), parameters aside. */
export function isJson(mediaType: string): boolean {
  return /^(application|text)\/([^;\s]+\+)?json\s*(;|$)/i.test(mediaType);
}

function kindOf(mediaType: string): BodyKind {
  if (isJson(mediaType)) return "json";
  if (/^application\/x-www-form-urlencoded\s*(;|$)/i.test(mediaType)) return "form";
  if (/^multipart\//i.test(mediaType)) return "multipart";
  return /^text\/|[/+]xml\b/i.test(mediaType) ? "text" : "binary";
}

/** `example` and `examples` of a Parameter or Media Type Object; what stands at an `externalValue` is not fetched. */
export function readExamples(reader: Reader, node: ObjectNode): Example[] {
  const single = reader.child(node, "example");
  const named = sortedBy(reader.entries(node, "examples"), ([name]) => name).flatMap(([name, example]) => {
    const object = reader.deref(example, "an example");
    const value = object && reader.child(object, "value");
    return value ? [exampleOf(name, value)] : [];
  });
  return [...(single ? [exampleOf("example", single)] : []), ...named];
}

function exampleOf(name: string, node: Node): Example {
  return { origin: node.origin, name, value: sortedKeys(node.value) };
}
