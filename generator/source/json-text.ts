import { tokensOf, type JsonPointer } from "./pointer.js";
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
  open(depth: number, offset: number): boolean;
  close(): void;
  key(raw: string, offset: number): void;
  number(text: string, offset: number): void;
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

/**
 * Where the values of a text that is JSON stand. Only what holds a value that is asked for is gone through, once; what lies beside it is
 * skipped: of a long document, few places are asked for.
 */
export class JsonPlaces {
  private readonly text: string;
  private readonly root: JsonPlace;
  /** The members or the items of what starts at an offset. */
  private readonly known = new Map<number, ReadonlyMap<string, JsonPlace>>();

  constructor(text: string) {
    this.text = text;
    const value = nextToken(text, 0);
    this.root = { key: value, value };
  }

  /** The place of what a pointer names, or of the nearest that holds it. */
  nearest(pointer: JsonPointer): { readonly place: JsonPlace; readonly isExact: boolean } {
    let place = this.root;
    for (const token of tokensOf(pointer)) {
      const part = this.partsAt(place.value).get(token);
      if (!part) return { place, isExact: false };
      place = part;
    }
    return { place, isExact: true };
  }

  private partsAt(offset: number): ReadonlyMap<string, JsonPlace> {
    const known = this.known.get(offset) ?? partsOf(this.text, offset);
    this.known.set(offset, known);
    return known;
  }
}

/** The members or the items of the value at an offset, by their names; none of a scalar. */
function partsOf(text: string, offset: number): ReadonlyMap<string, JsonPlace> {
  const parts = new Map<string, JsonPlace>();
  const isObject = text[offset] === "{";
  if (!isObject && text[offset] !== "[") return parts;
  let at = nextToken(text, offset + 1);
  for (let index = 0; text[at] !== "}" && text[at] !== "]"; index++) {
    const key = at;
    const behindKey = isObject ? endOfString(text, key) : key;
    const value = isObject ? nextToken(text, nextToken(text, behindKey) + 1) : key;
    parts.set(isObject ? keyOf(text.slice(key + 1, behindKey - 1)) : String(index), { key, value });
    at = nextToken(text, endOfValue(text, value));
    if (text[at] === ",") at = nextToken(text, at + 1);
  }
  return parts;
}

/** The offset of the first character that is no white space. */
function nextToken(text: string, from: number): number {
  let at = from;
  while (text.charCodeAt(at) <= SPACE) at++;
  return at;
}

/** The offset behind the value that starts at `start`. */
function endOfValue(text: string, start: number): number {
  let depth = 0;
  for (let at = start; ; at++) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) at = endOfString(text, at) - 1;
    else if (code === OPEN_BRACE || code === OPEN_BRACKET) depth++;
    else if (code === CLOSE_BRACE || code === CLOSE_BRACKET) depth--;
    else if (depth === 0) {
      SCALAR.lastIndex = at;
      return at + SCALAR.exec(text)![0].length;
    } else continue;
    if (depth === 0) return at + 1;
  }
}

const SPACE = 0x20;
const QUOTE = 0x22;
const OPEN_BRACKET = 0x5b;
const CLOSE_BRACKET = 0x5d;
const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;

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
      watcher.close();
    } else if (expectsKey) {
      const end = endOfString(text, at);
      watcher.key(text.slice(at + 1, end - 1), at);
      expectsKey = false;
      at = end - 1;
    } else {
      if (character === "{" || character === "[") {
        owners.push(character);
        expectsKey = character === "{";
        if (watcher.open(owners.length, at)) return;
      } else at = endOfScalar(text, at, watcher) - 1;
    }
  }
}

function endOfScalar(text: string, start: number, watcher: Watcher): number {
  if (text[start] === '"') return endOfString(text, start);
  SCALAR.lastIndex = start;
  const scalar = SCALAR.exec(text)![0];
  if (!LITERALS.has(scalar)) watcher.number(scalar, start);
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
