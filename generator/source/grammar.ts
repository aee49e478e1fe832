import { isArray, isObject, mapMembers, type JsonObject, type JsonValue } from "./json.js";
import { join, type JsonPointer } from "./pointer.js";

/**
 * Where the objects of an OpenAPI document stand: so that a `$ref` inside an example is data, and a property called `items` is no
 * keyword.
 */

/** The kinds of objects that hold others (OpenAPI 3.2.0, section 4; their fields are those of 3.0 and 3.1 as well). */
export type Kind =
  | "document"
  | "components"
  | "pathItem"
  | "operation"
  | "parameter"
  | "requestBody"
  | "response"
  | "header"
  | "mediaType"
  | "encoding"
  | "callback"
  | "link"
  | "example"
  | "securityScheme"
  | "schema";

/** One object, a list of them, or a map of them. */
type Shape = { readonly kind: Kind; readonly many?: "list" | "map" };

const one = (kind: Kind): Shape => ({ kind });
const list = (kind: Kind): Shape => ({ kind, many: "list" });
const map = (kind: Kind): Shape => ({ kind, many: "map" });

const operations = ["get", "put", "post", "delete", "options", "head", "patch", "trace", "query"];

/** What the fields of each kind hold. Fields that hold plain values are not listed. */
const GRAMMAR: { readonly [K in Kind]: { readonly [field: string]: Shape } } = {
  document: {
    paths: map("pathItem"),
    webhooks: map("pathItem"),
    components: one("components"),
    // OpenAPI 2.0; in later documents they are nobody's, and read only where a reference names them.
    definitions: map("schema"),
    parameters: map("parameter"),
    responses: map("response"),
  },
  components: {
    schemas: map("schema"),
    responses: map("response"),
    parameters: map("parameter"),
    examples: map("example"),
    requestBodies: map("requestBody"),
    headers: map("header"),
    securitySchemes: map("securityScheme"),
    links: map("link"),
    callbacks: map("callback"),
    pathItems: map("pathItem"),
    mediaTypes: map("mediaType"),
  },
  pathItem: {
    ...Object.fromEntries(operations.map((method) => [method, one("operation")])),
    additionalOperations: map("operation"),
    parameters: list("parameter"),
  },
  operation: {
    parameters: list("parameter"),
    requestBody: one("requestBody"),
    responses: map("response"),
    callbacks: map("callback"),
  },
  parameter: { schema: one("schema"), content: map("mediaType"), examples: map("example") },
  requestBody: { content: map("mediaType") },
  // `schema`: OpenAPI 2.0.
  response: {
    headers: map("header"),
    content: map("mediaType"),
    links: map("link"),
    schema: one("schema"),
  },
  header: { schema: one("schema"), content: map("mediaType"), examples: map("example") },
  mediaType: {
    schema: one("schema"),
    itemSchema: one("schema"),
    examples: map("example"),
    encoding: map("encoding"),
    prefixEncoding: list("encoding"),
    itemEncoding: one("encoding"),
  },
  encoding: { headers: map("header"), encoding: map("encoding") },
  callback: {},
  link: {},
  example: {},
  securityScheme: {},
  schema: {
    $defs: map("schema"),
    definitions: map("schema"),
    properties: map("schema"),
    patternProperties: map("schema"),
    dependentSchemas: map("schema"),
    additionalProperties: one("schema"),
    propertyNames: one("schema"),
    unevaluatedProperties: one("schema"),
    unevaluatedItems: one("schema"),
    items: one("schema"),
    contains: one("schema"),
    not: one("schema"),
    if: one("schema"),
    then: one("schema"),
    else: one("schema"),
    allOf: list("schema"),
    anyOf: list("schema"),
    oneOf: list("schema"),
    prefixItems: list("schema"),
  },
};

/** The fields of each kind in the order of the table: taking them from it for a million objects costs more than reading these. */
const SHAPES: ReadonlyMap<string, readonly (readonly [string, Shape])[]> = new Map(
  Object.entries(GRAMMAR).map(([kind, fields]) => [kind, Object.entries(fields)]),
);

/** An object of a known kind, and where it stands in its document. */
export type Located = { readonly kind: Kind; readonly pointer: JsonPointer; readonly value: JsonValue };

/** What stands below an object, or below a map or a list of them; undefined where that is no object of a known kind. */
export function shapeBelow({ kind, many }: Shape, token: string): Shape | undefined {
  if (many !== undefined) return isMember(token, kind) ? { kind } : undefined;
  if (kind === "callback") return isMember(token, "pathItem") ? { kind: "pathItem" } : undefined;
  return Object.hasOwn(GRAMMAR[kind], token) ? GRAMMAR[kind][token] : undefined;
}

/** What stands directly below an object: its fields that hold objects of a known kind, extensions (`x-…`) left out. */
export function fieldsOf({ kind, pointer, value }: Located): Located[] {
  if (!isObject(value)) return [];
  if (kind === "callback") return members(value, pointer, "pathItem");
  const fields: Located[] = [];
  for (const [field, shape] of SHAPES.get(kind)!) {
    const child = Object.hasOwn(value, field) ? value[field] : undefined;
    if (child === undefined) continue;
    const at = join(pointer, field);
    if (shape.many === undefined) fields.push({ kind: shape.kind, pointer: at, value: child });
    else if (shape.many === "map") fields.push(...(isObject(child) ? members(child, at, shape.kind) : []));
    else if (isArray(child))
      for (const [index, item] of child.entries())
        fields.push({ kind: shape.kind, pointer: join(at, index), value: item });
  }
  return fields;
}

/** Kinds that a Reference Object, or a `$ref` of their own, can stand for. */
const REFERABLE: ReadonlySet<Kind> = new Set<Kind>([
  "pathItem",
  "parameter",
  "requestBody",
  "response",
  "header",
  "mediaType",
  "callback",
  "link",
  "example",
  "securityScheme",
  "schema",
]);

/** True where a `$ref` in an object of the kind is a reference; elsewhere it is data. */
export function isReferable(kind: Kind): boolean {
  return REFERABLE.has(kind);
}

/** A way down a document, from its end: cheaper than a pointer an object, where few are asked for. */
export type Path = { readonly parent: Path | undefined; readonly token: string };

/** An object on the way down a document. */
export type Visited = { readonly kind: Kind; readonly value: JsonObject; readonly path: Path | undefined };

/** The pointer of a way that starts at `root`. */
export function pointerOf(path: Path | undefined, root: JsonPointer = ""): JsonPointer {
  const tokens: string[] = [];
  for (let step = path; step; step = step.parent) tokens.push(step.token);
  return join(root, ...tokens.toReversed());
}

/** An object of a known kind and every one below it, in the order of the document. However deep, it takes no call stack. */
export function* objectsIn(value: JsonValue, kind: Kind): Generator<Visited> {
  if (!isObject(value)) return;
  const open: Visited[] = [{ kind, value, path: undefined }];
  for (let next = open.pop(); next; next = open.pop()) {
    yield next;
    const children: Visited[] = [];
    addChildren(next, children);
    for (let index = children.length - 1; index >= 0; index--) open.push(children[index]!);
  }
}

/** What stands directly below an object, like {@link fieldsOf}; one list for all, as documents hold a million objects. */
function addChildren({ kind, value, path }: Visited, children: Visited[]): void {
  if (kind === "callback") return addMembers({ kind: "pathItem", value, path }, children);
  const fields = GRAMMAR[kind];
  for (const field of Object.keys(value)) {
    const shape = Object.hasOwn(fields, field) ? fields[field] : undefined;
    const child = value[field];
    if (!shape || typeof child !== "object" || child === null) continue;
    const at = { parent: path, token: field };
    if (shape.many === undefined) {
      if (isObject(child)) children.push({ kind: shape.kind, value: child, path: at });
    } else if (isArray(child) === (shape.many === "list")) {
      addMembers({ kind: shape.kind, value: child as JsonObject, path: at }, children);
    }
  }
}

/** The members of a map, or the items of a list by their index. */
function addMembers({ kind, value, path }: Visited, children: Visited[]): void {
  for (const name of Object.keys(value)) {
    const member = value[name];
    if (isObject(member) && isMember(name, kind))
      children.push({ kind, value: member, path: { parent: path, token: name } });
  }
}

function members(object: JsonObject, pointer: JsonPointer, kind: Kind): Located[] {
  return Object.entries(object)
    .filter(([name]) => isMember(name, kind))
    .map(([name, value]) => ({ kind, pointer: join(pointer, name), value }));
}

/** Paths and statuses stand beside extensions (`x-…`); in a map of names, such a name is one like others. */
function isMember(name: string, kind: Kind): boolean {
  return (kind !== "pathItem" && kind !== "response") || !name.startsWith("x-");
}

/** A copy of an object of a known kind, with each object that stands directly below it changed. Pointers start at the object. */
export function mapFields(object: JsonObject, kind: Kind, change: (child: Located) => JsonValue): JsonObject {
  if (kind === "callback") return mapNamed(object, { kind: "pathItem", pointer: "", change });
  const fields = GRAMMAR[kind];
  return mapMembers(object, (field, member) => {
    const shape = Object.hasOwn(fields, field) ? fields[field] : undefined;
    if (!shape) return member;
    const below = { kind: shape.kind, pointer: join("", field), change };
    if (shape.many === undefined) return change({ ...below, value: member });
    if (shape.many === "map") return isObject(member) ? mapNamed(member, below) : member;
    return isArray(member)
      ? member.map((value, index) => change({ ...below, pointer: join(below.pointer, index), value }))
      : member;
  });
}

/** A copy of a map of objects of a kind, each changed. */
function mapNamed(
  object: JsonObject,
  { kind, pointer, change }: Omit<Located, "value"> & { change: (child: Located) => JsonValue },
): JsonObject {
  return mapMembers(object, (name, value) =>
    isMember(name, kind) ? change({ kind, pointer: join(pointer, name), value }) : value,
  );
}
