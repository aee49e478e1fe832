import type { Schema } from "../../model/schema.js";
import type { JsonValue } from "../../source/json.js";
import { join, tokensOf, valueAt, type JsonPointer } from "../../source/pointer.js";
import type { Change, Pair } from "../change.js";
import { keyIn } from "../place.js";
import { planted, schemasAt } from "./planted.js";
import { replaced, strained, type Placed } from "./strain.js";
import { allowedBy, otherOf, type Subjects } from "./subjects.js";

/** What values are made of: a change, and the schemas that it is about. */
export type Material = Pick<Subjects, "values"> & { readonly change: Change; readonly schemas: Pair<Schema> };

/** Values of the one side, and what the other side refuses for one reason each. */
export function* nearValues({ change, schemas, values }: Material): Generator<JsonValue> {
  const validIn = allowedBy(change);
  const other = otherOf(validIn);
  const whole = values[validIn].of(schemas[validIn]);
  const fullest = whole[0] ?? null;
  yield* strained({ value: fullest, pointer: placeIn(fullest, tokensOf(change.path)) }, change);
  yield* whole;
  // These are made last: it takes the longest.
  yield* values[other].refused(schemas[other]);
}

/** Where a path leads in a value: by the first of what each of its tokens means. */
function placeIn(value: JsonValue | undefined, [token, ...rest]: readonly string[]): JsonPointer {
  if (token === undefined) return "";
  const key = keyIn(value, token);
  return join("", key) + placeIn(value === undefined ? undefined : valueAt(value, join("", key)), rest);
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
      yield* [holder.value, ...strained(holder, change)];
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
