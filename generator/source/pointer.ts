import { isArray, isObject, mapMembers, own, type JsonValue } from "./json.js";

/** A JSON Pointer (RFC 6901): `""` is the whole document, `/a~1b/0` the first item of its member `a/b`. */
export type JsonPointer = string;

/** `a/b~c` → `a~1b~0c` (RFC 6901, section 3). */
function escapeToken(token: string): string {
  return token.includes("~") || token.includes("/")
    ? token.replaceAll("~", "~0").replaceAll("/", "~1")
    : token;
}

/** The reference tokens of a pointer, unescaped (RFC 6901, section 4). */
export function tokensOf(pointer: JsonPointer): string[] {
  if (pointer === "") return [];
  const tokens = pointer.slice(1).split("/");
  return pointer.includes("~")
    ? tokens.map((token) => token.replaceAll("~1", "/").replaceAll("~0", "~"))
    : tokens;
}

/** The pointer of a member or an item below `pointer`. */
export function join(pointer: JsonPointer, ...tokens: readonly (string | number)[]): JsonPointer {
  let joined = pointer;
  for (const token of tokens) joined += `/${escapeToken(String(token))}`;
  return joined;
}

/** True for the pointer of a value, or of what is inside it. */
export function isWithin(pointer: JsonPointer, owner: JsonPointer): boolean {
  return pointer === owner || pointer.startsWith(`${owner}/`);
}

/** What `pointer` names inside `value`; undefined where it names nothing. */
export function valueAt(value: JsonValue, pointer: JsonPointer): JsonValue | undefined {
  let current: JsonValue | undefined = value;
  for (const token of tokensOf(pointer)) {
    if (isArray(current)) current = /^(0|[1-9]\d*)$/.test(token) ? current[Number(token)] : undefined;
    else if (isObject(current)) current = own(current, token);
    else return undefined;
  }
  return current;
}

/** A copy of `value` with what stands at `pointer` changed; the value itself where the pointer names nothing. */
export function changeAt(
  value: JsonValue,
  pointer: JsonPointer,
  change: (value: JsonValue) => JsonValue,
): JsonValue {
  const [token, ...rest] = tokensOf(pointer);
  if (token === undefined) return change(value);
  const below = join("", ...rest);
  if (isArray(value))
    return value.map((item, index) => (String(index) === token ? changeAt(item, below, change) : item));
  if (!isObject(value) || !Object.hasOwn(value, token)) return value;
  return mapMembers(value, (key, member) => (key === token ? changeAt(member, below, change) : member));
}

/** The pointer in a URI fragment, percent-decoded (RFC 6901, section 6); undefined where it is none. */
export function pointerOfFragment(fragment: string): JsonPointer | undefined {
  const decoded = percentDecode(fragment);
  return decoded === undefined || (decoded !== "" && !decoded.startsWith("/")) ? undefined : decoded;
}

/** The text behind percent-encoding; undefined where it is none. */
export function percentDecode(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}
