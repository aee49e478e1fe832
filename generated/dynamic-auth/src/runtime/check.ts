import type { StandardIssue } from "./standard-schema.js";

/** What is wrong with a value: at which JSON Pointer (RFC 6901), by which keyword of JSON Schema. */
export interface Issue extends StandardIssue {
  readonly message: string;
  readonly keyword: string;
  readonly pointer: string;
  readonly path: readonly (string | number)[];
}

/** An issue on its way out of the value: `keys` are the names that lead to it from where a check is now, the last first. */
export interface Fault {
  readonly message: string;
  readonly keyword: string;
  readonly keys: (string | number)[];
}

/** Where faults are reported to; undefined where nobody asks for more than the verdict. */
export type Faults = Fault[] | undefined;
/** The names of members and the indices of items that a check looked at (JSON Schema Core 2020-12, section 11). */
export type Seen = Set<string | number>;
/**
 * True where nothing is wrong with the value; then nothing is reported. Else everything that is wrong goes to `faults`, where someone
 * asks: a check knows no place, and each that is around it adds one key, so that only what is wrong costs one. What it looked at goes to `seen`.
 */
export type Check = (value: unknown, faults: Faults, seen?: Seen) => boolean;

/** Reports a fault of the value itself. */
export function fail(faults: Faults, keyword: string, message: string): false {
  faults?.push({ message, keyword, keys: [] });
  return false;
}

/** `1 item`, `2 items`. */
export function counted(count: number, one: string, many: string = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}

/** Reports the faults of a member or an item, with its key. */
export function checkAt(key: string | number, check: Check, value: unknown, faults: Faults): boolean {
  if (!faults) return check(value, faults);
  const from = faults.length;
  if (check(value, faults)) return true;
  for (let index = from; index < faults.length; index++) faults[index]!.keys.push(key);
  return false;
}

/** Each fault once, whichever schemas say so. */
export function distinct(faults: readonly Fault[]): readonly Fault[] {
  return firstOfEach(faults, ({ keys, message }) => `${pointerOf(keys)}\n${message}`);
}

function firstOfEach<T>(items: readonly T[], textOf: (item: T) => string): readonly T[] {
  if (items.length < 2) return items;
  const first = new Map<string, T>();
  for (const item of items) {
    const text = textOf(item);
    if (!first.has(text)) first.set(text, item);
  }
  return [...first.values()];
}

/** What a check holds against a value, each issue once; empty where it holds. */
export function attempt(check: Check, value: unknown): readonly Issue[] {
  const faults: Fault[] = [];
  if (judge(check, value, faults)) return [];
  return firstOfEach(faults.map(issueOf), ({ pointer, message }) => `${pointer}\n${message}`);
}

/**
 * The verdict of a check that stands inside no other: a value that is nested more deeply than the stack allows does not hold, and that is all
 * that is reported of it. Inside `not`, it would hold.
 */
export function judge(check: Check, value: unknown, faults: Faults): boolean {
  const before = faults?.length ?? 0;
  try {
    return check(value, faults);
  } catch (error) {
    if (!isOverflow(error) || !isDeep(value)) throw error;
    faults?.splice(before);
    return fail(faults, "depth", "must not be nested so deeply");
  }
}

/** In Firefox, a stack that is full is an `InternalError`. */
function isOverflow(error: unknown): boolean {
  return error instanceof Error && (error.name === "RangeError" || error.name === "InternalError");
}

/** With fewer levels than these, a value is not why a stack is full. */
const DEEP = 256;

function isDeep(value: unknown): boolean {
  let level = new Set([value]);
  for (let depth = 0; depth < DEEP && level.size > 0; depth++) level = new Set([...level].flatMap(partsOf));
  return level.size > 0;
}

/** The lists and objects in a list or an object. */
function partsOf(value: unknown): unknown[] {
  const parts: unknown[] = typeof value === "object" && value !== null ? Object.values(value) : [];
  return parts.filter((part) => typeof part === "object");
}

function issueOf({ message, keyword, keys }: Fault): Issue {
  const path: (string | number)[] = [];
  for (let index = keys.length - 1; index >= 0; index--) path.push(keys[index]!);
  return { message, keyword, pointer: pointerOf(path), path };
}

/** The JSON Pointer (RFC 6901) of names. */
export function pointerOf(path: readonly (string | number)[]): string {
  let pointer = "";
  for (const key of path) pointer += `/${typeof key === "number" ? key : escaped(key)}`;
  return pointer;
}

function escaped(name: string): string {
  return /[~/]/.test(name) ? name.replaceAll("~", "~0").replaceAll("/", "~1") : name;
}
