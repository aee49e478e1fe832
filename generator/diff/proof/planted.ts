import { closedBy, type ArraySchema, type ObjectSchema, type Schema } from "../../model/schema.js";
import { isArray, isObject, type JsonValue } from "../../source/json.js";
import { join, tokensOf, type JsonPointer } from "../../source/pointer.js";
import { meaningOf, nameFor, nameToken } from "../place.js";
import { matchesPattern } from "../matching.js";
import type { SampleValues } from "./sample-values.js";
import type { Placed } from "./strain.js";

/** So many alternatives of a union are looked through. */
const MAX_ALTERNATIVES = 48;
/** No values are made for a place that is further down than this. */
const MAX_DEPTH = 500;
/** So many values of the place itself are taken for each way to it. */
const MAX_ENDS = 2;

/**
 * Values that hold a place, however far down it is: the fullest value of each schema on the way, with the next one in it. A fixture of the
 * whole ends long before where there are many choices, and takes one alternative of each. Last come objects that may have the member, and have not.
 *
 * @param path where the place stands, as changes have it.
 * @param near where the schema stands that is meant: what it is a part of comes first.
 */
export function planted(
  values: SampleValues,
  schema: Schema,
  { path, near }: { readonly path: JsonPointer; readonly near: JsonPointer },
): Iterable<Placed> {
  const tokens = tokensOf(path);
  return tokens.length > MAX_DEPTH ? [] : ways({ values, near }, schema, tokens);
}

/**
 * The schemas that speak of a place: one for each alternative that leads there.
 *
 * @param near where one of them stands that must be among them, where there are many.
 */
export function schemasAt(
  values: SampleValues,
  schema: Schema,
  path: JsonPointer,
  near?: JsonPointer,
): readonly Schema[] {
  return foremost(
    choicesAt(values, schema, path, near).flatMap((each) => values.alternativesOf(each)),
    { values, near },
  );
}

/** The same before choices are taken. */
export function choicesAt(
  values: SampleValues,
  schema: Schema,
  path: JsonPointer,
  near?: JsonPointer,
): readonly Schema[] {
  let found: readonly Schema[] = [schema];
  for (const token of tokensOf(path)) {
    const members = found.flatMap((owner) => inside(values, owner, token).map((member) => member.schema));
    found = foremost(members, { values, near });
  }
  return found;
}

/** True where a member or an item at a place is named, and none of those that `*` stands for. */
export function isNamedAt(values: SampleValues, schema: Schema, path: JsonPointer, key: string): boolean {
  return schemasAt(values, schema, path).some((owner) => inside(values, owner, nameToken(key)).length > 0);
}

/** True where a discriminator says which alternative of a `oneOf` a value at a place of a body is meant to be. */
export function isDiscriminatedAt(values: SampleValues, schema: Schema, place: JsonPointer): boolean {
  let found = [schema];
  for (const token of tokensOf(place))
    found = found
      .flatMap((owner) => [nameToken(token), "*"].flatMap((each) => inside(values, owner, each)))
      .map((member) => member.schema)
      .slice(0, MAX_ALTERNATIVES);
  return found
    .map((each) => values.target(each))
    .some((each) => each.kind === "union" && each.keyword === "oneOf" && each.discriminator !== undefined);
}

type Search = { readonly values: SampleValues; readonly near: JsonPointer | undefined };

function* ways(
  search: Search,
  schema: Schema,
  [token, ...rest]: readonly string[],
): Generator<Placed, void, undefined> {
  const { values } = search;
  const owners = alternatives(search, schema);
  if (token === undefined) {
    for (const owner of owners) yield* endsOf(values, owner);
    return;
  }
  for (const owner of owners)
    for (const member of inside(values, owner, token))
      for (const { value, pointer } of ways(search, member.schema, rest))
        yield {
          value: holding(values.ofOwner(owner), member, value),
          pointer: join("", member.key) + pointer,
        };
  if (rest.length > 0) return;
  for (const owner of owners)
    if (inside(values, owner, token).length === 0) yield* lacking(values, owner, token);
}

function alternatives(search: Search, schema: Schema): readonly Schema[] {
  return foremost(search.values.alternativesOf(schema), search);
}

/** As many as are looked through; those of which the schema that is meant is a part come first. */
function foremost(all: readonly Schema[], { values, near }: Search): readonly Schema[] {
  if (near === undefined) return all.slice(0, MAX_ALTERNATIVES);
  const isOwn = (each: Schema) => isAround(values.target(each), near);
  const [own, others] = [true, false].map((wanted) => all.filter((each) => isOwn(each) === wanted));
  return [...own!, ...others!].slice(0, MAX_ALTERNATIVES);
}

/** True of a schema that what stands at `near` is a part of. */
export function isAround({ origin }: Schema, near: JsonPointer): boolean {
  return origin.pointer !== "" && `${near}/`.startsWith(`${origin.pointer}/`);
}

function endsOf(values: SampleValues, schema: Schema): Placed[] {
  const samples = values.ofOwner(schema).slice(0, MAX_ENDS);
  return samples.map((value) => ({ value, pointer: "" }));
}

/** Objects that may have a member, and have not. */
function lacking(values: SampleValues, owner: Schema, token: string): Placed[] {
  const samples = [...values.ofOwner(owner).filter(isObject).slice(0, MAX_ENDS), {}];
  return samples.map((value) => ({ value, pointer: join("", nameFor(token)) }));
}

/** A schema that speaks of a member of an object, or of an item of a list. */
type Member = { readonly key: string; readonly schema: Schema; readonly isItem?: true };

function inside(values: SampleValues, schema: Schema, token: string): Member[] {
  switch (schema.kind) {
    case "ref":
      return inside(values, values.target(schema), token);
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

function memberOf(owner: ObjectSchema, token: string): Member[] {
  const { properties, patternProperties, additionalProperties } = owner;
  const meant = meaningOf(token);
  const property = properties.find(({ name }) => name === meant.name);
  if (property) return [{ key: property.name, schema: property.schema }];
  const key = nameFor(token);
  const isUnnamed = token === "*";
  const own = patternProperties.filter(({ pattern }) => !isUnnamed && matchesPattern(pattern, key));
  // A name that only the other document has is none of the others here.
  const others = meant.name === undefined && additionalProperties ? [additionalProperties] : [];
  const schemas = own.length > 0 ? own.map(({ schema }) => schema) : others;
  return schemas.map((schema) => ({ key, schema }));
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
