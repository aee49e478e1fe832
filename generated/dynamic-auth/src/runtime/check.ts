import type { StandardIssue } from "./standard-schema.js";

/** What is wrong with a value: at which JSON Pointer (RFC 6901), by which keyword of JSON Schema. */
export interface Issue extends StandardIssue {
  readonly message: string;
  readonly keyword: string;
  readonly pointer: string;
  readonly path: readonly (string | number)[];
}

/** Where a value stands: the names that lead to it, the last first. */
export type Path = { readonly parent: Path; readonly key: string | number } | undefined;
/** The names of members and the indices of items that a check looked at (JSON Schema Core 2020-12, section 11). */
export type Seen = Set<string | number>;
/** Where issues are reported to; undefined where nobody asks for more than the verdict. */
export type Issues = Issue[] | undefined;
/**
 * Reports what is wrong with a value to `issues`, and what it looked at to `seen`, where someone asks. True where nothing is wrong.
 * Values are looked at for a verdict first, and for their issues only if they are invalid: so what is valid costs no memory.
 */
export type Check = (value: unknown, path: Path, issues: Issues, seen?: Seen) => boolean;

/** Reports the issues of a member or an item that is known to be invalid: only these need a place. */
export function explain(
  check: Check,
  value: unknown,
  parent: Path,
  key: string | number,
  issues: Issues,
): false {
  if (issues) check(value, { parent, key }, issues);
  return false;
}

/** The names that lead to a value, the first first. */
export function keysOf(path: Path): (string | number)[] {
  const keys: (string | number)[] = [];
  for (let step = path; step; step = step.parent) keys.unshift(step.key);
  return keys;
}

/** The JSON Pointer (RFC 6901) of names. */
export function pointerOf(keys: readonly (string | number)[]): string {
  return keys.map((key) => `/${String(key).replaceAll("~", "~0").replaceAll("/", "~1")}`).join("");
}

/** What a check holds against a value; empty where it holds. */
export function attempt(check: Check, value: unknown, path: Path): Issue[] {
  const issues: Issue[] = [];
  if (!check(value, undefined, undefined)) check(value, path, issues);
  return issues;
}

/** Reports an issue. */
export function fail(issues: Issues, at: Path, keyword: string, message: string): false {
  if (!issues) return false;
  const path = keysOf(at);
  issues.push({ message, keyword, pointer: pointerOf(path), path });
  return false;
}

export type JsonObject = { readonly [name: string]: unknown };

/** True for a JSON object: neither null nor a list. */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** A member that is undefined is not there, as in JSON. */
export function membersOf(value: JsonObject): [name: string, member: unknown][] {
  return Object.entries(value).filter(([, member]) => member !== undefined);
}

/** True where the member is there. */
export function has(value: JsonObject, name: string): boolean {
  return Object.hasOwn(value, name) && value[name] !== undefined;
}

/** Equality of JSON values (JSON Schema Core 2020-12, section 4.2.2). */
export function equals(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (Array.isArray(a) && Array.isArray(b)) {
    return a.length === b.length && a.every((item, index) => equals(item, b[index]));
  }
  if (!isObject(a) || !isObject(b)) return false;
  const members = membersOf(a);
  return (
    members.length === membersOf(b).length &&
    members.every(([key, member]) => Object.hasOwn(b, key) && equals(member, b[key]))
  );
}
