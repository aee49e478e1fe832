import { isObject } from "../source/json.js";
import { isJson } from "./media-kind.js";
import type { EventType } from "./model.js";
import type { Node, ObjectNode, Reader } from "./reader.js";
import type { SchemaId } from "./schema.js";
import type { SchemaTable } from "./schema-table.js";

type Words = readonly string[];

/** The fields that an event can have (HTML, "Parsing an event stream"). */
const FIELDS = new Set(["data", "event", "id", "retry", "comment"]);

/**
 * What the events of a stream hold, by the `itemSchema` of an event (OpenAPI 3.2.0, "Special Considerations for Server-Sent
 * Events"). The `data` of an event is a string; where `contentMediaType` or `contentSchema` say that it holds JSON, it is parsed.
 */
export function eventTypes(reader: Reader, table: SchemaTable, item: Node, words: Words): EventType[] {
  const id = table.nameBody(item, words);
  const object = id === undefined ? undefined : reader.peek(item);
  if (id === undefined || !object) return [];
  const branches = ["oneOf", "anyOf"].flatMap((keyword) => reader.items(object, keyword));
  const types = branches.flatMap((branch, index) =>
    branchType(reader, table, branch, [...words, `${index + 1}`]),
  );
  if (!types.some(({ data }) => data)) {
    const data = dataOf(reader, table, object, words);
    return [{ schema: id, ...(data && { data }) }];
  }
  if (!areToldApart(types)) {
    const effect = "events are told apart by the const of their `event`: data stays a string";
    reader.report("keyword-unsupported", { keyword: "JSON data of some events", effect }, item.origin);
    return [{ schema: id }];
  }
  if (isUnionAlone(object) && object.value === item.value) return types;
  // The branches say which events hold JSON; what all of them hold beside it stands in the schema as a whole.
  return types.map(({ name, data }) => ({
    schema: id,
    ...(name !== undefined && { name }),
    ...(data && { data }),
  }));
}

/** True where all events hold JSON, or those that do have names. */
function areToldApart(types: readonly EventType[]): boolean {
  const json = types.filter(({ data }) => data);
  return json.length === types.length || json.every(({ name }) => name !== undefined);
}

function isUnionAlone({ value }: ObjectNode): boolean {
  return !["properties", "allOf", "$ref", "required"].some((keyword) => Object.hasOwn(value, keyword));
}

function branchType(reader: Reader, table: SchemaTable, branch: Node, words: Words): EventType[] {
  const object = reader.peek(branch);
  const schema = object && table.nameBody(branch, words);
  if (!object || schema === undefined) return [];
  const name = eventName(reader, object);
  const data = dataOf(reader, table, object, words);
  return [{ schema, ...(name !== undefined && { name }), ...(data && { data }) }];
}

function propertyOf(reader: Reader, schema: ObjectNode, name: string): ObjectNode | undefined {
  const properties = reader.child(schema, "properties");
  if (!properties || !isObject(properties.value)) return undefined;
  const property = reader.child(properties as ObjectNode, name);
  return property && isObject(property.value) ? reader.peek(property) : undefined;
}

/** The one name that an event of a branch can have. */
function eventName(reader: Reader, schema: ObjectNode): string | undefined {
  const event = propertyOf(reader, schema, "event")?.value;
  const values = event?.["enum"];
  const only = event?.["const"] ?? (Array.isArray(values) && values.length === 1 ? values[0] : undefined);
  return typeof only === "string" ? only : undefined;
}

function dataOf(reader: Reader, table: SchemaTable, schema: ObjectNode, words: Words): EventType["data"] {
  const data = propertyOf(reader, schema, "data");
  const mediaType = data?.value["contentMediaType"];
  const content = data && reader.child(data, "contentSchema");
  if (!data || (mediaType === undefined && !content)) return undefined;
  if (mediaType !== undefined && !(typeof mediaType === "string" && isJson(mediaType))) return undefined;
  const id = content && table.nameBody(content, [...words, "data"]);
  return id === undefined ? {} : { schema: id };
}

/**
 * The same, by the `schema` of a document that has no `itemSchema`: the events themselves, or (what is usual) the JSON of their
 * data; text where it is a string.
 */
export function eventTypesBySchema(
  reader: Reader,
  table: SchemaTable,
  node: Node,
  words: Words,
): EventType[] {
  const object = reader.peek(node);
  if (!object || object.value["type"] === "string" || Object.keys(object.value).length === 0) return [];
  if (isEvent(reader, object)) return eventTypes(reader, table, node, words);
  const id: SchemaId | undefined = table.nameBody(node, words);
  return [{ data: id === undefined ? {} : { schema: id } }];
}

function isEvent(reader: Reader, schema: ObjectNode): boolean {
  const properties = reader.child(schema, "properties");
  if (!properties || !isObject(properties.value)) return false;
  const names = Object.keys(properties.value);
  return names.includes("data") && names.every((name) => FIELDS.has(name));
}
