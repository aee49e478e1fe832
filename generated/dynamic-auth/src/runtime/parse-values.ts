import { typesOfMember, valueOf } from "./headers.js";
import { Misfit, onlyOne, readEach } from "./misfit.js";
import type { MemberTypes, ParameterRule, TextType, WireShape } from "./operation.js";

/** A name and a value, both percent-encoded. */
export type RawPair = readonly [name: string, value: string];

export function pairsOf(text: string, delimiter: string | RegExp): RawPair[] {
  return text
    .split(delimiter)
    .filter((pair) => pair !== "")
    .map(splitPair);
}

export function splitPair(text: string): RawPair {
  const at = text.indexOf("=");
  return at === -1 ? [text, ""] : [text.slice(0, at), text.slice(at + 1)];
}

export function alternating(items: readonly string[]): RawPair[] {
  return items.flatMap((name, index) => (index % 2 === 0 ? [[name, items[index + 1] ?? ""] as const] : []));
}

/**
 * What a query, a cookie or a form says of a parameter; nothing where it does not name it.
 *
 * @throws {Misfit} where it is there more than once, and is no list.
 */
export function pairValues(
  rule: ParameterRule,
  shapes: readonly WireShape[],
  { pairs, named }: { readonly pairs: readonly RawPair[]; readonly named: ReadonlySet<string> },
): unknown[] {
  const decode = decoderOf(rule);
  const own = pairs.filter(([name]) => decode(name) === rule.name).map(([, value]) => value);
  if (rule.style === "json") {
    const text = onlyOne(own);
    return text === undefined ? [] : [JSON.parse(decode(text))];
  }
  return readEach(shapes, (shape): unknown[] => {
    if (shape.as === "object") return objectValues(rule, shape, { pairs, named, own });
    if (shape.as === "array") {
      const items = itemsOf(rule, { pairs, own });
      return items ? [items.map((item) => coerced(decode(item), shape.types))] : [];
    }
    const text = onlyOne(own);
    if (text === undefined) return [];
    if (shape.as === "json") return [JSON.parse(decode(text))];
    return candidates(decode(text), shape.types);
  });
}

/** A plus sign is a space in a form, unless reserved characters stand for themselves there. */
function decoderOf(rule: ParameterRule): (text: string) => string {
  if (rule.in === "cookie" && rule.style === "cookie") return (text) => text;
  const isForm = rule.in !== "cookie" && !rule.allowReserved;
  return (text) => decodeURIComponent(isForm ? text.replaceAll("+", " ") : text);
}

const DELIMITERS: { readonly [style: string]: RegExp } = {
  spaceDelimited: /%20|\+/,
  pipeDelimited: /\||%7C/i,
};

function splitItems({ style }: ParameterRule, raw: string): string[] {
  return raw === "" ? [] : raw.split(DELIMITERS[style] ?? ",");
}

/** All pairs, and the values of those that have the very name. */
interface Named {
  readonly pairs: readonly RawPair[];
  readonly own: readonly string[];
}

/** The items of a list, still encoded; undefined where none is named. */
function itemsOf(rule: ParameterRule, { pairs, own }: Named): readonly string[] | undefined {
  if (rule.style === "deepObject") {
    const items = deepMembers(rule, pairs).filter(([key]) => /^\d*$/.test(key));
    return items.length === 0 ? undefined : items.map(([, item]) => item);
  }
  if (rule.explode) return own.length === 0 ? undefined : own;
  const text = onlyOne(own);
  return text === undefined ? undefined : splitItems(rule, text);
}

type ObjectShape = WireShape & { readonly as: "object" };

function objectValues(
  rule: ParameterRule,
  shape: ObjectShape,
  { pairs, named, own }: Named & { readonly named: ReadonlySet<string> },
): unknown[] {
  const decode = decoderOf(rule);
  const found =
    rule.style === "deepObject"
      ? deepMembers(rule, pairs)
      : rule.explode
        ? pairs.filter(([name]) => Object.hasOwn(shape.properties, decode(name)) || !named.has(decode(name)))
        : alternating(splitItems(rule, onlyOne(own) ?? ""));
  const isEmpty = rule.style !== "deepObject" && !rule.explode && own.length > 0;
  return found.length === 0 && !isEmpty
    ? []
    : [objectOf(found, shape, rule.style === "deepObject" ? decodeValue(decode) : decode)];
}

/** The pairs of a deepObject, by their keys. */
function deepMembers(rule: ParameterRule, pairs: readonly RawPair[]): RawPair[] {
  const decode = decoderOf(rule);
  return pairs.flatMap(([name, value]): RawPair[] => {
    const key = keyOf(decode(name), rule.name);
    return key === undefined ? [] : [[key, value]];
  });
}

/** The names of a deepObject are decoded already. */
function decodeValue(decode: (text: string) => string): (text: string, isName: boolean) => string {
  return (text, isName) => (isName ? text : decode(text));
}

/** `filter[plan]` → `plan` */
function keyOf(name: string, owner: string): string | undefined {
  return name.startsWith(`${owner}[`) && name.endsWith("]") ? name.slice(owner.length + 1, -1) : undefined;
}

/**
 * An object of the pairs of a request.
 *
 * @throws {Misfit} where a member is there twice.
 */
export function objectOf(
  pairs: readonly RawPair[],
  types: MemberTypes,
  decode: (text: string, isName: boolean) => string,
): object {
  const names = new Set<string>();
  for (const [rawName] of pairs) {
    const name = decode(rawName, true);
    if (names.has(name)) throw new Misfit("is there twice", [name]);
    names.add(name);
  }
  return members(pairs, types, decode);
}

/** An object of pairs, its members by their types. */
export function members(
  pairs: readonly RawPair[],
  types: MemberTypes,
  decode: (text: string, isName: boolean) => string,
): object {
  const entries = pairs.map(([rawName, value]) => {
    const name = decode(rawName, true);
    return [name, coerced(decode(value, false), typesOfMember(types, name))] as const;
  });
  return Object.fromEntries(entries);
}

/** The text as the first of the types that it can be; as it is, where it can be none. */
export function coerced(text: string, types: readonly TextType[]): unknown {
  const value = valueOf(types, text);
  return value === undefined ? text : value;
}

/** The text as its type, and as text where it may be one: a check says which is meant. */
export function candidates(text: string, types: readonly TextType[]): unknown[] {
  return [...new Set([coerced(text, types), ...(types.includes("string") ? [text] : [])])];
}
