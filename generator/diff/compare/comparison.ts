import { groupedBy, sortedBy } from "../../model/order.js";
import type { ApiModel, Operation, Referable } from "../../model/model.js";
import { templateKey } from "../../model/paths.js";
import type { Origin } from "../../source/source.js";
import type { Change, ChangeDirection, Pair } from "../change.js";
import type { SchemaComparison } from "./schemas.js";

/** What the comparison of every part of a document knows. */
export type Context = {
  readonly models: Pair<ApiModel>;
  readonly schemas: SchemaComparison;
  /** What security schemes of the base are called now that have another name. */
  readonly schemeNames: ReadonlyMap<string, string>;
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

/** Where one has what the other lacks: a reference that comes or goes is a change of what refers, and none of what it names. */
export function usesOf({
  base,
  head,
}: { readonly [S in keyof Pair<unknown>]?: Referable | undefined }): Partial<Pair<Origin>> {
  const place = ({ origin, reference }: Referable) => (base && head ? origin : (reference ?? origin));
  return { ...(base && { base: place(base) }), ...(head && { head: place(head) }) };
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

/** Where a callback is sent to, whatever it is called; the id that a webhook goes by. */
function keyOfReceived({ received, method, id }: Operation): string | undefined {
  if (received?.kind !== "callback") return received && `${method} ${id}`;
  return `${method} ${received.expression} of ${templateKey(received.owner)}`;
}

function keyOfCallback(operation: Operation): string | undefined {
  const { received } = operation;
  return received?.kind === "callback" ? `${received.name} ${keyOfReceived(operation)}` : undefined;
}

/**
 * What operations of two documents are recognized by, the surest first. Of several that a document has for the same requests, `/a/{id}` and
 * `/a/{name}`, those of one name belong together, then those of one place in their row; of several expressions of one callback, those that
 * are the same. What the client receives may have another name, which nobody sends.
 */
const LIKENESSES: readonly ((operation: Operation) => string | undefined)[] = [
  (operation) => keyOfCallback(operation) ?? nameOf(operation),
  keyOfOperation,
  keyOfReceived,
];

/** The operations of both sides that take the same requests, beside those that stand alone: in the order of their keys. */
export function pairedOperations(models: Pair<Pick<ApiModel, "operations">>): Partial<Pair<Operation>>[] {
  const operations = { base: models.base.operations, head: models.head.operations };
  const { pairs, alone } = pairedBy(operations, LIKENESSES);
  const single = [...alone.base.map((base) => ({ base })), ...alone.head.map((head) => ({ head }))];
  return sortedBy<Partial<Pair<Operation>>>([...pairs, ...single], ({ base, head }) =>
    keyOfOperation((base ?? head)!),
  );
}

type Paired<T> = { readonly pairs: readonly Pair<T>[]; readonly alone: Pair<readonly T[]> };

/** What is alike belongs together: what is left by one likeness may be so by the next. */
export function pairedBy<T extends object>(
  items: Pair<readonly T[]>,
  likenesses: readonly ((item: T) => string | undefined)[],
): Paired<T> {
  let paired: Paired<T> = { pairs: [], alone: items };
  for (const keyOf of likenesses) {
    const { pairs, alone } = pairsOf(paired.alone, keyOf);
    paired = { pairs: [...paired.pairs, ...pairs], alone };
  }
  return paired;
}

/** Those of one key belong together, in the order in which they come; what has no key stands alone. */
function pairsOf<T extends object>(
  items: Pair<readonly T[]>,
  keyOf: (item: T) => string | undefined,
): Paired<T> {
  const waiting: Map<string | undefined, T[]> = groupedBy(items.head, keyOf);
  waiting.delete(undefined);
  const found = items.base.map((base) => ({ base, head: waiting.get(keyOf(base))?.shift() }));
  const pairs = found.flatMap(({ base, head }) => (head ? [{ base, head }] : []));
  const taken = new Set(pairs.map(({ head }) => head));
  return {
    pairs,
    alone: {
      base: found.flatMap(({ base, head }) => (head ? [] : [base])),
      head: items.head.filter((each) => !taken.has(each)),
    },
  };
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
