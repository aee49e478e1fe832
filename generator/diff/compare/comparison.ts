import { groupedBy, sortedBy } from "../../model/order.js";
import type { ApiModel, Operation } from "../../model/model.js";
import { templateKey } from "../../model/paths.js";
import type { Change, ChangeDirection, Pair } from "../change.js";
import type { SchemaComparison } from "./schemas.js";

/** What the comparison of every part of a document knows. */
export type Context = {
  readonly models: Pair<ApiModel>;
  readonly schemas: SchemaComparison;
  /** Who reads requests, and who responses: the other way round for what the client receives. */
  readonly reads: { readonly request: ChangeDirection; readonly response: ChangeDirection };
  /** The day of the review, `2026-11-21`: what decides whether a sunset is past. */
  readonly today: string;
};

/** What the changes of one thing have in common. */
export type Common = Omit<Change, "rule" | "effect" | "path">;

export function change(each: Omit<Change, "path"> & { readonly path?: string }): Change {
  return { path: "", ...each };
}

/** `PUT /billing/plan`, with the query that the path's key has, if any: it tells operations apart. */
export function nameOf({ method, path, query = [], queryKeys = [] }: Operation): string {
  const pairs = [...query, ...queryKeys.map((name) => `${name}={${name}}`)];
  return `${method} ${path}${pairs.length > 0 ? `?${pairs.join("&")}` : ""}`;
}

/** What tells operations apart on the wire. */
export function keyOfOperation(operation: Operation): string {
  return templateKey(nameOf(operation));
}

/**
 * The operations of both sides that take the same requests, beside those that stand alone. Of several that a document has for the same
 * requests, `/a/{id}` and `/a/{name}`, those of one name belong together, then those of one place in their row.
 */
export function pairedOperations(models: Pair<Pick<ApiModel, "operations">>): Partial<Pair<Operation>>[] {
  const rows = {
    base: groupedBy(models.base.operations, keyOfOperation),
    head: groupedBy(models.head.operations, keyOfOperation),
  };
  const keys = sortedBy(new Set([...rows.base.keys(), ...rows.head.keys()]), (key) => key);
  return keys.flatMap((key) => {
    const free = [...(rows.head.get(key) ?? [])];
    const named = (rows.base.get(key) ?? []).map((one) => {
      const index = free.findIndex((other) => nameOf(other) === nameOf(one));
      return pairOf(one, index === -1 ? undefined : free.splice(index, 1)[0]);
    });
    const paired = named.map((pair) => (pair.head ? pair : pairOf(pair.base, free.shift())));
    return [...paired, ...free.map((head) => ({ head }))];
  });
}

export function byKey<T>(items: Pair<readonly T[]>, keyOf: (item: T) => string): Partial<Pair<T>>[] {
  return byKeys(items, { base: keyOf, head: keyOf });
}

/** The items of both sides that have the same key, beside those that stand alone. */
export function byKeys<T>(items: Pair<readonly T[]>, keyOf: Pair<(item: T) => string>): Partial<Pair<T>>[] {
  const base = new Map(items.base.map((item) => [keyOf.base(item), item]));
  const head = new Map(items.head.map((item) => [keyOf.head(item), item]));
  return sortedBy(new Set([...base.keys(), ...head.keys()]), (key) => key).map((key) => {
    return pairOf(base.get(key), head.get(key));
  });
}

function pairOf<T>(base: T | undefined, head: T | undefined): Partial<Pair<T>> {
  return { ...(base !== undefined && { base }), ...(head !== undefined && { head }) };
}
