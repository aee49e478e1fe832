import { patternCandidates } from "../fixtures/pattern.js";
import { isObject, type JsonValue } from "../source/json.js";
import { tokensOf, type JsonPointer } from "../source/pointer.js";

/**
 * Where a change stands in a body is a JSON Pointer whose tokens may mean several members: `*` is each item, or each member that no
 * schema names, and `~` with a pattern each member that `patternProperties` speaks of by it.
 */

/** What a member of a map is called, as in fixtures. */
const UNNAMED = "key";

/** The token of the members whose names match a pattern. */
export function patternToken(pattern: string): string {
  return `~${pattern}`;
}

/** The pattern of such a token; undefined of any other. */
function patternOf(token: string): string | undefined {
  return token.startsWith("~") ? token.slice(1) : undefined;
}

/** True where a token other than `*` means a member of this name. */
export function isMeant(token: string, name: string): boolean {
  const pattern = patternOf(token);
  return token === name || (pattern !== undefined && new RegExp(pattern, "u").test(name));
}

/** What a member that a token means may be called. */
export function nameFor(token: string): string {
  if (token === "*") return UNNAMED;
  const pattern = patternOf(token);
  const names = pattern === undefined ? [] : patternCandidates(pattern);
  return names.find((name) => isMeant(token, name)) ?? token;
}

/** The key of the first thing that a token means in a value; where there is none, as it may be called. */
export function keyIn(value: JsonValue | undefined, token: string): string {
  if (!isObject(value)) return token === "*" ? "0" : token;
  if (Object.hasOwn(value, token)) return token;
  return Object.keys(value).find((name) => isMeant(token, name)) ?? nameFor(token);
}

/** A place as people read it: `lines[].labels[/^x-/]`. */
export function readablePlace(path: JsonPointer): string {
  return tokensOf(path)
    .map((token, index) => {
      const pattern = patternOf(token);
      if (pattern !== undefined) return `[/${pattern}/]`;
      if (index === 0) return token;
      return token === "*" ? "[]" : `.${token}`;
    })
    .join("");
}
