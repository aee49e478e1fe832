import { equals, isObject, own } from "./json.js";

/** Two choices at once: everything else is as in `full`. */
export interface Pair<Name extends string, T> {
  /** `planEnterprise + topupNull` */
  readonly name: string;
  readonly choices: readonly [Name, Name];
  readonly value: T;
}

/** Which of the fixtures take part, if not all; and which two the schema does not allow together. */
export interface PairRules<Name extends string> {
  readonly of?: readonly Name[];
  readonly without?: readonly (readonly [Name, Name])[];
}

/** A value for every two choices that change different places of `full`. They share their parts: change none of them. */
export function pairsOf<Name extends string, T>(
  fixtures: { readonly [Key in Name]: T } & { readonly full: T },
  { of, without = [] }: PairRules<Name> = {},
): Pair<Name, T>[] {
  const { full } = fixtures;
  const names =
    of ?? (Object.keys(fixtures) as Name[]).filter((name) => name !== "full" && name !== "minimal");
  const choices = names.filter((name) => !equals(fixtures[name], full));
  const refused = new Set(without.map((both) => both.join(" + ")));
  return choices.flatMap((first, index) =>
    choices.slice(index + 1).flatMap((second): Pair<Name, T>[] => {
      const name = `${first} + ${second}`;
      const value = refused.has(name) ? COLLISION : merged(full, fixtures[first], fixtures[second]);
      return value === COLLISION ? [] : [{ name, choices: [first, second], value: value as T }];
    }),
  );
}

const COLLISION = Symbol("both change it");

/** What both change of `full`; what is undefined is absent. */
function merged(full: unknown, first: unknown, second: unknown): unknown {
  if (equals(full, first)) return second;
  if (equals(full, second)) return first;
  if (Array.isArray(full) && Array.isArray(first) && Array.isArray(second)) {
    if (first.length !== full.length || second.length !== full.length) return COLLISION;
    const items = full.map((item: unknown, index) => merged(item, first[index], second[index]));
    return items.includes(COLLISION) ? COLLISION : items;
  }
  if (!isObject(full) || !isObject(first) || !isObject(second)) return COLLISION;
  const names = new Set([full, first, second].flatMap((each) => Object.keys(each)));
  const members = [...names].map((name) => {
    const [part, one, other] = [full, first, second].map((each) => own(each, name));
    return [name, merged(part, one, other)] as const;
  });
  if (members.some(([, member]) => member === COLLISION)) return COLLISION;
  return Object.fromEntries(members.filter(([, member]) => member !== undefined));
}
