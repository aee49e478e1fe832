import type { Fault } from "../../fixtures/prove.js";
import type { Schema } from "../../model/schema.js";
import { isArray, isObject, objectOf, type JsonObject, type JsonValue } from "../../source/json.js";
import { changeAt, join, valueAt, type JsonPointer } from "../../source/pointer.js";
import { ancestorsOf } from "../ancestors.js";
import type { Pair } from "../change.js";
import type { SampleValues } from "./sample-values.js";
import { lacking } from "./strain.js";

/** Values that one side refuses for several reasons, with those taken away that are no part of what they shall show. */

/** So many faults are mended one by one, each by what so many values of either side have at its place. */
const MAX_FAULTS = 8;
const MAX_SAMPLES = 6;

/** Who judges a value, and where values are taken from. */
type Sides = { readonly values: Pair<SampleValues>; readonly schemas: Pair<Schema> };

const SIDES = ["head", "base"] as const;

/** The value with what both sides allow at the places of faults, as far as anything is found there; without them all, where there are many. */
export function mended(value: JsonValue, faults: readonly Fault[], sides: Sides): JsonValue {
  const places = [...new Set(faults.map(({ pointer }) => pointer))];
  return places.length > MAX_FAULTS
    ? without(value, new Set(places))
    : places.reduce((found, pointer) => mendedAt(found, pointer, sides), value);
}

/** The value without its members and items at some places. */
function without(value: JsonValue, places: ReadonlySet<JsonPointer>, pointer = ""): JsonValue {
  const isLeft = (key: string | number) => !places.has(pointer + join("", key));
  const inner = (each: JsonValue, key: string | number) => without(each, places, pointer + join("", key));
  if (isArray(value)) return value.flatMap((item, index) => (isLeft(index) ? [inner(item, index)] : []));
  if (!isObject(value)) return value;
  return objectOf(
    Object.entries(value).flatMap(([name, member]) => (isLeft(name) ? [[name, inner(member, name)]] : [])),
  );
}

/** What stands around a place is tried after it: a list that must not have an item may be absent. */
function mendedAt(value: JsonValue, pointer: JsonPointer, sides: Sides): JsonValue {
  const before = countOf(value, sides);
  const ways = [pointer, ...ancestorsOf(pointer)].flatMap((each) => waysAt(value, each, sides));
  return ways.find((each) => countOf(each, sides) < before) ?? value;
}

/** How much either side finds wrong. */
function countOf(value: JsonValue, { values, schemas }: Sides): number {
  const counts = SIDES.map((side) => {
    const verdict = values[side].verdict(schemas[side], value);
    return verdict.kind === "invalid" ? verdict.faults.length : 0;
  });
  return counts.reduce((sum, count) => sum + count, 0);
}

/** The value with something else at a place, and last of all without it. */
function waysAt(value: JsonValue, pointer: JsonPointer, { values, schemas }: Sides): JsonValue[] {
  const samples = SIDES.flatMap((side) => values[side].of(schemas[side]).slice(0, MAX_SAMPLES));
  const parts = samples.flatMap((sample) => valueAt(sample, pointer) ?? []);
  const replaced = parts.flatMap((part) => changeAt(value, pointer, (current) => partFor(current, part)));
  return [...replaced, ...lacking({ value, pointer }).slice(0, 1)];
}

/** What takes the place of a part: for an object, its own members with those that it lacks. */
function partFor(current: JsonValue, part: JsonValue): JsonValue {
  return isObject(current) && isObject(part) ? completed(current, part) : part;
}

function completed(object: JsonObject, other: JsonObject): JsonObject {
  return objectOf([
    ...Object.entries(object),
    ...Object.entries(other).filter(([name]) => !Object.hasOwn(object, name)),
  ]);
}
