import type { Header, MediaType, NamedSchema } from "./model.js";
import type { Schema, SchemaId } from "./schema.js";
import { memberTypes, membersOf, TEXT_TYPES, type MemberTypes, type TextType } from "./text-types.js";

/** How the text of a header becomes a value: the style `simple` knows no nesting. */
export type HeaderShape =
  | { readonly as: "json" }
  | { readonly as: "value" | "array"; readonly types: readonly TextType[] }
  | ({ readonly as: "object"; readonly explode: boolean } & MemberTypes);

/** The headers of the parts of a multipart body. */
export function partHeaders({ encoding, prefixEncoding, itemEncoding }: MediaType): Header[] {
  return [...encoding, ...prefixEncoding, ...(itemEncoding ? [itemEncoding] : [])].flatMap(
    ({ headers }) => headers,
  );
}

type Schemas = ReadonlyMap<SchemaId, NamedSchema>;

/** The shape of a header; undefined where its schema has none that `simple` can carry. */
export function headerShape({ schema, serialization }: Header, schemas: Schemas): HeaderShape | undefined {
  if (serialization.kind === "content")
    return serialization.isJson ? { as: "json" } : { as: "value", types: ["string"] };
  const resolved = resolve(schema, schemas);
  if (resolved.kind === "array") {
    const parts = [...resolved.prefixItems, ...(resolved.items ? [resolved.items] : [])];
    const types = textTypes(parts, schemas);
    return types && { as: "array", types: types.length > 0 ? types : ["string"] };
  }
  if (resolved.kind === "object") {
    if (!textTypes(membersOf(resolved), schemas)) return undefined;
    const members = memberTypes(resolved, (member) => textTypes([member], schemas)!);
    return { as: "object", explode: serialization.explode, ...members };
  }
  const types = textTypes([resolved], schemas);
  return types && { as: "value", types };
}

function resolve(schema: Schema, schemas: Schemas): Schema {
  return schema.kind === "ref" ? resolve(schemas.get(schema.target)!.schema, schemas) : schema;
}

/** The types that any of the schemas allows; undefined where one allows lists or objects. */
function textTypes(parts: readonly Schema[], schemas: Schemas): readonly TextType[] | undefined {
  const types = parts.map((part) => typesOf(resolve(part, schemas), schemas));
  const all = new Set(types.flatMap((each) => each ?? []));
  return types.includes(undefined) ? undefined : TEXT_TYPES.filter((type) => all.has(type));
}

function typesOf(schema: Schema, schemas: Schemas): readonly TextType[] | undefined {
  switch (schema.kind) {
    case "null":
    case "boolean":
    case "number":
    case "string":
      return [schema.kind];
    case "array":
    case "object":
      return undefined;
    case "literals":
      return literalTypes(schema.values);
    case "union":
      return textTypes(schema.members, schemas);
    case "intersection":
      return intersectionTypes(schema.members, schemas);
    default:
      return ["string"];
  }
}

function literalTypes(values: readonly unknown[]): readonly TextType[] | undefined {
  const found = values.map((value) =>
    TEXT_TYPES.find((type) => type === (value === null ? "null" : typeof value)),
  );
  const types = found.flatMap((type) => type ?? []);
  return types.length < values.length ? undefined : types;
}

/** The first member that says a type says it for all. */
function intersectionTypes(members: readonly Schema[], schemas: Schemas): readonly TextType[] | undefined {
  const types = members.map((member) => typesOf(resolve(member, schemas), schemas));
  return types.includes(undefined)
    ? undefined
    : (types.find((each) => each!.join() !== "string") ?? ["string"]);
}
