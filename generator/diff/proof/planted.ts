import {
  closedBy,
  narrowedMembers,
  type ArraySchema,
  type ObjectSchema,
  type Schema,
} from "../../model/schema.js";
import { isArray, isObject, type JsonValue } from "../../source/json.js";
import { join, tokensOf, type JsonPointer } from "../../source/pointer.js";
import type { SampleValues } from "./sample-values.js";
import type { Placed } from "./strain.js";

/** A value that holds the place that is looked for. */
export type Planted = Placed & {
  /** Where the schema of the place stands; of a member that no schema names, that of its object. */
  readonly schema: JsonPointer;
};

/** Through so many alternatives at most is a place looked for. */
const MAX_WAYS = 48;
/** So many values of the place itself are taken for each of them. */
const MAX_ENDS = 2;

/**
 * Values that hold a place, however far down it is: the fullest value of each schema on the way, with the next one in it. A fixture of the
 * whole ends long before where there are many choices, and takes one alternative of each. A member that no schema names is absent.
 *
 * @param path where the place stands, items and members of maps as `*`.
 */
export function planted(values: SampleValues, schema: Schema, path: JsonPointer): Planted[] {
  return ways(values, schema, tokensOf(path));
}

/** The schemas that speak of a place: one for each alternative that leads there. */
export function schemasAt(values: SampleValues, schema: Schema, path: JsonPointer): Schema[] {
  let found = [schema];
  for (const token of tokensOf(path))
    found = found
      .flatMap((owner) => inside(values, owner, token).map(({ schema: each }) => each))
      .slice(0, MAX_WAYS);
  return found.flatMap((each) => alternatives(values, each)).slice(0, MAX_WAYS);
}

function ways(values: SampleValues, schema: Schema, [token, ...rest]: readonly string[]): Planted[] {
  const owners = alternatives(values, schema).slice(0, MAX_WAYS);
  if (token === undefined) return owners.flatMap((owner) => ends(values, owner));
  return owners
    .flatMap((owner) => {
      const members = inside(values, owner, token);
      if (members.length === 0) return rest.length === 0 ? lacking(values, owner, token) : [];
      return members.flatMap((member) =>
        ways(values, member.schema, rest).map((inner) => ({
          ...inner,
          value: holding(values.of(owner), member, inner.value),
          pointer: join("", member.key) + inner.pointer,
        })),
      );
    })
    .slice(0, MAX_WAYS * MAX_ENDS);
}

function ends(values: SampleValues, schema: Schema): Planted[] {
  const samples = values.of(schema).slice(0, MAX_ENDS);
  return samples.map((value) => ({ value, pointer: "", schema: schema.origin.pointer }));
}

/** Objects that may have a member, and have not. */
function lacking(values: SampleValues, owner: Schema, name: string): Planted[] {
  const samples = [...values.of(owner).filter(isObject).slice(0, MAX_ENDS), {}];
  return samples.map((value) => ({ value, pointer: join("", name), schema: owner.origin.pointer }));
}

function target(values: SampleValues, schema: Schema): Schema {
  return schema.kind === "ref" ? (values.schemaOf(schema.target) ?? schema) : schema;
}

/** What a value may be meant to be: each alternative of a union, on every level of it. */
function alternatives(values: SampleValues, schema: Schema): Schema[] {
  const named = target(values, schema);
  return named.kind === "union"
    ? narrowedMembers(named).flatMap((member) => alternatives(values, member))
    : [named];
}

/** A schema that speaks of a member of an object, or of an item of a list. */
type Member = { readonly key: string; readonly schema: Schema; readonly isItem?: true };

function inside(values: SampleValues, schema: Schema, token: string): Member[] {
  switch (schema.kind) {
    case "ref":
      return inside(values, target(values, schema), token);
    case "object":
      return memberOf(schema, token);
    case "array":
      return itemOf(schema, token);
    case "union":
    case "intersection":
      return schema.members.flatMap((member) => inside(values, member, token));
    case "conditional":
      return [schema.then, schema.else].flatMap((each) => (each ? inside(values, each, token) : []));
    case "unevaluated":
      return inside(values, closedBy(schema), token);
    default:
      return [];
  }
}

function memberOf({ properties, additionalProperties }: ObjectSchema, token: string): Member[] {
  const property = properties.find(({ name }) => name === token);
  if (property) return [{ key: token, schema: property.schema }];
  return token === "*" && additionalProperties ? [{ key: "key", schema: additionalProperties }] : [];
}

function itemOf({ prefixItems, items }: ArraySchema, token: string): Member[] {
  const schema = token === "*" ? items : prefixItems[Number(token)];
  return schema ? [{ key: token === "*" ? String(prefixItems.length) : token, schema, isItem: true }] : [];
}

/** The fullest sample with a member, or its first items with one more. */
function holding(samples: readonly JsonValue[], { key, isItem }: Member, member: JsonValue): JsonValue {
  if (isItem) return [...(samples.find(isArray) ?? []).slice(0, Number(key)), member];
  return { ...samples.find(isObject), [key]: member };
}
