import { reportCollectionFormat } from "./collection-format.js";
import { readHeaders } from "./headers.js";
import { STYLES, type PartEncoding, type PropertyEncoding } from "./model.js";
import { sortedBy } from "./order.js";
import type { Node, ObjectNode, Reader } from "./reader.js";
import type { SchemaTable } from "./schema-table.js";

type Encodings = {
  readonly encoding: readonly PropertyEncoding[];
  readonly prefixEncoding: readonly PartEncoding[];
  readonly itemEncoding?: PartEncoding;
};

/** The Encoding Objects (OpenAPI 3.2.0) of a Media Type Object: by name, or by position. */
export function readEncodings(reader: Reader, table: SchemaTable, media: ObjectNode): Encodings {
  const named = sortedBy(reader.entries(media, "encoding"), ([property]) => property);
  const item = reader.child(media, "itemEncoding");
  const itemEncoding = item && readEncoding(reader, table, item);
  return {
    encoding: named.flatMap(([property, node]) => {
      const encoding = readEncoding(reader, table, node);
      return encoding ? [{ origin: node.origin, property, ...encoding }] : [];
    }),
    prefixEncoding: reader
      .items(media, "prefixEncoding")
      .map((node) => readEncoding(reader, table, node) ?? { headers: [] }),
    ...(itemEncoding && { itemEncoding }),
  };
}

function readEncoding(reader: Reader, table: SchemaTable, node: Node): PartEncoding | undefined {
  const object = reader.expect(node, "object", "an encoding");
  if (!object) return undefined;
  reportNested(reader, object);
  reportCollectionFormat(reader, object);
  const contentType = reader.member(object, "contentType", "string")?.value;
  const style = reader.oneOf(object, "style", STYLES);
  const explode = reader.member(object, "explode", "boolean")?.value;
  const allowReserved = reader.member(object, "allowReserved", "boolean")?.value;
  return {
    ...(contentType !== undefined && { contentType }),
    ...(style !== undefined && { style }),
    ...(explode !== undefined && { explode }),
    ...(allowReserved !== undefined && { allowReserved }),
    headers: readHeaders(reader, table, object),
  };
}

/** A part that is itself multipart is given as a `Blob`. */
function reportNested(reader: Reader, encoding: ObjectNode): void {
  for (const keyword of ["encoding", "prefixEncoding", "itemEncoding"]) {
    const nested = reader.child(encoding, keyword);
    if (!nested) continue;
    const effect = "give the part as a Blob that is written already";
    reader.report(
      "keyword-unsupported",
      { keyword: `${keyword} of an encoding`, effect },
      nested.origin,
      "key",
    );
  }
}
