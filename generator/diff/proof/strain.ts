import { isArray, isObject, objectOf, own, type JsonObject, type JsonValue } from "../../source/json.js";
import { join, tokensOf, valueAt, type JsonPointer } from "../../source/pointer.js";
import type { Change } from "../change.js";
import { ruleOf } from "../rules/rules.js";
import { patternOf } from "../sets/formats.js";
import { textsBeside } from "../sets/pattern-words.js";
import { allowedBy } from "./sides.js";

/** A value, and a place in it. */
export type Placed = { readonly value: JsonValue; readonly pointer: JsonPointer };

/** The value with a place strained to what only one side of a change takes. */
export function strained({ value: whole, pointer }: Placed, { before, after, rule }: Change): JsonValue[] {
  const current = valueAt(whole, pointer);
  const edges = [before, after].filter((each) => typeof each === "number");
  const candidates: JsonValue[] = [
    ...[before, after].flatMap((each) => (each !== undefined && !isArray(each) ? [each] : [])),
    ...[before, after].flatMap((each) => (isArray(each) ? [...each] : [])),
    null,
    ...edges.flatMap((edge) => [edge, edge - 1, edge + 1, edge + 0.5]),
    ...edges
      .filter((edge) => edge >= 0 && edge < MAX_LENGTH)
      .flatMap((edge) => [edge - 1, edge, edge + 1].flatMap((length) => ofLength(current, length))),
    // Other characters in a text of a length that is allowed.
    ...(typeof current === "string" ? ["x", "X", "0", "-"].map((each) => each.repeat(current.length)) : []),
    ...SIMPLE,
    ...(OF_FRACTIONS.test(rule) && typeof current === "number" ? fractionsBeside(current) : []),
    ...(isArray(current) && current.length > 0 ? [[current[0]!, current[0]!]] : [[0, 0]]),
    ...[before, after].flatMap((each) =>
      objects(current, OF_NAMES.test(rule) && typeof each === "string" ? [each] : namesIn(each)),
    ),
    ...[before, after].flatMap((each) => lackingAll(current, choicesIn(each).flat())),
  ];
  return candidates
    .map((candidate) => replaceAt(whole, tokensOf(pointer), candidate))
    .filter((value) => value !== undefined);
}

/** Rules about whether a number may be a fraction. */
const OF_FRACTIONS = /-became-(?:integer|number)$/;

/** Fractions near a number, which bounds allow where they allow it: on either side, and nearer and nearer. */
function fractionsBeside(number: number): number[] {
  return [0.5, 0.25, 0.1, 0.01].flatMap((step) => [number + step, number - step]);
}

/** Rules about one name that the members of an object may have. */
export const OF_NAMES = /-property-name-(?:added|removed)$/;

/** The value without what stands at the place, the plainest thing to see; and with another member instead, for objects that must have one. */
export function lacking({ value, pointer }: Placed): JsonValue[] {
  const tokens = tokensOf(pointer);
  const without = replaceAt(value, tokens, undefined);
  if (without === undefined) return [];
  const owner = tokens.slice(0, -1);
  const others = valueAt(without, join("", ...owner));
  const instead = isObject(others) ? replaceAt(without, owner, { ...others, ...UNEXPECTED }) : undefined;
  return instead === undefined ? [without] : [without, instead];
}

/** A member that nobody describes. */
const UNEXPECTED = { unexpectedProperty: "unexpected" };

/** The value with another one at the place. */
export function replaced({ value, pointer }: Placed, next: JsonValue): JsonValue[] {
  const changed = replaceAt(value, tokensOf(pointer), next);
  return changed === undefined ? [] : [changed];
}

/** So many texts of a pattern are tried, and so many of the length that is allowed. */
const MAX_TEXTS = 2;

/**
 * The value with texts at a place that match what the one side asks, and not the pattern of the other, or that of its format: that takes a walk
 * through both.
 *
 * @param beside the patterns that the one side asks for there.
 */
export function* patterned(
  { value, pointer }: Placed,
  change: Change,
  beside: readonly string[],
): Generator<JsonValue> {
  const [before, after] = [change.before, change.after].map((each) => spelled(change.rule, each));
  const [allowing, refusing] = allowedBy(change) === "base" ? [before, after] : [after, before];
  if (refusing === undefined) return;
  const patterns = [...new Set([...(allowing === undefined ? [] : [allowing]), ...beside])];
  const current = valueAt(value, pointer);
  const length = typeof current === "string" ? [...current].length : 0;
  for (const lengths of [{}, { minLength: length, maxLength: length }])
    for (const text of textsBeside({ patterns, ...lengths }, refusing, MAX_TEXTS))
      yield* replaced({ value, pointer }, text);
}

/** The pattern that one side of a change of `pattern` or `format` asks for. */
function spelled(rule: string, text: JsonValue | undefined): string | undefined {
  const { keywords = [] } = ruleOf(rule);
  if (typeof text !== "string") return undefined;
  if (keywords.includes("pattern")) return text;
  return keywords.includes("format") ? patternOf(text) : undefined;
}

/** A value of each kind, and numbers that do not fit 32 bits. */
export const SIMPLE: readonly JsonValue[] = ["text", "", 1.5, 0, -1, 2 ** 31, true, [], {}];

/** Objects with a member more, or with those that a constraint names. */
function objects(current: JsonValue | undefined, names: readonly string[]): JsonObject[] {
  const owner = isObject(current) ? current : {};
  const like = Object.values(owner)[0] ?? 1;
  const named = names.map((name) => [name, own(owner, name) ?? like] as const);
  const one = named.map((member) => objectOf([...Object.entries(owner), member]));
  const alone = named.map((member) => objectOf([member]));
  return [{ ...owner, ...UNEXPECTED }, ...one, ...alone, objectOf(named)];
}

/** The object without some of its members. */
function lackingAll(current: JsonValue | undefined, names: readonly string[]): JsonObject[] {
  const entries = isObject(current) ? Object.entries(current) : [];
  const left = entries.filter(([name]) => !names.includes(name));
  return left.length < entries.length ? [objectOf(left)] : [];
}

/** The properties of which one must be there, or several together: `a`, `b + c`. */
export function choicesIn(choices: JsonValue | undefined): readonly (readonly string[])[] {
  return isArray(choices)
    ? choices.flatMap((each) => (typeof each === "string" ? [each.split(" + ")] : []))
    : [];
}

/** The properties that the text of a constraint names: `a: b`, `"name":"a"`. */
export function namesIn(text: JsonValue | undefined): string[] {
  if (typeof text !== "string") return [];
  const pair = /^([^:{}"]+): ([^:{}"]+)$/.exec(text);
  if (pair) return [pair[1]!, pair[2]!];
  return [...text.matchAll(/"name":"([^"\\]+)"/g)].map(([, name]) => name!).slice(0, MAX_NAMES);
}

const MAX_NAMES = 8;

/** Longer lists and texts are no evidence that anybody reads. */
const MAX_ITEMS = 5_000;
const MAX_LENGTH = 50_000;

function ofLength(value: JsonValue | undefined, length: number): JsonValue[] {
  if (length < 0) return [];
  if (isArray(value))
    return value.length === 0 || length > MAX_ITEMS
      ? []
      : [Array.from({ length }, (_, index) => value[index % value.length]!)];
  if (isObject(value) && length <= MAX_MEMBERS) return [withMembers(value, length)];
  return typeof value === "string" || value === undefined ? ["x".repeat(length)] : [];
}

const MAX_MEMBERS = 100;

/** The object with so many members: those of a map are like each other. */
function withMembers(object: JsonObject, count: number): JsonObject {
  const first = Object.entries(object).slice(0, count);
  const like = first.at(-1)?.[1] ?? 1;
  const more = Array.from(
    { length: count - first.length },
    (_, index) => [`member${index + 1}`, like] as const,
  );
  return objectOf([...first, ...more]);
}

/** The value with something else at a place, or (for `undefined`) without the member there; undefined where there is no such place. */
function replaceAt(
  value: JsonValue,
  [token, ...rest]: readonly string[],
  next: JsonValue | undefined,
): JsonValue | undefined {
  if (token === undefined) return next;
  if (isArray(value)) {
    const item = value[Number(token)];
    const changed = item === undefined ? undefined : replaceAt(item, rest, next);
    return changed === undefined
      ? undefined
      : value.map((each, index) => (String(index) === token ? changed : each));
  }
  if (!isObject(value)) return undefined;
  const others = Object.entries(value).filter(([key]) => key !== token);
  const member = own(value, token);
  if (rest.length === 0)
    return next === undefined ? objectOf(others) : objectOf([...others, [token, next] as const]);
  const changed = member === undefined ? undefined : replaceAt(member, rest, next);
  return changed === undefined ? undefined : objectOf([...others, [token, changed] as const]);
}
