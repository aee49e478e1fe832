import { tokensOf } from "../source/pointer.js";
import { isReference } from "../source/references.js";
import type { NamedSchema } from "./model.js";
import type { Node, ObjectNode, Reader } from "./reader.js";
import { sortedBy } from "./order.js";
import type { SchemaTable } from "./schema-table.js";
import type { Discriminator, Mapping, SchemaId } from "./schema.js";

/** A Discriminator Object (OpenAPI 3.2.0), as it stands; `settle-discriminators.ts` says what it means for each schema. */
export function readDiscriminator(
  reader: Reader,
  schema: ObjectNode,
  table: SchemaTable,
): Discriminator | undefined {
  const object = reader.member(schema, "discriminator", "object");
  const property = object && reader.required(object, "propertyName", "string", "a discriminator");
  if (!object || !property) return undefined;
  const mapping = reader.entries(object, "mapping").flatMap(([value, target]): Mapping[] => {
    const name = reader.expect(target, "string", "a discriminator's mapping");
    const id = name && targetOf(reader, table, name);
    return id === undefined ? [] : [{ value, target: id, origin: target.origin }];
  });
  const preset = reader.member(object, "defaultMapping", "string");
  const fallback = preset && targetOf(reader, table, preset);
  return {
    property: property.value,
    origin: property.origin,
    mapping: sortedBy(mapping, ({ value }) => value),
    ...(fallback !== undefined && { fallback }),
  };
}

/**
 * A schema's name or a reference; what could be either is a name (OpenAPI 3.2.0, Discriminator Object, "Mapping Values"), unless it is that
 * of a file and no schema has it. A name is a component's of the document, a reference starts from where it stands.
 */
function targetOf(reader: Reader, table: SchemaTable, { value, origin }: Node<string>): SchemaId | undefined {
  const named = { value: `#/components/schemas/${value}`, origin: { ...origin, pointer: "" } };
  const isFound = /^[\w.-]+$/.test(value) && reader.placeOf(named) !== undefined;
  if (isFound) return table.nameTarget({ value: { $ref: named.value }, origin: named.origin });
  return table.nameTarget({ value: { $ref: isReference(value) ? value : named.value }, origin });
}

/** The value that means a schema which no mapping names: what it says itself, or its name in `components.schemas`. */
export function impliedValue({ id, schema }: Pick<NamedSchema, "id" | "schema">): string | undefined {
  return schema.meaning ?? implicitValue(id);
}

/** The name of a schema in `components.schemas`. */
export function implicitValue(id: SchemaId): string | undefined {
  const [, pointer = ""] = id.split(/#(.*)/s, 2);
  const [components, schemas, name, ...deeper] = tokensOf(pointer);
  return components === "components" && schemas === "schemas" && deeper.length === 0 ? name : undefined;
}
