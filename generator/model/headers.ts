import { reportCollectionFormat } from "./collection-format.js";
import { readExamples } from "./examples.js";
import { isHeaderCarried } from "./field-name.js";
import { readSchema } from "./json-schema.js";
import { isJson } from "./media-kind.js";
import type { Header } from "./model.js";
import { sortedBy } from "./order.js";
import { referenceIn, type Node, type ObjectNode, type Reader } from "./reader.js";
import type { SchemaTable } from "./schema-table.js";

/** The Header Objects (OpenAPI 3.2.0) of a response or of a part, by name; `Content-Type` is described elsewhere. */
export function readHeaders(reader: Reader, table: SchemaTable, owner: ObjectNode): Header[] {
  const headers = reader.entries(owner, "headers").flatMap(([name, node]): Header[] => {
    const object = reader.deref(node, "a header");
    if (!object || name.toLowerCase() === "content-type") return [];
    if (!isHeaderCarried(reader, name, node.origin)) return [];
    return [readHeader(reader, table, { name, node, object })];
  });
  return sortedBy(headers, ({ name }) => name);
}

/** Those of a response. No browser shows a `Set-Cookie`, and several of them cannot be told apart in one text. */
export function readResponseHeaders(reader: Reader, table: SchemaTable, owner: ObjectNode): Header[] {
  return readHeaders(reader, table, owner).filter(({ name, origin }) => {
    if (name.toLowerCase() !== "set-cookie") return true;
    const effect = "no browser shows it; elsewhere response.headers.getSetCookie() does";
    reader.report("keyword-unsupported", { keyword: "header Set-Cookie", effect }, origin);
    return false;
  });
}

function readHeader(
  reader: Reader,
  table: SchemaTable,
  { name, node, object }: { name: string; node: Node; object: ObjectNode },
): Header {
  reportCollectionFormat(reader, object);
  const description = reader.member(object, "description", "string")?.value;
  const style = reader.oneOf(object, "style", ["simple"]) ?? "simple";
  const [content] = reader.entries(object, "content");
  const media = content && reader.deref(content[1], "a media type");
  const schema: Node | undefined = reader.child(media ?? object, "schema");
  return {
    origin: object.origin,
    ...referenceIn(node),
    name,
    required: reader.member(object, "required", "boolean")?.value ?? false,
    ...(reader.member(object, "deprecated", "boolean")?.value && { deprecated: true }),
    ...(description !== undefined && { description }),
    schema: schema ? readSchema(reader, schema, table) : { kind: "any", origin: object.origin, examples: [] },
    serialization: content
      ? { kind: "content", isJson: isJson(content[0]) }
      : { kind: "style", style, explode: reader.member(object, "explode", "boolean")?.value ?? false },
    examples: readExamples(reader, media ?? object),
  };
}
