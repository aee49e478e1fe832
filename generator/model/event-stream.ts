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
 * Events"). The `data` of an event is a string; where `contentMediaType` or `contentSchema` say that it holds JSON, it is parsed. So it is
 * where its schema takes no string: that is how the JSON is described by those who do not know the specification.
 */
export function eventTypes(reader: Reader, table: SchemaTable, item: Node, words: Words): EventType[] {
  const object = reader.peek(item);
  const branches = object ? branchesOf(reader, object) : [];
  const json = branches.filter(({ data }) => data);
  const isApart = json.length === branches.length || json.every(({ name }) => name !== undefined);
  if (json.length > 0 && isApart && object && isUnionAlone(object) && object.value === item.value) {
    return branches.flatMap((branch, index) => branchType(table, branch, [...words, `${index + 1}`]));
  }
  if (!isApart) {
    const effect = "events are told apart by the const of their `event`: data stays a string";
    reader.report("keyword-unsupported", { keyword: "JSON data of some events", effect }, item.origin);
    // The schema would tell of data that nobody parses.
    if (json.some(({ data }) => data?.isInPlace)) return [];
  }
  const schema = table.nameBody(item, words);
  if (schema === undefined || !object) return [];
  if (!isApart) return [{ schema }];
  // The branches say which events hold JSON; what all of them hold beside it stands in the schema as a whole.
  const shared = json.length > 0 ? branches : [{ data: jsonData(reader, object), name: undefined }];
  return shared.map(({ name, data }, index) => {
    const types = typesOf(table, { name, data }, shared.length > 1 ? [...words, `${index + 1}`] : words);
    return { schema, ...types };
  });
}

/** One way that an event can be: its name, where it has but one, and the schema of its data, where that is JSON. */
type Branch = { readonly name: string | undefined; readonly data: JsonData | undefined };
/** In place, where the schema of the event itself says what the JSON holds. */
type JsonData = { readonly content?: Node | undefined; readonly isInPlace?: true };

/** Unions of unions go no deeper; a ring of them would never end. */
const MAX_DEPTH = 12;

function branchesOf(reader: Reader, schema: ObjectNode, depth = 0): (Branch & { readonly node: Node })[] {
  return membersOf(reader, schema).flatMap((node) => {
    const object = reader.peek(node);
    if (!object) return [];
    const inner = isUnionAlone(object) && depth < MAX_DEPTH ? branchesOf(reader, object, depth + 1) : [];
    if (inner.length > 0) return inner;
    return [{ node, name: eventName(reader, object), data: jsonData(reader, object) }];
  });
}

function membersOf(reader: Reader, schema: ObjectNode): Node[] {
  return ["oneOf", "anyOf"].flatMap((keyword) => reader.items(schema, keyword));
}

function branchType(table: SchemaTable, branch: Branch & { readonly node: Node }, words: Words): EventType[] {
  const schema = table.nameBody(branch.node, words);
  return schema === undefined ? [] : [{ schema, ...typesOf(table, branch, words) }];
}

function typesOf(table: SchemaTable, { name, data }: Branch, words: Words): Omit<EventType, "schema"> {
  if (data?.isInPlace) return { ...(name !== undefined && { name }), isJson: true };
  const id = data?.content && table.nameBody(data.content, [...words, "data"]);
  return {
    ...(name !== undefined && { name }),
    ...(data && { data: id === undefined ? {} : { schema: id } }),
  };
}

function isUnionAlone({ value }: ObjectNode): boolean {
  return !["properties", "allOf", "$ref", "required"].some((keyword) => Object.hasOwn(value, keyword));
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

function jsonData(reader: Reader, schema: ObjectNode): JsonData | undefined {
  const data = propertyOf(reader, schema, "data");
  const mediaType = data?.value["contentMediaType"];
  const content = data && reader.child(data, "contentSchema");
  if (data && !takesString(reader, data)) return { isInPlace: true };
  if (!data || (mediaType === undefined && !content)) return undefined;
  if (mediaType !== undefined && !(typeof mediaType === "string" && isJson(mediaType))) return undefined;
  return { content };
}

/** True where a string may be a value of the schema. One that says no type means that of its keywords. */
function takesString(reader: Reader, schema: ObjectNode, depth = 0): boolean {
  const { value } = schema;
  const allows = (node: Node) => {
    const object = depth < MAX_DEPTH ? reader.peek(node) : undefined;
    return !object || takesString(reader, object, depth + 1);
  };
  const types =
    value["type"] ?? (STRUCTURE.some((keyword) => Object.hasOwn(value, keyword)) ? "object" : "string");
  const listed = Object.hasOwn(value, "const") ? [value["const"]] : (value["enum"] ?? [""]);
  const members = membersOf(reader, schema);
  return (
    [types].flat().includes("string") &&
    [listed].flat().some((each) => typeof each === "string") &&
    (members.length === 0 || members.some(allows)) &&
    reader.items(schema, "allOf").every(allows)
  );
}

const STRUCTURE = ["properties", "additionalProperties", "items", "prefixItems"];

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

function isEvent(reader: Reader, schema: ObjectNode, depth = 0): boolean {
  const members = isUnionAlone(schema) && depth < MAX_DEPTH ? membersOf(reader, schema) : [];
  if (members.length > 0)
    return members.every((node) => {
      const object = reader.peek(node);
      return object !== undefined && isEvent(reader, object, depth + 1);
    });
  const properties = reader.child(schema, "properties");
  if (!properties || !isObject(properties.value)) return false;
  const names = Object.keys(properties.value);
  return names.includes("data") && names.every((name) => FIELDS.has(name));
}
