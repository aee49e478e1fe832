import { sortedKeys } from "../../model/order.js";
import type { JsonValue } from "../../source/json.js";

/** Lists of values, which may be long: each value is looked up, not compared with every other. */
type Values = readonly JsonValue[];

const known = new WeakMap<Values, ReadonlySet<string>>();

/** Equal texts are equal values (JSON Schema Core 2020-12, section 4.2.2). */
function textOf(value: JsonValue): string {
  return JSON.stringify(sortedKeys(value));
}

function textsOf(values: Values): ReadonlySet<string> {
  const texts = known.get(values) ?? new Set(values.map(textOf));
  known.set(values, texts);
  return texts;
}

/** True where a value is one of the list. */
export function holds(values: Values, value: JsonValue): boolean {
  return textsOf(values).has(textOf(value));
}

/** The values that are none of the others. */
export function without(values: Values, others: Values): readonly JsonValue[] {
  return values.filter((value) => !holds(others, value));
}

/** True where no two of a list are equal. */
export function areUnique(values: Values): boolean {
  return textsOf(values).size === values.length;
}
