import { partsOf, reachedFrom, referrersOf, targetsOf, type Direction } from "../../model/graph.js";
import type { ApiModel, Operation, Referable } from "../../model/model.js";
import type { Schema, SchemaId } from "../../model/schema.js";
import type { Origin } from "../../source/source.js";
import { targetsOfOperation, type PackageSide } from "./changed-parts.js";
import type { Pair } from "../change.js";
import { nameOf } from "../compare/comparison.js";

/** Where a schema is referred to; of an operation as a whole, what is said of its other parts does not count. */
export type Reference = Origin & { readonly isWhole?: true };

/** What an effect on the package is made from: where to look for the finding that it comes from. */
export type Traces = {
  /** Places of each document, the nearest first: its own, then those of the schemas that it leads to. */
  readonly places: Pair<readonly Origin[]>;
  /** Where it is referred to, where only one side has it. */
  readonly references?: Partial<Pair<readonly Reference[]>> | undefined;
  /** The operations that it belongs to, as findings name them. */
  readonly operations: readonly string[];
  /** Who reads it, where only one does. */
  readonly direction?: Direction | undefined;
};

/** The traces of a schema: on the sides that have it. */
export function schemaTraces({ base, head }: Pair<PackageSide>, ids: Partial<Pair<SchemaId>>): Traces {
  return {
    places: { base: schemaOrigins(ids.base, base), head: schemaOrigins(ids.head, head) },
    operations: [],
  };
}

/**
 * Where schemas are referred to that only one side has: by operations, and by schemas that the other side may have, too; of a schema that has gone
 * or come with them, where that is referred to.
 */
export function referencesAmong(
  { model }: PackageSide,
  lone: ReadonlySet<SchemaId>,
): (id: SchemaId) => readonly Reference[] {
  if (lone.size === 0) return () => [];
  const schemas = referrersOf(model.schemas.values(), ({ schema }) => targetsOf(schema));
  const operations = referrersOf(model.operations, targetsOfOperation);
  return (id) => {
    const found: Reference[] = [];
    // A set that grows while it is walked is walked to its end.
    const open = new Set([id]);
    for (const each of open) {
      for (const operation of operations.get(each) ?? []) found.push(...referencesIn(operation, each));
      for (const user of schemas.get(each) ?? [])
        if (lone.has(user.id)) open.add(user.id);
        else found.push(...referencesTo(each, user.schema));
    }
    return found;
  };
}

/** The parts of an operation that refer to a schema, wherever they stand, and the operation. */
function referencesIn({ origin, parameters, body, responses }: Operation, id: SchemaId): Reference[] {
  const headers = responses.flatMap((response) => response.headers);
  const media = [...(body?.content ?? []), ...responses.flatMap(({ content }) => content)];
  const parts = [
    ...[...parameters, ...headers].filter(({ schema }) => targetsOf(schema).includes(id)),
    ...media.filter(({ schema }) => schema === id),
  ];
  return [...parts.map((part) => part.origin), { ...origin, isWhole: true }];
}

function referencesTo(id: SchemaId, schema: Schema): Origin[] {
  return partsOf(schema).flatMap((part) => (part.kind === "ref" && part.target === id ? [part.origin] : []));
}

/** Where operations refer to one of their parts, which stands elsewhere: a parameter, a header, a body or a response. */
export function referencesToPart({ model }: PackageSide, { source, pointer }: Origin): Origin[] {
  return model.operations
    .flatMap(partsOfOperation)
    .filter(({ origin }) => origin.source === source && origin.pointer === pointer)
    .flatMap(({ reference }) => reference ?? []);
}

/** The traces of an operation. */
export function operationTraces({ base, head }: Pair<PackageSide>, pair: Partial<Pair<Operation>>): Traces {
  const operations = [pair.base, pair.head].flatMap((each) => (each ? [nameOf(each)] : []));
  return {
    places: { base: operationOrigins(pair.base, base), head: operationOrigins(pair.head, head) },
    operations,
  };
}

function schemaOrigins(id: SchemaId | undefined, { model }: PackageSide): Origin[] {
  return originsOf(id === undefined ? [] : [id], model);
}

function operationOrigins(operation: Operation | undefined, { model }: PackageSide): Origin[] {
  if (!operation) return [];
  // Parts that several operations share stand elsewhere.
  const parts = partsOfOperation(operation).map((part) => part.origin);
  return [operation.origin, ...parts, ...originsOf(targetsOfOperation(operation), model)];
}

function partsOfOperation({ parameters, body, responses }: Operation): readonly Referable[] {
  const headers = responses.flatMap((response) => response.headers);
  return [...parameters, ...(body ? [body] : []), ...responses, ...headers];
}

function originsOf(roots: readonly SchemaId[], { schemas }: ApiModel): Origin[] {
  return [...reachedFrom(roots, schemas)].flatMap((id) => schemas.get(id)?.origin ?? []);
}
