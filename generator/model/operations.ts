import { isArray, isObject } from "../source/json.js";
import { tokensOf } from "../source/pointer.js";
import type { Origin } from "../source/source.js";
import { extensionText } from "./extensions.js";
import { readResponseHeaders } from "./headers.js";
import { readContent } from "./media-types.js";
import {
  HTTP_METHODS,
  type Link,
  type Operation,
  type Parameter,
  type Received,
  type RequestBody,
  type Response,
  type SecurityRequirements,
} from "./model.js";
import { sortedBy } from "./order.js";
import { idOf, withUniqueIds } from "./operation-ids.js";
import { readParameters } from "./parameters.js";
import { splitQuery, type PathQuery } from "./path-query.js";
import { templateKey } from "./paths.js";
import { below, referenceIn, type Node, type ObjectNode, type Reader } from "./reader.js";
import type { Schema } from "./schema.js";
import { wordsOf, type SchemaTable } from "./schema-table.js";
import { readServers } from "./servers.js";

/** What the operations of a document share. */
type Shared = { readonly document: ObjectNode; readonly schemes: ReadonlySet<string> };

/** Every operation of `paths` (OpenAPI 3.1.1, Paths Object), by path, then in the order of {@link HTTP_METHODS}. */
export function readOperations(reader: Reader, table: SchemaTable, shared: Shared): Operation[] {
  const paths = sortedBy(reader.entries(shared.document, "paths", "fixed"), ([path]) => path);
  const operations = paths.flatMap(([path, node]) => readPath(reader, table, shared, { path, node }));
  return withUniqueIds(reader, withTellingKeys(operations));
}

/** What a path asks of a query by names counts where it tells operations apart, and nowhere else. */
function withTellingKeys(operations: readonly Operation[]): Operation[] {
  const counts = new Map<string, number>();
  for (const each of operations) counts.set(withoutNames(each), (counts.get(withoutNames(each)) ?? 0) + 1);
  return operations.map((operation) => {
    const { queryKeys: _, ...alone } = operation;
    return counts.get(withoutNames(operation))! > 1 ? operation : alone;
  });
}

/** What tells an operation from others, but for names. */
function withoutNames({ method, path, query = [] }: Operation): string {
  return [method, templateKey(path), ...sortedBy(query, (pair) => pair)].join(" ");
}

/** Kinds of schemas whose values stand in a query under the name of their parameter, exploded or not. */
const NAMED_KINDS: ReadonlySet<Schema["kind"]> = new Set([
  "string",
  "number",
  "boolean",
  "literals",
  "array",
  "any",
]);

/** Names that a request has in its query whatever is sent: of required parameters that stand there under their own names. */
function tellingKeys(query: PathQuery | undefined, parameters: readonly Parameter[]): string[] {
  const telling = new Set(parameters.filter(isTelling).map(({ name }) => name));
  return sortedBy(new Set((query?.keys ?? []).filter((key) => telling.has(key))), (key) => key);
}

function isTelling({ location, required, serialization: how, schema }: Parameter): boolean {
  if (location !== "query" || !required) return false;
  return (
    how.kind === "content" || (how.style !== "deepObject" && (!how.explode || NAMED_KINDS.has(schema.kind)))
  );
}

/**
 * Every operation that the client receives: those of `webhooks` (OpenAPI 3.1.1, OpenAPI Object), and those of the callbacks of the
 * operations of `paths` (Callback Object).
 */
export function readReceived(reader: Reader, table: SchemaTable, shared: Shared): Operation[] {
  const webhooks = sortedBy(reader.entries(shared.document, "webhooks"), ([name]) => name).flatMap(
    ([name, node]) =>
      readItem(reader, table, shared, { path: `webhook ${name}`, node, received: { kind: "webhook", name } }),
  );
  return [...webhooks, ...readCallbacks(reader, table, shared)];
}

function readCallbacks(reader: Reader, table: SchemaTable, shared: Shared): Operation[] {
  return operationNodes(reader, shared).flatMap(({ owner, node }) =>
    reader.entries(node, "callbacks").flatMap(([name, callback]) => {
      const object = reader.deref(callback, "a callback");
      const expressions = Object.entries(object?.value ?? {}).filter(([key]) => !key.startsWith("x-"));
      return expressions.flatMap(([expression, value], index) =>
        readItem(reader, table, shared, {
          // Which of several expressions it is, is all that tells them apart: what they say may change.
          path: `callback ${name}${index > 0 ? ` ${index + 1}` : ""} of ${owner}`,
          node: { value, origin: below(object!.origin, expression) },
          received: { kind: "callback", name, owner, expression },
        }),
      );
    }),
  );
}

/** The operations of `paths` as they are written, with their names: `POST /subscriptions`. */
function operationNodes(reader: Reader, { document }: Shared): { owner: string; node: ObjectNode }[] {
  const paths = sortedBy(reader.entries(document, "paths", "fixed"), ([path]) => path);
  return paths.flatMap(([path, item]) => {
    const pathItem = reader.derefPathItem(item);
    return HTTP_METHODS.flatMap((method) => {
      const child = pathItem && reader.child(pathItem, method.toLowerCase());
      const node = child && reader.expect(child, "object", method);
      return node ? [{ owner: `${method} ${path}`, node }] : [];
    });
  });
}

function readPath(
  reader: Reader,
  table: SchemaTable,
  shared: Shared,
  at: { path: string; node: Node },
): Operation[] {
  return readItem(reader, table, shared, { ...readPathKey(reader, at), node: at.node });
}

type Item = Partial<ReturnType<typeof splitQuery>> & {
  path: string;
  node: Node;
  received?: Received;
};

/** Forbidden methods (Fetch, section 2.2.1). */
export const UNSENT: ReadonlySet<string> = new Set(["CONNECT", "TRACE", "TRACK"]);

/** The operations of a Path Item Object. */
function readItem(
  reader: Reader,
  table: SchemaTable,
  shared: Shared,
  { path, query, node: item, received }: Item,
): Operation[] {
  const pathItem = reader.derefPathItem(item);
  if (!pathItem) return [];
  const fixed = HTTP_METHODS.map((method) => [method, reader.child(pathItem, method.toLowerCase())] as const);
  const additional = sortedBy(reader.entries(pathItem, "additionalOperations"), ([method]) => method);
  return [...fixed, ...additional].flatMap(([method, node]) => {
    const operation = node && reader.expect(node, "object", method);
    if (operation && !received && UNSENT.has(method))
      reader.report(
        "keyword-unsupported",
        { keyword: `method ${method}`, effect: "fetch sends no such request" },
        operation.origin,
        "key",
      );
    return operation
      ? [readOperation(reader, table, shared, { method, path, query, pathItem, operation, received })]
      : [];
  });
}

/** A key of `paths`, which starts with `/` and holds no query. */
function readPathKey(
  reader: Reader,
  { path: key, node }: { path: string; node: Node },
): ReturnType<typeof splitQuery> {
  const split = splitQuery(key);
  const path = split.path.startsWith("/") ? split.path : `/${split.path}`;
  if (path !== split.path) reader.report("path-relative", { path: key }, node.origin, "key");
  const report = () => reader.report("path-query", { path: key }, node.origin, "key");
  if (split.query?.isPlain === true) reader.withReading("query", report);
  else if (split.query) report();
  return { path, query: split.query };
}

type At = ReturnType<typeof splitQuery> & {
  method: string;
  pathItem: ObjectNode;
  operation: ObjectNode;
  received: Received | undefined;
};

function readOperation(reader: Reader, table: SchemaTable, shared: Shared, at: At): Operation {
  const { method, path, query, pathItem, operation, received } = at;
  // A MUST of 2.0 and 3.0 (Operation Object); 3.1 asks for it where there is a response to describe.
  const needsResponses = String(shared.document.value["openapi"]).startsWith("3.0");
  const fixed = query && query.fixed.length > 0 ? { query: query.fixed } : {};
  const operationId = reader.member(operation, "operationId", "string")?.value;
  const id = operationId || idOf({ method, path, ...fixed });
  const text = (key: string) =>
    reader.member(operation, key, "string")?.value ?? reader.member(pathItem, key, "string")?.value;
  const summary = text("summary");
  const description = text("description");
  const body = readBody(reader, table, { ...at, id });
  // What the client receives has a name in the place of a path.
  const parameters = readParameters(reader, table, received ? { ...at, path: "" } : at);
  const queryKeys = tellingKeys(query, parameters);
  return {
    origin: operation.origin,
    ...table.placesOf(operation.origin),
    id,
    ...(!operationId && { isUnnamed: true }),
    method,
    path,
    ...fixed,
    ...(queryKeys.length > 0 && { queryKeys }),
    ...(summary !== undefined && { summary }),
    ...(description !== undefined && { description }),
    ...(reader.member(operation, "deprecated", "boolean")?.value && { deprecated: true }),
    ...extensionText(operation, "x-sunset", "sunset"),
    ...extensionText(operation, "x-stability-level", "stability"),
    tags: reader.strings(operation, "tags").map(({ value }) => value),
    parameters,
    ...(body && { body }),
    responses: readResponses(reader, table, {
      id,
      name: `${method} ${path}`,
      method,
      operation,
      needsResponses,
    }),
    ...readSecurity(reader, shared, operation),
    ...ownServers(reader, { operation, pathItem }),
    ...(received && { received }),
  };
}

/** The servers that hold for an operation alone (Operation Object and Path Item Object, `servers`). */
function ownServers(
  reader: Reader,
  { operation, pathItem }: Pick<At, "operation" | "pathItem">,
): Pick<Operation, "servers"> {
  const owner = [operation, pathItem].find((node) => Object.hasOwn(node.value, "servers"));
  return owner ? { servers: readServers(reader, owner) } : {};
}

/** Methods whose requests have no body (Fetch, section 5.3), whatever the document says: it means nothing there (RFC 9110, section 9.3.1). */
const SENT_WITHOUT_BODY: ReadonlySet<string> = new Set(["GET", "HEAD"]);

/** Request Body Object. */
function readBody(
  reader: Reader,
  table: SchemaTable,
  { id, method, operation, received }: Pick<At, "method" | "operation" | "received"> & { id: string },
): RequestBody | undefined {
  const node = reader.child(operation, "requestBody");
  const object = node && reader.deref(node, "requestBody");
  if (!object) return undefined;
  if (!received && SENT_WITHOUT_BODY.has(method)) {
    const parameters = { keyword: `requestBody of ${method}`, effect: "fetch sends no such body" };
    reader.report("keyword-unsupported", parameters, node.origin, "key");
    return undefined;
  }
  reader.required(object, "content", "object", "a request body");
  const description = reader.member(object, "description", "string")?.value;
  return {
    origin: object.origin,
    ...referenceIn(node),
    required: reader.member(object, "required", "boolean")?.value ?? false,
    ...(description !== undefined && { description }),
    content: readContent(reader, table, {
      node: object,
      words: sharedWords(node, object, "body") ?? [id, "body"],
      direction: "request",
    }),
  };
}

/** The last word of the place of what belongs to one operation. */
const OF_OPERATION = /^([1-5](\d\d|XX)|default|requestBody)$/;

/** The words of what stands elsewhere, for operations to share: `#/components/responses/NotFound` → NotFound, response. */
function sharedWords(
  node: Node,
  { value, origin }: ObjectNode,
  role: "body" | "response",
): string[] | undefined {
  const { reference } = referenceIn(node);
  const name = tokensOf(origin.pointer).at(-1) ?? wordsOf({ value, origin })[0]!;
  if (reference === undefined || OF_OPERATION.test(name)) return undefined;
  return name.toLowerCase().endsWith(role) ? [name] : [name, role];
}

type ResponsesOwner = {
  readonly id: string;
  readonly name: string;
  readonly method: string;
  readonly operation: ObjectNode;
  readonly needsResponses: boolean;
};

/** Responses Object: by status, ranges after codes, `default` last. */
function readResponses(
  reader: Reader,
  table: SchemaTable,
  { id, name, method, operation, needsResponses }: ResponsesOwner,
): Response[] {
  if (!Object.hasOwn(operation.value, "responses")) {
    const code = needsResponses ? "responses-missing" : "responses-undescribed";
    reader.report(code, { operation: name }, operation.origin, "key");
  }
  const declared = reader.entries(operation, "responses", "fixed");
  const responses = declared.flatMap(([status, node]): Response[] => {
    if (!/^([1-5]\d\d|[1-5]XX|default)$/.test(status)) {
      const expected = ["a status code (200)", "a range (4XX)", "default"];
      reader.withReading("left-out", () =>
        reader.report("unknown-value", { name: "status", found: status, expected }, node.origin, "key"),
      );
      return [];
    }
    const object = reader.deref(node, "a response");
    if (!object) return [];
    const isEmpty = isBodiless(reader, { method, status, response: object });
    const words = sharedWords(node, object, "response") ?? [id, "response", status];
    const owner = { node: object, words, direction: "response" } as const;
    return [
      {
        origin: object.origin,
        ...referenceIn(node),
        status,
        description: readDescription(reader, object),
        content: isEmpty ? [] : readContent(reader, table, owner),
        headers: readResponseHeaders(reader, table, object),
        links: readLinks(reader, object),
      },
    ];
  });
  if (declared.length === 0 && isObject(reader.child(operation, "responses")?.value ?? null))
    reader.report("responses-empty", { operation: name }, operation.origin, "key");
  return sortedBy(responses, ({ status }) => status);
}

/** Link Objects by name. */
function readLinks(reader: Reader, response: ObjectNode): Link[] {
  const links = reader.entries(response, "links").flatMap(([name, node]): Link[] => {
    const link = reader.deref(node, "a link");
    return link ? [{ origin: link.origin, ...referenceIn(node), name, value: link.value }] : [];
  });
  return sortedBy(links, ({ name }) => name);
}

/** OpenAPI 3.2 has a summary beside it, and requires neither. */
function readDescription(reader: Reader, response: ObjectNode): string {
  const description = reader.member(response, "description", "string");
  return (description ?? reader.member(response, "summary", "string"))?.value ?? "";
}

const BODILESS = new Set(["204", "205", "304"]);

/** True for a response that has no body, whatever the document says (RFC 9110, section 6.4.1). */
function isBodiless(
  reader: Reader,
  { method, status, response }: { method: string; status: string; response: ObjectNode },
): boolean {
  if (method === "HEAD") return true;
  if (!BODILESS.has(status)) return false;
  const content = reader.member(response, "content", "object");
  if (content && Object.keys(content.value).length > 0) {
    const parameters = { keyword: `content of status ${status}`, effect: "such a response has no body" };
    reader.report("keyword-unsupported", parameters, content.origin, "key");
  }
  return true;
}

/** Security Requirement Objects of the operation, or the document's. An empty one means that none is needed. */
function readSecurity(
  reader: Reader,
  shared: Shared,
  operation: ObjectNode,
): Pick<Operation, "security" | "requirements"> {
  const owner = Object.hasOwn(operation.value, "security") ? operation : shared.document;
  const alternatives = reader.items(owner, "security").flatMap((item) => {
    const requirement = reader.expect(item, "object", "a security requirement");
    if (!requirement) return [];
    const written = Object.keys(requirement.value);
    const names = new Map(
      written.map((each) => [each, schemeNamed(each, { reader, shared, at: item.origin })]),
    );
    const unknown = written.filter((each) => names.get(each) === undefined);
    for (const name of unknown) {
      const near = reader.guesser.nearest(name, [...shared.schemes]);
      reader.report("security-unknown", { name, near }, item.origin);
    }
    if (unknown.length > 0) return [];
    const scopes = written.map((each) => [names.get(each)!, scopesOf(requirement, each)] as const);
    return [new Map(sortedBy(scopes, ([name]) => name))];
  });
  const requirements: SecurityRequirements = { origin: below(owner.origin, "security"), alternatives };
  return { security: alternatives.map((each) => [...each.keys()]), requirements };
}

/** The component that a requirement names, or whose URI it gives (OpenAPI 3.2.0, Security Requirement Object). */
function schemeNamed(
  name: string,
  { reader, shared, at }: { readonly reader: Reader; readonly shared: Shared; readonly at: Origin },
): string | undefined {
  if (shared.schemes.has(name)) return name;
  if (!/^3\.[2-9]/.test(String(shared.document.value["openapi"]))) return undefined;
  const place = reader.placeOf({ value: name, origin: at });
  const tokens = place?.source === shared.document.origin.source ? tokensOf(place.pointer) : [];
  const [scheme = "", ...rest] = tokens.slice(2);
  const isScheme = tokens[1] === "securitySchemes" && rest.length === 0 && shared.schemes.has(scheme);
  return isScheme ? scheme : undefined;
}

function scopesOf({ value }: ObjectNode, name: string): string[] {
  const scopes = value[name];
  return isArray(scopes) ? scopes.filter((scope) => typeof scope === "string") : [];
}
