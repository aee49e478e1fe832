import { readEncodings } from "./encoding.js";
import { eventTypes, eventTypesBySchema } from "./event-stream.js";
import { readExamples } from "./examples.js";
import type { Direction } from "./graph.js";
import { isJson, isRange, isSequence, isStructured, kindOf } from "./media-kind.js";
import type { BodyKind, EventType, MediaType } from "./model.js";
import { sortedBy } from "./order.js";
import { type Node, type ObjectNode, type Reader } from "./reader.js";
import type { SchemaId } from "./schema.js";
import { isReference, type SchemaTable } from "./schema-table.js";

/**
 * A `content` map: its Media Type Objects (OpenAPI 3.2.0), JSON first, ranges last, else by name. `words` name an inline schema, and
 * the media type those of others beside it.
 *
 * @param owner the request body or the response that has it
 */
export function readContent(
  reader: Reader,
  table: SchemaTable,
  owner: { node: ObjectNode; words: readonly string[]; direction: Direction },
): MediaType[] {
  const entries = sortedBy(reader.entries(owner.node, "content"), orderOf);
  const isJsonToo = entries.some(([type]) => isJson(type));
  const first = entries.find(([, node]) => hasOwnSchema(reader, node));
  const described = new Map<string, Node>();
  return entries.flatMap(([type, node]): MediaType[] => {
    const object = reader.deref(node, "a media type");
    if (!object) return [];
    const kind = kindOf(type, schemaObject(reader, object), owner.direction);
    reportUnread(reader, object, { type, kind }, unread(kind, owner.direction, isJsonToo));
    return [
      {
        origin: node.origin,
        type,
        kind,
        ...readSchemas(reader, table, {
          kind,
          object,
          described,
          words: first?.[0] === type ? owner.words : [...owner.words, subtypeOf(type)],
        }),
        examples: readExamples(reader, object),
        ...readEncodings(reader, table, object),
      },
    ];
  });
}

function orderOf([type]: readonly [string, unknown]): string {
  return `${isRange(type) ? 2 : isJson(type) ? 0 : 1} ${type}`;
}

/** `application/xml` → `xml`; `text/*` → `text`. */
function subtypeOf(type: string): string {
  const [name = "", subtype = ""] = type.split(/[/;]/);
  return subtype === "*" ? name : subtype;
}

/** True where a media type describes its bodies itself, and does not only refer to a schema. */
function hasOwnSchema(reader: Reader, node: Node): boolean {
  const object = reader.peek(node);
  const schema = object && (reader.child(object, "itemSchema") ?? reader.child(object, "schema"));
  return schema !== undefined && !isReference(schema);
}

/** The schema as it stands, for what must be known before schemas are read; a reference to nothing is reported later. */
function schemaObject(reader: Reader, media: ObjectNode): ObjectNode["value"] | undefined {
  const schema = reader.child(media, "schema");
  return schema && reader.peek(schema)?.value;
}

/** What is said of a body that is handed over as it is, whatever its document says of what is in it. */
function unread(kind: BodyKind, direction: Direction, isJsonToo: boolean): string | undefined {
  if (direction === "response" && kind === "multipart")
    return "the body of a multipart response is a Blob, whose parts are not read";
  if (direction === "response" && kind === "form")
    return "the body of a response that is a form is a string, whose fields are not read";
  // Where a body is JSON as well, its document describes that.
  if (isJsonToo) return undefined;
  if (kind === "text") return "a body of this media type is a string, written and read as it is";
  if (kind === "binary") return "a body of this media type is bytes, written and read as they are";
  return undefined;
}

/** What a media type that is not read may be misspelt for. */
const COMMON = [
  "application/json",
  "application/problem+json",
  "application/x-www-form-urlencoded",
  "multipart/form-data",
  "text/event-stream",
];

function reportUnread(
  reader: Reader,
  media: ObjectNode,
  { type, kind }: Pick<MediaType, "type" | "kind">,
  effect: string | undefined,
): void {
  const item = reader.child(media, "itemSchema");
  const schema = isStructured(schemaObject(reader, media)) ? reader.child(media, "schema") : undefined;
  const ofItems =
    kind === "multipart" || isSequence(kind) ? effect : "bodies of this media type are not read item by item";
  const [keyword, node, told] = item ? ["itemSchema", item, ofItems] : ["schema", schema, effect];
  if (!node || told === undefined) return;
  const near = reader.guesser.nearest(type, COMMON);
  reader.report("keyword-unsupported", { keyword, effect: told, near }, node.origin, "key");
}

type At = {
  readonly kind: BodyKind;
  readonly object: ObjectNode;
  readonly words: readonly string[];
  /** The schemas of the media types before this one, by their text. */
  readonly described: Map<string, Node>;
};
type Schemas = Pick<MediaType, "schema" | "isItemSchema" | "events">;

function readSchemas(reader: Reader, table: SchemaTable, at: At): Schemas {
  const { kind, object, words, described } = at;
  const schema = reader.child(object, "schema");
  const item = reader.child(object, "itemSchema");
  if (kind === "events") return eventSchemas(reader, table, at);
  if (isSequence(kind)) return bodySchema(table, item ?? itemsOf(reader, schema), [...words, "item"]);
  if (item && kind === "multipart")
    return { ...bodySchema(table, item, [...words, "item"]), isItemSchema: true };
  return bodySchema(table, schema && firstAlike(schema, described), words);
}

/** What several media types describe in the same words is one schema: frameworks write it out for each of them. */
function firstAlike(schema: Node, described: Map<string, Node>): Node {
  const text = `${schema.origin.source} ${JSON.stringify(schema.value)}`;
  const first = described.get(text) ?? schema;
  described.set(text, first);
  return first;
}

function bodySchema(table: SchemaTable, node: Node | undefined, words: readonly string[]): Schemas {
  const schema: SchemaId | undefined = node && table.nameBody(node, words);
  return schema === undefined ? {} : { schema };
}

function eventSchemas(reader: Reader, table: SchemaTable, { object, words }: At): Schemas {
  const item = reader.child(object, "itemSchema");
  const listed = itemsOf(reader, reader.child(object, "schema"));
  const itemWords = [...words, "item"];
  const events: EventType[] = item
    ? eventTypes(reader, table, item, itemWords)
    : listed
      ? eventTypesBySchema(reader, table, listed, itemWords)
      : [];
  const [first] = events;
  const id = first?.schema ?? first?.data?.schema;
  return { ...(id !== undefined && { schema: id }), events };
}

/**
 * A sequence is a list to its `schema`; where that is none, it is the schema of an item, as before OpenAPI 3.2. One of a string is of
 * the text as a whole, and says nothing of its items: each is any JSON.
 */
function itemsOf(reader: Reader, schema: Node | undefined): Node | undefined {
  const object = schema && reader.peek(schema);
  if (object?.value["type"] === "string") return undefined;
  const items = object?.value["type"] === "array" ? reader.child(object, "items") : undefined;
  return items ?? schema;
}
