/** A change of a document: its name, the document before and after, what is found: `E request-body-removed`. */
export type OperationRow = readonly [name: string, base: object, head: object, expected: readonly string[]];

export type Operation = {
  readonly parameters?: readonly object[];
  readonly requestBody?: object;
  readonly responses?: object;
  readonly [field: string]: unknown;
};
export type Row = readonly [name: string, base: Operation, head: Operation, expected: readonly string[]];

export const OK = { "200": { description: "" } };
export const S = { type: "string" };
const INFO = { title: "T", version: "1" };

/** A document with one operation, `PUT /things/{id}`. */
export function api(operation: Operation, more: object = {}): object {
  const id = { name: "id", in: "path", required: true, schema: S };
  const { parameters = [], ...rest } = operation;
  const put = { operationId: "putThing", parameters: [id, ...parameters], responses: OK, ...rest };
  return { openapi: "3.1.0", info: INFO, paths: { "/things/{id}": { put } }, ...more };
}

export const rows = (list: readonly Row[], more: object = {}): OperationRow[] =>
  list.map(([name, base, head, expected]) => [name, api(base, more), api(head, more), expected]);

/** A document with the paths. */
export function paths(own: object, more: object = {}): object {
  return { openapi: "3.1.0", info: INFO, paths: own, ...more };
}

export const json = (schema: object | boolean = S) => ({ "application/json": { schema } });
export const body = (more: object = {}) => ({ requestBody: { content: json(), ...more } });
export const query = (more: object = {}) => ({
  parameters: [{ name: "q", in: "query", schema: S, ...more }],
});
