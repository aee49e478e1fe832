import type { ObjectSchema, Schema } from "../../model/schema.js";
import type { Origin } from "../../source/source.js";
import { matchesPattern } from "../matching.js";
import type { Alternative, Conjunction, Opaque } from "./alternative.js";
import { MATCHES_ALL } from "./scalars.js";

/** What a pattern that every name has says, it says of all members: no other is left. */
export function spread(
  schema: Schema & ObjectSchema,
): Schema & ObjectSchema & { readonly ofAll: readonly Schema[] } {
  const [every, some] = [true, false].map((wanted) =>
    schema.patternProperties.filter(({ pattern }) => MATCHES_ALL.test(pattern) === wanted),
  );
  return { ...schema, patternProperties: some!, ofAll: every!.map((each) => each.schema) };
}

/** The names that an object must have, where nothing else is said of it. */
export function onlyNames(schema: Schema): readonly string[] {
  if (schema.kind !== "object") return [];
  const { properties, patternProperties, additionalProperties, propertyNames, dependentRequired } = schema;
  const isMore =
    patternProperties.length + dependentRequired.length > 0 ||
    Boolean(additionalProperties ?? propertyNames) ||
    [schema.minProperties, schema.maxProperties].some((bound) => bound !== undefined);
  const isBare = properties.every((each) => each.required && each.schema.kind === "any");
  return isMore || !isBare ? [] : properties.map(({ name }) => name);
}

/** `dependentRequired` (Validation 2020-12, section 6.5.4), name by name. */
export function dependencies(
  dependentRequired: ObjectSchema["dependentRequired"],
  origin: Origin,
): ReadonlyMap<string, Opaque> {
  const pairs = dependentRequired.flatMap(({ property, required }) =>
    required.map((name) => ({ property, name })),
  );
  return new Map(
    pairs.map(({ property, name }) => {
      const text = `${property}: ${name}`;
      return [`dependentRequired ${text}`, { keyword: "dependentRequired", text, origin, needs: name }];
    }),
  );
}

export function leftOutOf({ leftOut }: Schema & ObjectSchema): Pick<Alternative, "leftOut"> {
  return leftOut ? { leftOut: new Map(leftOut.map((each) => [each.name, each])) } : {};
}

const NEVER: Schema = { kind: "never", origin: { source: "", pointer: "" }, examples: [] };

/** The names that an object's members may have, where `propertyNames` lists them, and where it does. */
export function listOfNames({ opaque }: Alternative): ListOfNames | undefined {
  for (const [key, { keyword, schema, origin }] of opaque)
    if (keyword === "propertyNames" && schema?.kind === "literals")
      return { key, names: schema.values.filter((name) => typeof name === "string"), origin };
  return undefined;
}

type ListOfNames = { readonly key: string; readonly names: readonly string[]; readonly origin: Origin };

/** An object whose names are listed has these members and no others. */
export function withListedNames(object: Alternative): Alternative {
  const { properties, opaque, origin } = object;
  const listed = listOfNames(object);
  if (!listed) return object;
  const member = (name: string, schemas: Conjunction) => {
    const { required = false } = properties.get(name) ?? {};
    return [name, { required, schemas, origin }] as const;
  };
  return {
    ...object,
    properties: new Map([
      ...[...properties.keys()].map((name) => member(name, [NEVER])),
      ...listed.names.map((name) => member(name, memberSchemas(object, name).flat())),
    ]),
    patternProperties: new Map(),
    additional: [NEVER],
    opaque: new Map([...opaque].filter(([key]) => key !== listed.key)),
  };
}

/** What an alternative says of a member: its property, the patterns that its name matches, or `additionalProperties`. */
export function memberSchemas(set: Alternative, name: string): Conjunction[] {
  const own = set.properties.get(name);
  const patterns = [...set.patternProperties]
    .filter(([pattern]) => matchesPattern(pattern, name))
    .map(([, schemas]) => schemas);
  return own ? [own.schemas, ...patterns] : patterns.length > 0 ? patterns : [set.additional];
}
