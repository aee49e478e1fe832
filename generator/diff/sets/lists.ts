import { below } from "../../model/reader.js";
import type { ArraySchema, Schema } from "../../model/schema.js";
import type { Bound, BoundKeyword } from "./alternative.js";

/** Anything is what every item is: then `contains` says how many there are. */
export function withoutAnything(schema: Schema & ArraySchema): Schema & ArraySchema {
  const { contains, minItems = 0, maxItems = Infinity, ...rest } = schema;
  if (contains?.schema.kind !== "any") return schema;
  const most = Math.min(maxItems, contains.maximum ?? Infinity);
  return {
    ...rest,
    minItems: Math.max(minItems, contains.minimum),
    ...(most < Infinity && { maxItems: most }),
  };
}

/** Where nothing may follow `prefixItems`, there are no more items than those; and where there are no more, nothing follows them. */
export function counted(schema: Schema & ArraySchema): Schema & ArraySchema {
  const { prefixItems, items, maxItems = Infinity, origin } = schema;
  if (prefixItems.length === 0) return schema;
  if (items?.kind === "never") return { ...schema, maxItems: Math.min(maxItems, prefixItems.length) };
  return maxItems > prefixItems.length
    ? schema
    : { ...schema, items: { kind: "never", origin, examples: [] } };
}

/** With `minContains: 0` and no greatest number, `contains` asserts nothing (Core 2020-12, section 10.3.1.3). */
export function asserts(contains: ArraySchema["contains"]): contains is NonNullable<ArraySchema["contains"]> {
  return contains !== undefined && (contains.minimum > 0 || contains.maximum !== undefined);
}

/** `minContains` and `maxContains` (Validation 2020-12, sections 6.4.5 and 6.4.4). */
export function containsBounds({ contains, origin }: Schema & ArraySchema): [BoundKeyword, Bound][] {
  if (!contains || !asserts(contains)) return [];
  const { minimum, maximum } = contains;
  return [
    ["minContains", { value: minimum, origin: below(origin, "minContains") }],
    ...(maximum === undefined
      ? []
      : [["maxContains", { value: maximum, origin: below(origin, "maxContains") }] as [BoundKeyword, Bound]]),
  ];
}
