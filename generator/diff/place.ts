import { patternCandidates } from "../fixtures/pattern.js";
import { isObject, type JsonValue } from "../source/json.js";
import { tokensOf, type JsonPointer } from "../source/pointer.js";
import { matchesPattern } from "./matching.js";

/**
 * Where a change stands in a body is a JSON Pointer whose tokens may mean several members: `*` is each item, or each member that no
 * schema names, and `~` with a pattern each member that `patternProperties` speaks of by it. A name that could be read as one of them, or begins with
 * a backslash, has a backslash before it.
 */

/** What a member of a map is called, as in fixtures. */
const UNNAMED = "key";
/** Longer names are no evidence that anybody reads. */
const MAX_NAME = 64;

/** The token of a member that has a name. */
export function nameToken(name: string): string {
  return /^(?:[~\\]|\*$)/.test(name) ? `\\${name}` : name;
}

/** The token of the members whose names match a pattern. */
export function patternToken(pattern: string): string {
  return `~${pattern}`;
}

/** The name that a token means, or the pattern; neither of `*`. */
export function meaningOf(token: string): { readonly name?: string; readonly pattern?: string } {
  if (token === "*") return {};
  if (token.startsWith("~")) return { pattern: token.slice(1) };
  return { name: token.startsWith("\\") ? token.slice(1) : token };
}

/** True where a token other than `*` means a member of this name. */
export function isMeant(token: string, name: string): boolean {
  const meant = meaningOf(token);
  return meant.name === name || (meant.pattern !== undefined && matchesPattern(meant.pattern, name));
}

/** What a member that a token means may be called. */
export function nameFor(token: string): string {
  const { name, pattern } = meaningOf(token);
  if (pattern === undefined) return name ?? UNNAMED;
  const candidates = patternCandidates(pattern).filter(({ length }) => length <= MAX_NAME);
  return candidates.find((each) => matchesPattern(pattern, each)) ?? UNNAMED;
}

/** The key of the first thing that a token means in a value; where there is none, as it may be called. */
export function keyIn(value: JsonValue | undefined, token: string): string {
  if (!isObject(value)) return token === "*" ? "0" : token;
  const { pattern } = meaningOf(token);
  const found =
    pattern === undefined ? undefined : Object.keys(value).find((name) => matchesPattern(pattern, name));
  return found ?? nameFor(token);
}

/** A place as people read it, each item and each member that no schema names as in JSONPath (RFC 9535): `lines[*].labels[/^x-/]`. */
export function readablePlace(path: JsonPointer): string {
  return tokensOf(path)
    .map((token, index) => {
      const { name, pattern } = meaningOf(token);
      if (pattern !== undefined) return `[/${pattern}/]`;
      if (name === undefined) return "[*]";
      return `${index > 0 ? "." : ""}${name === "" ? '""' : name}`;
    })
    .join("");
}
