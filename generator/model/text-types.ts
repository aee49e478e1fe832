import type { ObjectSchema, Schema } from "./schema.js";

/** The types that a text can have, in the order in which they are tried; `nested` is a list or an object, as JSON. */
export const TEXT_TYPES = ["null", "boolean", "number", "nested", "string"] as const;
export type TextType = (typeof TEXT_TYPES)[number];

type Types = readonly TextType[];

/** The types of an object's members, by the keyword that speaks of them (JSON Schema Core 2020-12, section 10.3.2); of any other: text. */
export type MemberTypes = {
  readonly properties: readonly (readonly [name: string, types: Types])[];
  readonly patternProperties: readonly (readonly [pattern: string, types: Types])[];
  readonly additionalProperties?: Types;
};

/** Those of a schema. Where all that no property names is text, nothing is said of it. */
export function memberTypes(schema: ObjectSchema, typesOf: (member: Schema) => Types): MemberTypes {
  const properties = schema.properties.map((each) => [each.name, typesOf(each.schema)] as const);
  const patterns = schema.patternProperties.map((each) => [each.pattern, typesOf(each.schema)] as const);
  const others = schema.additionalProperties && typesOf(schema.additionalProperties);
  const isText = [...patterns.map(([, types]) => types), others ?? []].every((types) =>
    types.every((type) => type === "string"),
  );
  if (isText) return { properties, patternProperties: [] };
  return { properties, patternProperties: patterns, ...(others && { additionalProperties: others }) };
}

/** The schemas of an object's members. */
export function membersOf({ properties, patternProperties, additionalProperties }: ObjectSchema): Schema[] {
  const named = [...properties, ...patternProperties].map(({ schema }) => schema);
  return additionalProperties ? [...named, additionalProperties] : named;
}

/** Those of several objects that stand side by side. */
export function joinMembers(objects: readonly MemberTypes[]): MemberTypes {
  const others = objects.find(({ additionalProperties }) => additionalProperties);
  return {
    properties: objects.flatMap(({ properties }) => properties),
    patternProperties: objects.flatMap(({ patternProperties }) => patternProperties),
    ...(others?.additionalProperties && { additionalProperties: others.additionalProperties }),
  };
}
