import { join, type JsonPointer } from "./pointer.js";
import { roundedValue } from "./rounded.js";

/**
 * What `JSON.parse` does not tell of a text that it takes: where each value stands, keys that it overwrites, numbers that it makes
 * infinite or rounds, and how deep it went. Nothing here recurses, so depth costs no stack.
 */

/** A fault that stands at an offset of the text. */
export type JsonFault =
  | { readonly kind: "duplicate"; readonly offset: number; readonly key: string }
  | { readonly kind: "number"; readonly offset: number; readonly text: string }
  | { readonly kind: "rounded"; readonly offset: number; readonly text: string; readonly read: string }
  | { readonly kind: "depth"; readonly offset: number };

/** Where a value stands, and the key that leads to it (the value itself for an item of a list). */
export type JsonPlace = { readonly key: number; readonly value: number };

type Watcher = {
  /** @returns true to go no further. */
  open?(depth: number, offset: number): boolean;
  close?(): void;
  key?(raw: string, offset: number): void;
  /** Before each value, also those that open an object or a list. */
  value?(offset: number): void;
  item?(): void;
  number?(text: string, offset: number): void;
};

/** All faults of a text that is JSON, the depth first. */
export function findJsonFaults(text: string, maxDepth: number): JsonFault[] {
  const faults: JsonFault[] = [];
  const keys: Set<string>[] = [];
  walk(text, {
    open: (depth, offset) => {
      keys.push(new Set());
      if (depth > maxDepth) faults.push({ kind: "depth", offset });
      return depth > maxDepth;
    },
    close: () => void keys.pop(),
    key: (raw, offset) => {
      const key = keyOf(raw);
      const known = keys.at(-1)!;
      if (known.has(key)) faults.push({ kind: "duplicate", offset, key });
      known.add(key);
    },
    number: (each, offset) => {
      if (!Number.isFinite(Number(each))) faults.push({ kind: "number", offset, text: each });
      const read = roundedValue(each);
      if (read !== undefined) faults.push({ kind: "rounded", offset, text: each, read });
    },
  });
  return faults;
}

/** The place of every value of a text that is JSON. */
export function findJsonPlaces(text: string): ReadonlyMap<JsonPointer, JsonPlace> {
  const places = new Map<JsonPointer, JsonPlace>();
  const owners: { readonly pointer: JsonPointer; index: number }[] = [];
  let pointer: JsonPointer = "";
  let key: number | undefined;
  walk(text, {
    key: (raw, offset) => {
      key = offset;
      pointer = join(owners.at(-1)!.pointer, keyOf(raw));
    },
    item: () => {
      const owner = owners.at(-1)!;
      pointer = join(owner.pointer, owner.index++);
    },
    value: (offset) => {
      places.set(pointer, { key: key ?? offset, value: offset });
      key = undefined;
    },
    open: () => {
      owners.push({ pointer, index: 0 });
      return false;
    },
    close: () => void owners.pop(),
  });
  return places;
}

function keyOf(raw: string): string {
  return raw.includes("\\") ? (JSON.parse(`"${raw}"`) as string) : raw;
}

/** Tells the watcher of each token, in the order of the text. */
function walk(text: string, watcher: Watcher): void {
  const owners: ("{" | "[")[] = [];
  let expectsKey = false;
  for (let at = 0; at < text.length; at++) {
    const character = text[at]!;
    if (character <= " " || character === ":") continue;
    if (character === ",") {
      expectsKey = owners.at(-1) === "{";
    } else if (character === "}" || character === "]") {
      owners.pop();
      expectsKey = false;
      watcher.close?.();
    } else if (expectsKey) {
      const end = endOfString(text, at);
      watcher.key?.(text.slice(at + 1, end - 1), at);
      expectsKey = false;
      at = end - 1;
    } else {
      if (owners.at(-1) === "[") watcher.item?.();
      watcher.value?.(at);
      if (character === "{" || character === "[") {
        owners.push(character);
        expectsKey = character === "{";
        if (watcher.open?.(owners.length, at)) return;
      } else at = endOfScalar(text, at, watcher) - 1;
    }
  }
}

function endOfScalar(text: string, start: number, watcher: Watcher): number {
  if (text[start] === '"') return endOfString(text, start);
  SCALAR.lastIndex = start;
  const scalar = SCALAR.exec(text)![0];
  if (!LITERALS.has(scalar)) watcher.number?.(scalar, start);
  return start + scalar.length;
}

const SCALAR = /[\w.+-]+/y;
const LITERALS = new Set(["true", "false", "null"]);

/** The offset behind the closing quote of the string that starts at `start`. */
function endOfString(text: string, start: number): number {
  for (let quote = text.indexOf('"', start + 1); ; quote = text.indexOf('"', quote + 1)) {
    let backslashes = 0;
    while (text[quote - 1 - backslashes] === "\\") backslashes++;
    if (backslashes % 2 === 0) return quote + 1;
  }
}
