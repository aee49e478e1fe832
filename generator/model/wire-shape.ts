import type { NamedSchema } from "./model.js";
import type { Schema, SchemaId } from "./schema.js";
import { joinMembers, memberTypes, TEXT_TYPES, type MemberTypes, type TextType } from "./text-types.js";

/** How a text on the wire becomes a value: by the types that it can have, itself, its items or its members. */
export type WireShape =
  | { readonly as: "json" }
  | { readonly as: "value" | "array"; readonly types: readonly TextType[] }
  | ({ readonly as: "object" } & MemberTypes);

type Schemas = ReadonlyMap<SchemaId, NamedSchema>;

/** Deeper, a schema says nothing new of a text; a ring would never end. */
const MAX_DEPTH = 12;
/** More alternatives are not tried. */
const MAX_SHAPES = 8;

/** The shapes that a value of the schema can have on the wire, the first first; one at least. */
export function wireShapes(schema: Schema, schemas: Schemas): readonly WireShape[] {
  const shapes = joinValues(shapesOf(schema, schemas, 0)).slice(0, MAX_SHAPES);
  return shapes.length > 0 ? shapes : [TEXT];
}

const TEXT: WireShape = { as: "value", types: ["string"] };

/** True for what is text and nothing else. */
export function isText(shapes: readonly WireShape[]): boolean {
  const [only, another] = shapes;
  return !another && only?.as === "value" && only.types.join() === "string";
}

/** All single values are one shape, which knows all of their types. */
function joinValues(shapes: readonly WireShape[]): WireShape[] {
  const types = shapes.flatMap((shape) => (shape.as === "value" ? shape.types : []));
  const others = shapes.filter((shape) => shape.as !== "value");
  const joined: WireShape[] = types.length > 0 ? [{ as: "value", types: ordered(types) }] : [];
  return [...others, ...joined];
}

function ordered(types: readonly TextType[]): TextType[] {
  return TEXT_TYPES.filter((type) => types.includes(type));
}

function shapesOf(schema: Schema, schemas: Schemas, depth: number): readonly WireShape[] {
  if (depth > MAX_DEPTH) return [TEXT];
  const below = (each: Schema) => shapesOf(each, schemas, depth + 1);
  switch (schema.kind) {
    case "null":
    case "boolean":
    case "string":
    case "number":
      return [{ as: "value", types: [schema.kind] }];
    case "literals":
      return literalShapes(schema.values);
    case "array": {
      const parts = [...schema.prefixItems, ...(schema.items ? [schema.items] : [])];
      const types = parts.flatMap((part) => textTypes(below(part)));
      return [{ as: "array", types: types.length > 0 ? ordered(types) : ["string"] }];
    }
    case "object":
      return [{ as: "object", ...memberTypes(schema, (member) => textTypes(below(member))) }];
    case "ref":
      return below(schemas.get(schema.target)!.schema);
    case "unevaluated":
      return below(schema.schema);
    case "union":
      return schema.members.flatMap(below);
    case "intersection":
      return intersected(schema.members.flatMap(below));
    default:
      return [];
  }
}

/** The types of an item or a member. What is nested there is JSON in a form (OpenAPI 3.1.1, Encoding Object); no style has a place for it. */
function textTypes(shapes: readonly WireShape[]): readonly TextType[] {
  const types = shapes.flatMap((shape) => (shape.as === "value" ? shape.types : (["nested"] as const)));
  return types.length > 0 ? ordered(types) : ["string"];
}

function literalShapes(values: readonly unknown[]): readonly WireShape[] {
  const types = values.flatMap(
    (value) => TEXT_TYPES.find((type) => type === (value === null ? "null" : typeof value)) ?? [],
  );
  const nested: readonly WireShape[] = types.length < values.length ? [{ as: "json" }] : [];
  return types.length > 0 ? [{ as: "value", types: ordered(types) }, ...nested] : nested;
}

/** Objects that stand side by side are one; else whoever says most says it for all. */
function intersected(shapes: readonly WireShape[]): readonly WireShape[] {
  const objects = shapes.filter((shape) => shape.as === "object");
  if (objects.length > 0) return [{ as: "object", ...joinMembers(objects) }];
  const array = shapes.find(({ as }) => as === "array");
  if (array) return [array];
  const told = shapes.find((shape) => shape.as === "value" && shape.types.join() !== "string");
  return told ? [told] : shapes.slice(0, 1);
}
