import { reportCollectionFormat } from "./collection-format.js";
import { readEncodings } from "./encoding.js";
import { hasParts, kindOf } from "./media-kind.js";
import { readExamples } from "./examples.js";
import { PARAMETER_LOCATIONS, type Parameter, type ParameterLocation, type Style } from "./model.js";
import { sortedBy } from "./order.js";
import type { PathQuery } from "./path-query.js";
import { below, referenceIn, type Node, type ObjectNode, type Reader } from "./reader.js";
import { isArray, own as memberOf } from "../source/json.js";
import type { Origin } from "../source/source.js";
import { extensionText } from "./extensions.js";
import { isFieldCarried } from "./field-name.js";
import { readSchema } from "./json-schema.js";
import type { Schema } from "./schema.js";
import type { SchemaTable } from "./schema-table.js";

/** The styles of each location, the default first (OpenAPI 3.2.0, Parameter Object, "Style Values"). */
const LOCATION_STYLES: { readonly [L in ParameterLocation]: readonly [Style, ...Style[]] } = {
  path: ["simple", "label", "matrix"],
  query: ["form", "spaceDelimited", "pipeDelimited", "deepObject"],
  querystring: ["form"],
  header: ["simple"],
  cookie: ["form", "cookie"],
};

/** Header parameters of these names are ignored (OpenAPI 3.1.1, Parameter Object): other parts of the document set them. */
const IGNORED_HEADERS = new Set(["accept", "content-type", "authorization"]);

/** The parameters of an operation: its own before those of its path, by location and name. */
export function readParameters(
  reader: Reader,
  table: SchemaTable,
  owners: { operation: ObjectNode; pathItem: ObjectNode; path: string; query: PathQuery | undefined },
): Parameter[] {
  const declared = readList(reader, table, owners.operation);
  const shared = readList(reader, table, owners.pathItem);
  const keys = new Set(declared.parameters.map(keyOf));
  const inherited = shared.parameters.filter((parameter) => !keys.has(keyOf(parameter)));
  const parameters = [...declared.parameters, ...inherited];
  checkQuerystring(reader, parameters);
  const isWhole = declared.isWhole && shared.isWhole;
  return sortedBy(
    checkPath(reader, inQuery(parameters, owners), { ...owners, isWhole }),
    (parameter) => `${PARAMETER_LOCATIONS.indexOf(parameter.location)} ${parameter.name}`,
  );
}

/** The parameters of a list; `isWhole` is false where others stand in it that could not be read. */
type ParameterList = { readonly parameters: readonly Parameter[]; readonly isWhole: boolean };

function readList(reader: Reader, table: SchemaTable, owner: ObjectNode): ParameterList {
  const items = reader.items(owner, "parameters");
  const parameters = items.flatMap((node) => {
    const parameter = readParameter(reader, table, node);
    return parameter ? [{ parameter, origin: node.origin }] : [];
  });
  const first = new Map<string, Parameter>();
  for (const { parameter, origin } of parameters) {
    if (first.has(keyOf(parameter))) reader.report("parameter-duplicate", parameter, origin);
    else first.set(keyOf(parameter), parameter);
  }
  const isList = isArray(reader.child(owner, "parameters")?.value ?? []);
  return {
    parameters: [...first.values()].filter((parameter) => !isIgnored(parameter)),
    isWhole: isList && parameters.length === items.length,
  };
}

/** The names of headers are compared without case (RFC 9110, section 5.1). */
function keyOf({ location, name }: Parameter): string {
  return `${location} ${location === "header" ? name.toLowerCase() : name}`;
}

function isIgnored({ location, name }: Parameter): boolean {
  return location === "header" && IGNORED_HEADERS.has(name.toLowerCase());
}

function readParameter(reader: Reader, table: SchemaTable, node: Node): Parameter | undefined {
  const object = reader.deref(node, "a parameter");
  if (!object) return undefined;
  const name = reader.required(object, "name", "string", "a parameter");
  if (!Object.hasOwn(object.value, "in"))
    reader.report("missing-field", { name: "in", owner: "a parameter" }, object.origin, "key");
  // Which locations there are depends on the version: its schema has reported another.
  const location = PARAMETER_LOCATIONS.find((each) => each === memberOf(object.value, "in"));
  if (!name || !location) return undefined;
  const required = reader.member(object, "required", "boolean")?.value ?? false;
  if (location === "path" && !required) {
    reader.report("path-parameter-optional", { name: name.value }, below(object.origin, "name"));
  }
  if (!isFieldCarried(reader, object)) return undefined;
  const description = reader.member(object, "description", "string")?.value;
  return {
    origin: object.origin,
    ...referenceIn(node),
    name: name.value,
    location,
    required: required || location === "path",
    ...(reader.member(object, "deprecated", "boolean")?.value && { deprecated: true }),
    ...extensionText(object, "x-sunset", "sunset"),
    ...(description !== undefined && { description }),
    ...readShape(reader, table, object, location),
    ...(location === "query" &&
      reader.member(object, "allowEmptyValue", "boolean")?.value && { allowEmptyValue: true }),
  };
}

type Shape = Pick<Parameter, "schema" | "serialization" | "examples">;

function readShape(reader: Reader, table: SchemaTable, node: ObjectNode, location: ParameterLocation): Shape {
  const [content] = reader.entries(node, "content");
  if (content) return readContentShape(reader, table, node, content);
  reportCollectionFormat(reader, node);
  const style = readStyle(node, location);
  const explode = readExplode(reader, node, style);
  const allowReserved = reader.member(node, "allowReserved", "boolean")?.value ?? false;
  const schema = readMember(reader, table, node);
  if (!schema)
    reader.withReading("any-value", () =>
      reader.report("missing-field", { name: "schema or content", owner: "a parameter" }, node.origin, "key"),
    );
  return {
    schema: schema ?? anyAt(node.origin),
    serialization: { kind: "style", style, explode, allowReserved },
    examples: readExamples(reader, node),
  };
}

/**
 * A parameter with `content` is written as its media type. Of what is neither JSON nor a form, the caller gives the text. The examples
 * of the media type stand before those of the parameter.
 */
function readContentShape(
  reader: Reader,
  table: SchemaTable,
  node: ObjectNode,
  [mediaType, content]: readonly [string, Node],
): Shape {
  const media = reader.deref(content, "a media type") ?? node;
  const keyword = ["itemSchema", "schema"].find((each) => Object.hasOwn(media.value, each));
  const schema = keyword === undefined ? undefined : reader.child(media, keyword);
  const described = schema && reader.peek(schema)?.value;
  const bodyKind = kindOf(mediaType, described);
  const isWritten = bodyKind !== "json" && bodyKind !== "form";
  const isText = isWritten && (keyword === "itemSchema" || hasParts(described));
  if (isText && schema) {
    const effect = "a parameter of this media type is a string, written as it is";
    reader.report("keyword-unsupported", { keyword: keyword!, effect }, schema.origin, "key");
  }
  const { encoding } = readEncodings(reader, table, media);
  const own = isText ? stringAt(media.origin) : (readMember(reader, table, media) ?? anyAt(media.origin));
  const owners = media === node ? [node] : [media, node];
  return {
    schema: own,
    serialization: { kind: "content", mediaType, bodyKind, encoding },
    examples: owners.flatMap((owner) => readExamples(reader, owner, isWritten && own.kind === "string")),
  };
}

/** Combinations that the table of styles does not list are no OpenAPI; read leniently, the default of the location stands in. */
function readStyle(node: ObjectNode, location: ParameterLocation): Style {
  const allowed = LOCATION_STYLES[location];
  const style = memberOf(node.value, "style");
  return allowed.find((each) => each === style) ?? allowed[0];
}

const NEVER_EXPLODED: ReadonlySet<Style> = new Set(["spaceDelimited", "pipeDelimited"]);

/** The default is that of the styles that write pairs; what the table of examples calls n/a is reported. */
function readExplode(reader: Reader, node: ObjectNode, style: Style): boolean {
  const explode =
    reader.member(node, "explode", "boolean")?.value ?? (style === "form" || style === "cookie");
  if (!explode || !NEVER_EXPLODED.has(style)) return explode;
  const parameters = { keyword: `explode: true of style ${style}`, effect: "it is written as with false" };
  reader.report("keyword-unsupported", parameters, below(node.origin, "explode"));
  return false;
}

function readMember(reader: Reader, table: SchemaTable, node: ObjectNode): Schema | undefined {
  const schema = reader.child(node, "schema");
  return schema && readSchema(reader, schema, table);
}

function stringAt(origin: Origin): Schema {
  return { kind: "string", asserted: true, origin, examples: [] };
}

function anyAt(origin: Origin): Schema {
  return { kind: "any", origin, examples: [] };
}

/** The parameters, with those that the query of a path key names in the query: as they are declared, or as strings. */
function inQuery(
  parameters: readonly Parameter[],
  { query, operation }: { query: PathQuery | undefined; operation: ObjectNode },
): readonly Parameter[] {
  const moved = [...parameters];
  for (const { key, variable } of query?.templated ?? []) {
    const bare = stringParameter(key, "query", operation.origin);
    const index = moved.findIndex(
      ({ location, name }) =>
        (location === "query" && (name === key || name === variable)) ||
        (location === "path" && name === variable),
    );
    const declared = moved[index];
    const { serialization } = declared?.location === "query" ? declared : bare;
    if (declared) moved[index] = { ...declared, name: key, location: "query", serialization };
    else moved.push(bare);
  }
  return moved;
}

/**
 * Every `{name}` of the path is declared, and every path parameter occurs (OpenAPI 3.1.1, Path Templating).
 *
 * @param isWhole false where a parameter that could not be read may be one of the path.
 * @returns the parameters that the path has: what is not declared is a string, what does not occur is left out.
 */
function checkPath(
  reader: Reader,
  parameters: readonly Parameter[],
  { operation, path, isWhole }: { operation: ObjectNode; path: string; isWhole: boolean },
): Parameter[] {
  const templated = new Set([...path.matchAll(/\{([^{}]*)\}/g)].map(([, name = ""]) => name));
  const declared = parameters.filter(({ location }) => location === "path");
  const undeclared = [...templated].filter((name) => !declared.some((parameter) => parameter.name === name));
  const unused = declared.filter((parameter) => !templated.has(parameter.name));
  const meant = new Set<string>();
  for (const name of isWhole ? undeclared : []) {
    const free = unused.map((parameter) => parameter.name).filter((each) => !meant.has(each));
    const near = reader.guesser.nearest(name, free);
    reader.report("path-parameter-undeclared", { name, path, near }, operation.origin, "key");
    if (near !== undefined) meant.add(near);
  }
  for (const { name, origin } of unused.filter((parameter) => !meant.has(parameter.name)))
    reader.report("path-parameter-unused", { name, path }, below(origin, "name"));
  return [
    ...parameters.filter((parameter) => !unused.includes(parameter)),
    ...undeclared.map((name) => stringParameter(name, "path", operation.origin)),
  ];
}

/** What stands in for a parameter that only a path names. */
function stringParameter(name: string, location: "path" | "query", origin: Origin): Parameter {
  const [style] = LOCATION_STYLES[location];
  return {
    origin,
    name,
    location,
    required: true,
    schema: stringAt(origin),
    serialization: { kind: "style", style, explode: style === "form", allowReserved: false },
    examples: [],
  };
}

/** A query string is the content of one parameter, or made of all those of the query (OpenAPI 3.2.0, Parameter Locations). */
function checkQuerystring(reader: Reader, parameters: readonly Parameter[]): void {
  const [first, ...others] = parameters.filter(({ location }) => location === "querystring");
  const rivals = first ? [...others, ...parameters.filter(({ location }) => location === "query")] : [];
  for (const { name, origin } of rivals) {
    reader.report("querystring-shared", { name, first: first!.name }, below(origin, "in"));
  }
}
