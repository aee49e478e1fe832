import type { Kind } from "./grammar.js";
import { isArray, isObject, objectOf, type JsonValue } from "./json.js";
import { join, tokensOf, type JsonPointer } from "./pointer.js";

/** Places of one document, as a tree of tokens. */
type Tree = { kind?: Kind; readonly below: Map<string, Tree> };

/** What is made of the value at a place. */
export type Change = (
  value: JsonValue,
  at: { readonly kind: Kind; readonly pointer: JsonPointer },
) => JsonValue;

/**
 * A copy of a document with the values at the places changed. A place inside one that was changed is left as that made it, if
 * that made it anew.
 *
 * @param before the document as it was when `after` was made of it; the same where nothing was made yet.
 */
export function changePlaces(
  { before, after }: { readonly before: JsonValue; readonly after: JsonValue },
  places: readonly { readonly pointer: JsonPointer; readonly kind: Kind }[],
  change: Change,
): JsonValue {
  return rewrite({ before, after, tree: treeOf(places), pointer: "" }, change);
}

function treeOf(places: readonly { readonly pointer: JsonPointer; readonly kind: Kind }[]): Tree {
  const root: Tree = { below: new Map() };
  for (const { pointer, kind } of places) {
    let at = root;
    for (const token of tokensOf(pointer)) {
      const next: Tree = at.below.get(token) ?? { below: new Map() };
      at.below.set(token, next);
      at = next;
    }
    at.kind ??= kind;
  }
  return root;
}

type At = { before: JsonValue | undefined; after: JsonValue; tree: Tree; pointer: JsonPointer };

function rewrite({ before, after, tree, pointer }: At, change: Change): JsonValue {
  const own = tree.kind && before === after ? change(after, { kind: tree.kind, pointer }) : after;
  if (tree.below.size === 0) return own;
  const step = (key: string, value: JsonValue) => {
    const below = tree.below.get(key);
    const at = join(pointer, key);
    return below
      ? rewrite({ before: memberOf(before, key), after: value, tree: below, pointer: at }, change)
      : value;
  };
  if (isArray(own)) return own.map((item, index) => step(String(index), item));
  return isObject(own) ? objectOf(Object.entries(own).map(([key, value]) => [key, step(key, value)])) : own;
}

function memberOf(value: JsonValue | undefined, key: string): JsonValue | undefined {
  if (isArray(value)) return value[Number(key)];
  return isObject(value) && Object.hasOwn(value, key) ? value[key] : undefined;
}
