import type { ObjectSchema, Schema } from "./schema.js";

type Others = Pick<ObjectSchema, "patternProperties" | "additionalProperties">;

/** What an object schema says of a property that `properties` does not name; undefined where it says nothing. */
export function otherProperty(name: string, others: Others): Schema | undefined {
  const matching = others.patternProperties
    .filter(({ pattern }) => new RegExp(pattern, "u").test(name))
    .map(({ schema }) => schema);
  const [first, ...rest] = matching;
  if (!first) return others.additionalProperties;
  return rest.length === 0
    ? first
    : { kind: "intersection", members: matching, origin: first.origin, examples: [] };
}

/**
 * The text that names must start with to match a pattern which asks for nothing else (`^x-`, `^x-.*$`); undefined of any other.
 */
export function prefixOf(pattern: string): string | undefined {
  const matched = /^\^((?:[\w:;,@#%&~/ -]|\\[./$])+)(?:\.\*\$?)?$/.exec(pattern);
  return matched?.[1]?.replace(/\\(.)/g, "$1");
}
