import { isArray, isObject, objectOf, type JsonValue } from "../json.js";
import { tokensOf, type JsonPointer } from "../pointer.js";

/** A change of a document: the value at the pointer becomes another, or goes. */
export type Edit = { readonly pointer: JsonPointer; readonly value?: JsonValue };

type Branch = { edit?: Edit; readonly members: Map<string, Branch> };

/**
 * A copy of a document with each of the changes; the later of two at one place counts. Items that go leave no gap, so that only what
 * stands after them in the same list moves.
 */
export function repaired(document: JsonValue, edits: readonly Edit[]): JsonValue {
  if (edits.length === 0) return document;
  const root: Branch = { members: new Map() };
  for (const edit of edits) branchAt(root, edit.pointer).edit = edit;
  return rebuild(document, root) ?? null;
}

function branchAt(root: Branch, pointer: JsonPointer): Branch {
  let branch = root;
  for (const token of tokensOf(pointer)) {
    const next = branch.members.get(token) ?? { members: new Map<string, Branch>() };
    branch.members.set(token, next);
    branch = next;
  }
  return branch;
}

function rebuild(value: JsonValue | undefined, { edit, members }: Branch): JsonValue | undefined {
  if (edit) return edit.value;
  if (isArray(value)) {
    const items = value.map((item, index) => {
      const branch = members.get(String(index));
      return branch ? rebuild(item, branch) : item;
    });
    return items.filter((item) => item !== undefined);
  }
  if (!isObject(value)) return value;
  const keys = [...Object.keys(value), ...[...members.keys()].filter((key) => !Object.hasOwn(value, key))];
  return objectOf(
    keys.flatMap((key) => {
      const own = Object.hasOwn(value, key) ? value[key] : undefined;
      const branch = members.get(key);
      const member = branch ? rebuild(own, branch) : own;
      return member === undefined ? [] : [[key, member] as const];
    }),
  );
}
