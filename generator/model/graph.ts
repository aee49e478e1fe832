import type { ApiModel, Header, MediaType, NamedSchema } from "./model.js";
import { addTo, type Groups } from "./order.js";
import { childrenOf, type Schema, type SchemaId } from "./schema.js";

/** Which schemas lead to which others. */

/** A schema and every schema inside it, references not followed. */
export function partsOf(schema: Schema): Schema[] {
  const parts: Schema[] = [];
  addParts(schema, parts);
  return parts;
}

/** One list for all: documents hold a million schemas. */
function addParts(schema: Schema, parts: Schema[]): void {
  parts.push(schema);
  for (const child of childrenOf(schema)) addParts(child, parts);
}

/** The schemas that a schema refers to, at any depth. */
export function targetsOf(schema: Schema, partsIn = partsOf): SchemaId[] {
  return partsIn(schema).flatMap((part) => (part.kind === "ref" ? [part.target] : []));
}

/** The schemas that the roots lead to, themselves included. */
export function reachedFrom(
  roots: Iterable<SchemaId>,
  schemas: ReadonlyMap<SchemaId, NamedSchema>,
): ReadonlySet<SchemaId> {
  return closure(roots, (id) => {
    const named = schemas.get(id);
    return named ? targetsOf(named.schema) : [];
  });
}

/** The schemas that lead to one of the targets by some of their parts, themselves included. */
export function leadingTo(
  targets: Iterable<SchemaId>,
  schemas: ReadonlyMap<SchemaId, NamedSchema>,
  partsIn: (schema: Schema) => Schema[] = partsOf,
): ReadonlySet<SchemaId> {
  const users = referrersOf(schemas.values(), ({ schema }) => targetsOf(schema, partsIn));
  return closure(targets, (id) => (users.get(id) ?? []).map((each) => each.id));
}

/** What refers to each schema, directly. */
export function referrersOf<T>(
  all: Iterable<T>,
  targets: (each: T) => readonly SchemaId[],
): ReadonlyMap<SchemaId, readonly T[]> {
  const users: Groups<SchemaId, T> = new Map();
  for (const each of all) for (const target of new Set(targets(each))) addTo(users, target, each);
  return users;
}

function closure(start: Iterable<SchemaId>, next: (id: SchemaId) => readonly SchemaId[]): Set<SchemaId> {
  const found = new Set(start);
  // A set that grows while it is walked is walked to its end.
  for (const id of found) for (const each of next(id)) found.add(each);
  return found;
}

/** Who reads a value: the server (parameters and bodies of requests), or the client (bodies of responses). */
export type Direction = "request" | "response";

/** The schemas that values of each direction are made of. */
export function usesOf({
  operations,
  schemas,
}: ApiModel): Readonly<Record<Direction, ReadonlySet<SchemaId>>> {
  const request = operations.flatMap(({ parameters, body }) => [
    ...parameters.flatMap(({ schema }) => targetsOf(schema)),
    ...bodiesOf(body?.content ?? []),
  ]);
  const response = operations.flatMap(({ responses }) =>
    responses.flatMap(({ content, headers }) => [...bodiesOf(content), ...headerTargets(headers)]),
  );
  return { request: reachedFrom(request, schemas), response: reachedFrom(response, schemas) };
}

/** The schemas that bodies are made of, with the headers of their parts. */
export function bodiesOf(content: readonly MediaType[]): SchemaId[] {
  return content.flatMap(({ schema, events = [], encoding, prefixEncoding, itemEncoding }) => [
    ...present(schema),
    ...events.flatMap((event) => [...present(event.schema), ...present(event.data?.schema)]),
    ...[...encoding, ...prefixEncoding, ...present(itemEncoding)].flatMap(({ headers }) =>
      headerTargets(headers),
    ),
  ]);
}

/** The schemas that headers refer to. */
export function headerTargets(headers: readonly Header[]): SchemaId[] {
  return headers.flatMap(({ schema }) => targetsOf(schema));
}

function present<T>(value: T | undefined): T[] {
  return value === undefined ? [] : [value];
}
