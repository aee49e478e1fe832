import type { MemberTypes } from "../model/text-types.js";
import type { ApiModel, Parameter, PropertyEncoding } from "../model/model.js";
import type { Schema } from "../model/schema.js";
import { isText, wireShapes, type WireShape } from "../model/wire-shape.js";
import { objectOf, type JsonObject, type JsonValue } from "../source/json.js";

type Schemas = ApiModel["schemas"];

/** How the texts of the fields of a form become values, by name: those that are not text alone. */
export type FieldShapes = readonly (readonly [field: string, shapes: Shapes])[];
type Shapes = readonly JsonValue[];

/** How the text of a parameter becomes a value, as `ParameterCheck` of the runtime has it; undefined for what is text. */
export function parameterShapes(
  { serialization, schema }: Parameter,
  schemas: Schemas,
): { readonly shapes?: Shapes | undefined; readonly fields?: FieldShapes } {
  if (serialization.kind === "style") return { shapes: shapesRule(wireShapes(schema, schemas)) };
  const { bodyKind, encoding } = serialization;
  if (bodyKind === "form") return { fields: fieldShapes(schema, encoding, schemas) };
  return { shapes: bodyKind === "json" ? [{ as: "json" }] : shapesRule(wireShapes(schema, schemas)) };
}

/** Undefined for what is text: that is what the runtime takes it for. */
function shapesRule(shapes: readonly WireShape[]): Shapes | undefined {
  return isText(shapes) ? undefined : shapes.map(shapeRule);
}

function shapeRule(shape: WireShape): JsonValue {
  return shape.as === "object" ? { as: shape.as, ...memberRules(shape) } : { ...shape };
}

/** The types of an object's members, as the `MemberTypes` of the runtime. */
export function memberRules({
  properties,
  patternProperties,
  additionalProperties,
}: MemberTypes): JsonObject {
  return {
    properties: objectOf(properties),
    ...(patternProperties.length > 0 && { patternProperties }),
    ...(additionalProperties && { additionalProperties }),
  };
}

/** The same of the fields of a form (OpenAPI 3.2.0, Encoding Object). */
export function fieldShapes(
  schema: Schema,
  encoding: readonly PropertyEncoding[],
  schemas: Schemas,
): FieldShapes {
  const styled = new Set(
    encoding
      .filter(({ style, explode, allowReserved }) => style ?? explode ?? allowReserved)
      .map(({ property }) => property),
  );
  const rules = propertiesOf(schema, schemas, 0).flatMap(([name, own]) => {
    const shapes = wireShapes(own, schemas);
    const rule = shapesRule(styled.has(name) ? shapes : shapes.map(nestedAsJson));
    return rule ? [[name, rule] as const] : [];
  });
  return [...new Map(rules)];
}

/** A field without a style is JSON where it is nested (OpenAPI 3.2.0, Encoding Object). */
function nestedAsJson(shape: WireShape): WireShape {
  return shape.as === "object" ? { as: "json" } : shape;
}

const MAX_DEPTH = 12;

/** The properties that a form may have, with their schemas. */
function propertiesOf(
  schema: Schema,
  schemas: Schemas,
  depth: number,
): readonly (readonly [name: string, schema: Schema])[] {
  if (depth > MAX_DEPTH) return [];
  const below = (each: Schema) => propertiesOf(each, schemas, depth + 1);
  switch (schema.kind) {
    case "object":
      return schema.properties.map((property) => [property.name, property.schema] as const);
    case "ref":
      return below(schemas.get(schema.target)!.schema);
    case "unevaluated":
      return below(schema.schema);
    case "union":
    case "intersection":
      return schema.members.flatMap(below);
    default:
      return [];
  }
}
