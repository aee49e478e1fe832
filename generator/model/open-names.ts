import { mapChildren } from "./map-schema.js";
import {
  closedBy,
  type AnySchema,
  type Annotations,
  type ObjectSchema,
  type Schema,
  type SchemaId,
  type SchemaOf,
} from "./schema.js";

/**
 * The schema with each `unevaluatedProperties` (JSON Schema Core 2020-12, section 11.3) that is a schema said as types can: its objects
 * have other names, of any type, as which ones were evaluated has none. What is no object stays as it is.
 */
export function withOpenNames(schema: Schema, schemaOf: SchemaOf): Schema {
  const inner = mapChildren(schema, (child) => withOpenNames(child, schemaOf));
  if (inner.kind !== "unevaluated" || closedBy(inner) !== inner.schema) return inner;
  const leavesNames =
    inner.properties && inner.properties.kind !== "never" && inner.properties.kind !== "any";
  return leavesNames ? { ...inner, schema: opened(inner.schema, schemaOf, []) } : inner;
}

/** The schema with other names in each object of it; of an intersection, one member with them is enough. */
function opened(schema: Schema, schemaOf: SchemaOf, seen: readonly SchemaId[]): Schema {
  const open = (each: Schema) => opened(each, schemaOf, seen);
  switch (schema.kind) {
    case "object":
      return schema.additionalProperties ? schema : { ...schema, additionalProperties: anyOf(schema) };
    case "union":
      return mapChildren(schema, open);
    case "intersection": {
      const index = schema.members.findIndex(mayBeObject);
      return { ...schema, members: schema.members.map((each, at) => (at === index ? open(each) : each)) };
    }
    case "ref": {
      const target = seen.includes(schema.target) ? undefined : schemaOf(schema.target);
      if (!target || target.kind === "object") return besideOpen(schema);
      return opened(target, schemaOf, [...seen, schema.target]);
    }
    case "unevaluated":
      return { ...schema, schema: open(schema.schema) };
    case "conditional":
      return besideOpen(schema);
    default:
      return schema;
  }
}

function mayBeObject({ kind }: Schema): boolean {
  return ["object", "union", "intersection", "ref", "unevaluated", "conditional"].includes(kind);
}

function besideOpen(schema: Schema): Schema {
  const { origin } = schema;
  const open: Schema & ObjectSchema = {
    kind: "object",
    asserted: false,
    origin,
    examples: [],
    properties: [],
    patternProperties: [],
    additionalProperties: anyOf(schema),
    dependentRequired: [],
  };
  return { kind: "intersection", members: [schema, open], origin, examples: [] };
}

function anyOf({ origin }: Schema): Annotations & AnySchema {
  return { kind: "any", origin, examples: [] };
}
