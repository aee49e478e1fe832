import { isArray, isObject, objectOf, own, type JsonValue } from "./json.js";
import { join, tokensOf, type JsonPointer } from "./pointer.js";
import type { Origin } from "./source.js";

/**
 * A value made from several documents, of which each part still knows where it was written. It is opened only as far as it was
 * changed: below that, its parts stand in its document as they stand in the value.
 */
export type Traced = {
  readonly value: JsonValue;
  readonly origin: Origin;
  /** What was put in the place of its members or items; undefined where they are as in its document. */
  readonly parts?: Parts;
  /** True where the parts have no place of their own, and stand where the whole does: a copy. */
  readonly isWhole?: true;
};

type Parts =
  { readonly kind: "members"; readonly of: Members } | { readonly kind: "items"; readonly of: Items };
type Members = ReadonlyMap<string, Traced>;
type Items = readonly Traced[];

/** An object made of the members, in the place of `whole`. */
export function ofMembers({ origin }: Traced, of: Members): Traced {
  const value = objectOf([...of].map(([key, member]) => [key, member.value] as const));
  return { value, origin, parts: { kind: "members", of } };
}

/** A list made of the items, in the place of `whole`. */
export function ofItems({ origin }: Traced, of: Items): Traced {
  return { value: of.map(({ value }) => value), origin, parts: { kind: "items", of } };
}

/** The members of an object; none of any other value. */
export function membersOf(whole: Traced): Members {
  if (whole.parts?.kind === "members") return whole.parts.of;
  if (!isObject(whole.value)) return new Map();
  return new Map(Object.entries(whole.value).map(([key, value]) => [key, partOf(whole, key, value)]));
}

/** The items of a list; none of any other value. */
export function itemsOf(whole: Traced): Items {
  if (whole.parts?.kind === "items") return whole.parts.of;
  return isArray(whole.value) ? whole.value.map((value, index) => partOf(whole, index, value)) : [];
}

function partOf({ origin, isWhole }: Traced, token: string | number, value: JsonValue): Traced {
  return isWhole
    ? { value, origin, isWhole }
    : { value, origin: { source: origin.source, pointer: join(origin.pointer, token) } };
}

/** The part that a pointer names; the nearest that holds it, where it names nothing. */
export function tracedAt(root: Traced, pointer: JsonPointer): Traced {
  let current = root;
  for (const token of tokensOf(pointer)) {
    const next = stepInto(current, token);
    if (next === undefined) return current;
    current = next;
  }
  return current;
}

function stepInto(whole: Traced, token: string): Traced | undefined {
  const { parts, value } = whole;
  if (parts?.kind === "members") return parts.of.get(token);
  if (parts?.kind === "items") return parts.of[Number(token)];
  const part = isObject(value) ? own(value, token) : isArray(value) ? value[Number(token)] : undefined;
  return part === undefined ? undefined : partOf(whole, token, part);
}
