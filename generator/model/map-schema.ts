import type { ObjectSchema, Schema } from "./schema.js";

type Change = (child: Schema) => Schema;

/** A schema with each schema that stands directly below it changed. */
export function mapChildren(schema: Schema, change: Change): Schema {
  switch (schema.kind) {
    case "array":
      return {
        ...schema,
        prefixItems: schema.prefixItems.map(change),
        ...(schema.items && { items: change(schema.items) }),
        ...(schema.contains && { contains: { ...schema.contains, schema: change(schema.contains.schema) } }),
      };
    case "object":
      return mapObject(schema, change);
    case "union":
    case "intersection":
      return { ...schema, members: schema.members.map(change) };
    case "not":
      return { ...schema, schema: change(schema.schema) };
    case "conditional":
      return {
        ...schema,
        if: change(schema.if),
        ...(schema.then && { then: change(schema.then) }),
        ...(schema.else && { else: change(schema.else) }),
      };
    case "unevaluated":
      return {
        ...schema,
        schema: change(schema.schema),
        ...(schema.properties && { properties: change(schema.properties) }),
        ...(schema.items && { items: change(schema.items) }),
      };
    default:
      return schema;
  }
}

function mapObject<T extends ObjectSchema>(schema: T, change: Change): T {
  return {
    ...schema,
    properties: schema.properties.map((each) => ({ ...each, schema: change(each.schema) })),
    patternProperties: schema.patternProperties.map((each) => ({ ...each, schema: change(each.schema) })),
    ...(schema.additionalProperties && { additionalProperties: change(schema.additionalProperties) }),
    ...(schema.propertyNames && { propertyNames: change(schema.propertyNames) }),
  };
}
