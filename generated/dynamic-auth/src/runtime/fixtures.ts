import { Donors, FILLINGS, isList, isPlain, itemPlace, memberPlace, TOP, type Place } from "./donors.js";
import { own, type JsonObject } from "./json.js";

/**
 * Values of one type by their names. A type of names and not of values: declarations stay short.
 */
export type Fixtures<Name extends string, T> = { readonly [Key in Name]: T };

/** A value that has properties which its type calls optional or nullable. */
export type Given<T, Key extends keyof T> = T & { readonly [Each in Key]-?: NonNullable<T[Each]> };

/**
 * Overrides of a fixture: every property of every object may be given, at any depth. `undefined` leaves an optional
 * property out. The items of a list are overrides too, filled up from the fixture's first item; or {@link Times} says how many there are.
 */
export type Overrides<T> = T extends Scalar
  ? T
  : T extends readonly (infer Item)[]
    ? readonly Overrides<Item>[] | Times<Item>
    : T extends object
      ? { readonly [Key in keyof T]?: Overrides<T[Key]> | UndefinedIfOptional<T, Key> }
      : T;

/** What has no properties to override. `string & {}`, the rest of an open enum, is an object to the compiler, too. */
type Scalar = string | number | boolean | null | undefined;

/** A list of so many items, each with the same overrides, or with those of its index: `{ times: 50, item: (index) => ({ id: index }) }`. */
export interface Times<Item> {
  readonly times: number;
  readonly item?: Overrides<Item> | ((index: number) => Overrides<Item>);
}

type UndefinedIfOptional<T, Key extends keyof T> =
  Record<never, never> extends Pick<T, Key> ? undefined : never;

/**
 * A fresh copy of a fixture with the overrides in it; it is never changed itself. What they ask for and the fixture has not, as an object that
 * is null there, is filled up from the spare one.
 */
export function build<T>(fixture: T, overrides: Overrides<T> | undefined, spare: T = fixture): T {
  return merge({ ...TOP, value: fixture, spare }, listed(overrides)) as T;
}

/** What a factory does beside. */
export interface BuildOptions {
  /** Any number: the same gives the same fixture in place of `full`, and others give others. */
  readonly seed?: number | undefined;
  /** Throws a `TypeError` where the overrides make a value that the schema does not allow. */
  readonly validate?: boolean | undefined;
}

/** What a factory makes values of. */
export interface Blueprint<T> {
  readonly name: string;
  readonly fixtures: { readonly full: T };
  readonly schema: {
    is(value: unknown): boolean;
    issues(value: unknown): readonly { readonly pointer: string; readonly message: string }[];
  };
}

/**
 * A fresh copy of one of the fixtures with the overrides in it: of all of them proved, so without overrides it is valid. Overrides that the
 * chosen one has no place for, or does not take, go into one that has their properties and takes them: that of the alternative which they
 * mean. Where none does, each object is filled up from that of all fixtures which is nearest to its overrides, or taken as it is given.
 */
export function make<T>(
  blueprint: Blueprint<T>,
  overrides: Overrides<T> | undefined,
  { seed, validate }: BuildOptions = {},
): T {
  const { name, schema } = blueprint;
  const built = filled(blueprint, listed(overrides), seed);
  const issues = validate ? schema.issues(built) : [];
  if (issues.length === 0) return built;
  const faults = issues.map(({ pointer, message }) => `${pointer || "it"} ${message}`);
  throw new TypeError(`no valid ${name}: ${faults.join("; ")}`);
}

function filled<T>({ fixtures, schema }: Blueprint<T>, overrides: unknown, seed: number | undefined): T {
  const all = Object.values<T>(fixtures);
  const oneOf = (list: readonly T[]) => list[seed === undefined ? 0 : scattered(seed) % list.length]!;
  const chosen = seed === undefined ? fixtures.full : oneOf(all);
  if (overrides === undefined) return copy(chosen) as T;
  const having = all.filter((fixture) => hasEach(overrides, fixture));
  // One that leaves out what is given is no other alternative: it is filled up from one that has it.
  const wholes = having.filter((fixture) => isPart(chosen, fixture));
  const [spare = fixtures.full] = wholes.includes(fixtures.full) ? [] : wholes;
  const withOverrides = (value: T, donors?: Donors) =>
    merge({ ...TOP, value, spare }, overrides, donors) as T;
  for (const meant of [wholes.length > 0 ? [chosen] : [], having]) {
    const valid = meant.map((each) => withOverrides(each)).filter((each) => schema.is(each));
    if (valid.length > 0) return oneOf(valid);
  }
  for (const filling of FILLINGS) {
    const nearest = withOverrides(chosen, new Donors(all, filling));
    if (schema.is(nearest)) return nearest;
  }
  return withOverrides(chosen);
}

/** The overrides with each list written out that has them by their index: they are asked for once, whatever is tried with them. */
function listed(overrides: unknown): unknown {
  if (isList(overrides)) return overrides.map(listed);
  if (!isPlain(overrides)) return overrides;
  const { times, item } = overrides;
  if (typeof times === "number" && typeof item === "function")
    return Array.from({ length: times }, (_, index) => listed(item(index)));
  return Object.fromEntries(Object.entries(overrides).map(([key, value]) => [key, listed(value)]));
}

/** True of a fixture that has each property which is given, at any depth. */
function hasEach(overrides: unknown, fixture: unknown): boolean {
  if (isList(overrides)) return isList(fixture) && overrides.every((each) => hasEach(each, fixture[0]));
  if (!isPlain(overrides)) return true;
  if (isList(fixture)) return hasEach(overrides["item"], fixture[0]);
  return (
    isPlain(fixture) &&
    Object.entries(overrides).every(([key, value]) => {
      const member = own(fixture, key);
      return value === undefined || (member !== undefined && hasEach(value, member));
    })
  );
}

/** True of an object that has no property which the other has not, at any depth. */
function isPart(part: unknown, whole: unknown): boolean {
  if (isList(part) && isList(whole)) return part.every((item, index) => isPart(item, whole[index]));
  if (!isPlain(part) || !isPlain(whole)) return true;
  return Object.entries(part).every(
    ([key, value]) => Object.hasOwn(whole, key) && isPart(value, own(whole, key)),
  );
}

/** Neighbouring seeds far apart: what is left of FNV-1a for one number. */
function scattered(seed: number): number {
  const mixed = Math.imul((seed | 0) ^ 0x811c9dc5, 0x01000193);
  return (mixed ^ (mixed >>> 15)) >>> 0;
}

/** What overrides go into: the value at a place of the fixture, and that of the spare one. */
interface Base extends Place {
  readonly value: unknown;
  readonly spare: unknown;
}

function merge(base: Base, override: unknown, donors?: Donors): unknown {
  const { value, spare } = base;
  if (override === undefined) return copy(value);
  const lists = [value, spare, ...(donors?.lists(base) ?? [])].filter(isList);
  // A list without items is no model of one.
  const items = lists.find(({ length }) => length > 0) ?? lists[0];
  const item = (index: number, of: unknown) => merge(itemBase(base, items, index), of, donors);
  if (isList(override)) return override.map((each, index) => item(index, each));
  if (!isPlain(override)) return override;
  const { times, item: each } = override;
  if (items && typeof times === "number")
    return Array.from({ length: times }, (_, index) => item(index, each));
  if (donors?.isUnknown(base, override))
    return merge({ ...base, value: undefined, spare: undefined }, override);
  const there = isPlain(value) ? value : isPlain(spare) ? spare : undefined;
  const object = donors?.nearest(base, override, there) ?? there ?? {};
  return mergeMembers({ ...base, value: object }, override, donors);
}

function itemBase(base: Base, items: readonly unknown[] = [], index: number): Base {
  return { ...itemPlace(base), value: items[index] ?? items[0], spare: items[0] };
}

function mergeMembers(base: Base, override: JsonObject, donors?: Donors): object {
  const object = base.value as JsonObject;
  const result = copy(object) as Record<string, unknown>;
  for (const [key, value] of Object.entries(override)) {
    const member = {
      ...memberPlace(base, key, object),
      value: own(object, key),
      spare: memberOf(base.spare, key),
    };
    if (value === undefined) delete result[key];
    else define(result, key, merge(member, value, donors));
  }
  return result;
}

function memberOf(value: unknown, key: string): unknown {
  return isPlain(value) ? own(value, key) : undefined;
}

function copy(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(copy);
  if (!isPlain(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, copy(member)]));
}

/** Assignment that takes `__proto__` for the name of a property. */
function define(target: Record<string, unknown>, key: string, value: unknown): void {
  Object.defineProperty(target, key, { value, writable: true, enumerable: true, configurable: true });
}

/** The object without one of its properties. */
export function omit<T extends object, Key extends keyof T>(object: T, key: Key): Omit<T, Key> {
  const { [key]: _left, ...rest } = object;
  return rest;
}
