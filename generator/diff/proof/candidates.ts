import type { Schema } from "../../model/schema.js";
import { isObject, type JsonObject, type JsonValue } from "../../source/json.js";
import { join, tokensOf, valueAt, type JsonPointer } from "../../source/pointer.js";
import type { Change, Pair } from "../change.js";
import { keyIn, nameToken } from "../place.js";
import { ruleOf } from "../rules/rules.js";
import { patternOf } from "../sets/formats.js";
import { textsBeside } from "../sets/pattern-words.js";
import { exchanged, withoutEach } from "./fewer-members.js";
import { ownAlternative } from "./own-alternative.js";
import { planted, schemasAt } from "./planted.js";
import { lacking, patterned, replaced, SIMPLE, strained, type Placed } from "./strain.js";
import { allowedBy, otherOf } from "./sides.js";
import type { SampleValues } from "./sample-values.js";
import type { Subjects } from "./subjects.js";

/** What values are made of: a change, and the schemas that it is about. */
export type Material = Pick<Subjects, "values"> & {
  readonly change: Change;
  readonly schemas: Pair<Schema>;
  /** That the values are sent as their texts. */
  readonly isText?: boolean;
};

/** So many values of a schema are tried without what has changed: the fullest, and some that lack something else. */
const MAX_WHOLE = 8;

/** Values of the one side, and what the other side refuses for one reason each. */
export function* nearValues({ change, schemas, values }: Material): Generator<JsonValue> {
  const validIn = allowedBy(change);
  const other = otherOf(validIn);
  const { whole, holders } = ownValues({ change, schemas, values });
  for (const holder of holders) yield* lacking(holder);
  const [holder] = holders;
  if (holder) {
    yield* strained(holder, change);
    yield* patterned(holder, change, patternsAt(values[validIn], schemas[validIn], change));
    yield* calledOtherwise(holder, { change, schemas, values });
  }
  yield* whole;
  if (ruleOf(change.rule).isComposed) yield* composedValues({ change, schemas, values });
  // These are made last: it takes the longest.
  yield* values[other].refused(schemas[other]);
}

/** The values of a schema that may show a change, and some with its place in them: where there is a choice, of the alternative that changed. */
function ownValues({ change, schemas, values }: Material): {
  readonly whole: readonly JsonValue[];
  readonly holders: readonly Placed[];
} {
  const validIn = allowedBy(change);
  const isOwn = ownAlternative(change, { values: values[validIn], schema: schemas[validIn], validIn });
  const tokens = tokensOf(change.path);
  // Of a list or a map, another item than the first may be of that alternative.
  const first = tokens.indexOf("*");
  const sure = first === -1 ? tokens : tokens.slice(0, first);
  const all = values[validIn].of(schemas[validIn]);
  const whole = all.filter((value) => isOwn(value, placeIn(value, sure)));
  const placed = (all.length > 0 ? whole : [null]).map((value) => ({
    value,
    pointer: placeIn(value, tokens),
  }));
  const own = placed.filter(({ value, pointer }) => isOwn(value, pointer));
  return { whole, holders: (own.length > 0 ? own : placed).slice(0, MAX_WHOLE) };
}

/** So many values are taken of each schema inside another. */
const MAX_INSIDE = 12;

/** Values that schemas inside the one that changed take or refuse, and those with fewer members. */
function* composedValues({ change, schemas, values }: Material): Generator<JsonValue> {
  const validIn = allowedBy(change);
  const wholes = values[validIn].of(schemas[validIn]);
  const [whole = null] = wholes;
  const holder = { value: whole, pointer: placeIn(whole, tokensOf(change.path)) };
  const there = wholes.map((each) => valueAt(each, holder.pointer)).filter((each) => each !== undefined);
  const [current = null, ...others] = there;
  for (const value of fewerOf(current, others)) yield* replaced(holder, value);
  for (const side of [validIn, otherOf(validIn)]) {
    const inside = schemasAt(values[side], schemas[side], change.path).flatMap(schemasInside);
    const found = inside.flatMap((each) => [
      ...values[side].of(each).slice(0, MAX_INSIDE),
      ...values[side].refused(each).slice(0, MAX_INSIDE),
    ]);
    for (const value of [...found, ...SIMPLE])
      for (const way of waysOf(value, current)) yield* replaced(holder, way);
  }
}

/** The value with a member less; and the one of the others that has the fewest, with another member in the place of one. */
function fewerOf(value: JsonValue, others: readonly JsonValue[]): readonly JsonValue[] {
  if (!isObject(value)) return [];
  const least = others
    .filter(isObject)
    .reduce((few, each) => (countOf(each) < countOf(few) ? each : few), value);
  return [...withoutEach(value), ...exchanged(least, value)];
}

function countOf(object: JsonObject): number {
  return Object.keys(object).length;
}

/** A value as it is, as an item, as the name of a member that is like those that there are, and among those, with one of them less. */
function waysOf(value: JsonValue, current: JsonValue): JsonValue[] {
  const members = isObject(current) ? current : {};
  const like = Object.values(members)[0] ?? 1;
  return [
    value,
    [value],
    ...(typeof value === "string" ? [{ [value]: like }] : []),
    ...(isObject(value) ? [{ ...members, ...value }, ...withoutEach({ ...members, ...value }, value)] : []),
  ];
}

/** The schemas in `not`, `contains`, `propertyNames`, `if`, `then` and `else`. */
function schemasInside(schema: Schema): readonly Schema[] {
  switch (schema.kind) {
    case "intersection":
      return schema.members.flatMap(schemasInside);
    case "not":
      return [schema.schema];
    case "conditional":
      return [schema.else ?? [], schema.if, bothOf(schema, [schema.if, schema.then ?? []].flat())].flat();
    case "array":
      return schema.contains ? [schema.contains.schema] : [];
    case "object":
      return schema.propertyNames ? [schema.propertyNames] : [];
    default:
      return [];
  }
}

function bothOf({ origin }: Schema, members: readonly Schema[]): Schema {
  return { kind: "intersection", members, origin, examples: [] };
}

/** Where a path leads in a value: by the first of what each of its tokens means. */
function placeIn(value: JsonValue | undefined, [token, ...rest]: readonly string[]): JsonPointer {
  if (token === undefined) return "";
  const key = keyIn(value, token);
  return join("", key) + placeIn(value === undefined ? undefined : valueAt(value, join("", key)), rest);
}

/** What the first text at the place of a change must match, by its pattern and by its format. */
function patternsAt(values: SampleValues, schema: Schema, { path }: Change): readonly string[] {
  const text = schemasAt(values, schema, path).find(({ kind }) => kind === "string");
  if (text?.kind !== "string") return [];
  return [text.pattern, patternOf(text.format ?? "")].filter((each) => each !== undefined);
}

/** So many names are tried, and so many values of each. */
const MAX_NAMES = 2;

/** An object with a member, or with that alone, whose name matches the pattern of the one side, and none of the other. */
function* calledOtherwise(
  holder: Placed,
  { change, schemas, values }: Material,
): Generator<JsonValue, void, undefined> {
  const { rule, path, before, after } = change;
  if (!ruleOf(rule).keywords?.includes("patternProperties")) return;
  const validIn = allowedBy(change);
  const [allowing, refusing] = validIn === "base" ? [before, after] : [after, before];
  const owner = valueAt(holder.value, holder.pointer);
  for (const name of textsBeside({ patterns: [String(allowing)] }, String(refusing), MAX_NAMES)) {
    const members = schemasAt(values[validIn], schemas[validIn], path + join("", nameToken(name)));
    for (const member of members.flatMap((each) => values[validIn].of(each).slice(0, MAX_NAMES)))
      for (const value of [{ ...(isObject(owner) && owner), [name]: member }, { [name]: member }])
        yield* replaced(holder, value);
  }
}

/** So many ways to a place are looked at, and so many of them tried: where the first show nothing, the others hardly ever do. */
const MAX_WAYS = 24;
const MAX_HOLDERS = 6;
/** So many values that the other side refuses at the place are put into each. */
const MAX_REFUSED = 24;

/** Values that hold the place itself, with what only one of the documents may allow there: what takes longer. */
export function* plantedValues({ change, schemas, values }: Material): Generator<JsonValue> {
  const { path } = change;
  const validIn = allowedBy(change);
  const other = otherOf(validIn);
  const near = change[validIn]?.pointer ?? "";
  const found: Placed[] = [];
  let looked = 0;
  for (const holder of planted(values[validIn], schemas[validIn], { path, near })) {
    // Where the rest is refused, so is what is changed at the place.
    if (values[validIn].verdict(schemas[validIn], holder.value).kind === "valid") {
      yield* [holder.value, ...lacking(holder), ...strained(holder, change)];
      yield* patterned(holder, change, patternsAt(values[validIn], schemas[validIn], change));
      yield* calledOtherwise(holder, { change, schemas, values });
      found.push(holder);
    }
    if (++looked >= MAX_WAYS || found.length >= MAX_HOLDERS) break;
  }
  if (found.length === 0) return;
  const refused = schemasAt(values[other], schemas[other], path)
    .flatMap((each) => (values[other].ofOwner(each).length > 0 ? values[other].refused(each) : []))
    .slice(0, MAX_REFUSED);
  for (const holder of found) for (const value of refused) yield* replaced(holder, value);
}
