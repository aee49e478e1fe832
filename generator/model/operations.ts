import { readContent } from "./media-types.js";
import { HTTP_METHODS, type Operation, type RequestBody, type Response } from "./model.js";
import { sortedBy } from "./order.js";
import { readParameters } from "./parameters.js";
import type { Node, ObjectNode, Reader } from "./reader.js";
import type { SchemaTable } from "./schema-table.js";

/** What the operations of a document share. */
type Shared = { readonly document: ObjectNode; readonly schemes: ReadonlySet<string> };

/** Every operation of `paths` (OpenAPI 3.1.1, Paths Object), by path, then in the order of {@link HTTP_METHODS}. */
export function readOperations(reader: Reader, table: SchemaTable, shared: Shared): Operation[] {
  const paths = sortedBy(reader.entries(shared.document, "paths", "fixed"), ([path]) => path);
  const operations = paths.flatMap(([path, node]) => readPath(reader, table, shared, { path, node }));
  reportDuplicateIds(reader, operations);
  return operations;
}

function readPath(
  reader: Reader,
  table: SchemaTable,
  shared: Shared,
  at: { path: string; node: Node },
): Operation[] {
  if (!at.path.startsWith("/")) reader.report("path-relative", { path: at.path }, at.node.origin, "key");
  const pathItem = reader.derefPathItem(at.node);
  if (!pathItem) return [];
  const fixed = HTTP_METHODS.map((method) => [method, reader.child(pathItem, method.toLowerCase())] as const);
  const additional = sortedBy(reader.entries(pathItem, "additionalOperations"), ([method]) => method);
  return [...fixed, ...additional].flatMap(([method, node]) => {
    const operation = node && reader.expect(node, "object", method);
    return operation
      ? [readOperation(reader, table, shared, { method, path: at.path, pathItem, operation })]
      : [];
  });
}

type At = { method: string; path: string; pathItem: ObjectNode; operation: ObjectNode };

function readOperation(reader: Reader, table: SchemaTable, shared: Shared, at: At): Operation {
  const { method, path, pathItem, operation } = at;
  const id = reader.member(operation, "operationId", "string")?.value || idOf(method, path);
  const text = (key: string) =>
    reader.member(operation, key, "string")?.value ?? reader.member(pathItem, key, "string")?.value;
  const summary = text("summary");
  const description = text("description");
  const body = readBody(reader, table, operation, id);
  return {
    origin: operation.origin,
    place: table.placeOf(operation.origin),
    id,
    method,
    path,
    ...(summary !== undefined && { summary }),
    ...(description !== undefined && { description }),
    ...(reader.member(operation, "deprecated", "boolean")?.value && { deprecated: true }),
    tags: reader.strings(operation, "tags").map(({ value }) => value),
    parameters: readParameters(reader, table, { operation, pathItem, path }),
    ...(body && { body }),
    responses: readResponses(reader, table, operation, { id, name: `${method} ${path}` }),
    security: readSecurity(reader, shared, operation),
  };
}

/** `get /users/{id}/keys` → `get users by id keys`: words for a name, where the document gives no operationId. */
function idOf(method: string, path: string): string {
  const words = path.split("/").map((segment) => segment.replace(/\{([^{}]*)\}/g, " by $1 "));
  return [method.toLowerCase(), ...words].join(" ").replace(/\s+/g, " ").trim();
}

function reportDuplicateIds(reader: Reader, operations: readonly Operation[]): void {
  const first = new Map<string, Operation>();
  for (const operation of operations) {
    const other = first.get(operation.id);
    if (!other) first.set(operation.id, operation);
    else {
      const name = `${other.method} ${other.path}`;
      const origin = { source: operation.origin.source, pointer: `${operation.origin.pointer}/operationId` };
      reader.report("operation-id-duplicate", { id: operation.id, first: name }, origin);
    }
  }
}

/** Request Body Object. */
function readBody(
  reader: Reader,
  table: SchemaTable,
  operation: ObjectNode,
  id: string,
): RequestBody | undefined {
  const node = reader.child(operation, "requestBody");
  const object = node && reader.deref(node, "requestBody");
  if (!object) return undefined;
  reader.required(object, "content", "object", "a request body");
  const description = reader.member(object, "description", "string")?.value;
  return {
    origin: object.origin,
    required: reader.member(object, "required", "boolean")?.value ?? false,
    ...(description !== undefined && { description }),
    content: readContent(reader, table, { node: object, words: [id, "body"] }),
  };
}

/** Responses Object: by status, ranges after codes, `default` last. */
function readResponses(
  reader: Reader,
  table: SchemaTable,
  operation: ObjectNode,
  { id, name }: { id: string; name: string },
): Response[] {
  if (!Object.hasOwn(operation.value, "responses")) {
    reader.report("responses-missing", { operation: name }, operation.origin, "key");
  }
  const responses = reader.entries(operation, "responses", "fixed").flatMap(([status, node]): Response[] => {
    if (!/^([1-5]\d\d|[1-5]XX|default)$/.test(status)) {
      const expected = ["a status code (200)", "a range (4XX)", "default"];
      reader.report("unknown-value", { name: "status", found: status, expected }, node.origin, "key");
    }
    const object = reader.deref(node, "a response");
    if (!object) return [];
    const description = reader.required(object, "description", "string", "a response")?.value ?? "";
    const words = [id, "response", status];
    return [
      {
        origin: object.origin,
        status,
        description,
        content: readContent(reader, table, { node: object, words }),
      },
    ];
  });
  if (responses.length === 0 && Object.hasOwn(operation.value, "responses")) {
    reader.report("responses-empty", { operation: name }, operation.origin, "key");
  }
  return sortedBy(responses, ({ status }) => status);
}

/** Security Requirement Objects of the operation, or the document's. An empty one means that none is needed. */
function readSecurity(reader: Reader, shared: Shared, operation: ObjectNode): string[][] {
  const owner = Object.hasOwn(operation.value, "security") ? operation : shared.document;
  return reader.items(owner, "security").flatMap((item) => {
    const requirement = reader.expect(item, "object", "a security requirement");
    if (!requirement) return [];
    const names = Object.keys(requirement.value);
    for (const name of names.filter((each) => !shared.schemes.has(each))) {
      reader.report(
        "security-unknown",
        { name },
        { source: item.origin.source, pointer: item.origin.pointer },
        "value",
      );
    }
    return [sortedBy(names, (name) => name)];
  });
}
