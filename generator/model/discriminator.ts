import { tokensOf } from "../source/pointer.js";
import { below, type ObjectNode, type Reader } from "./reader.js";
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
    const id = name && targetOf(table, name.value, object);
    return id === undefined ? [] : [{ value, target: id, origin: target.origin }];
  });
  const preset = reader.member(object, "defaultMapping", "string");
  const fallback = preset && targetOf(table, preset.value, object);
  return {
    property: property.value,
    mapping: sortedBy(mapping, ({ value }) => value),
    ...(fallback !== undefined && { fallback }),
  };
}

/**
 * A schema's name or a reference; what could be either is a name (OpenAPI 3.2.0, Discriminator Object, "Mapping Values"). A name is a
 * component's of the document, a reference starts from where it stands.
 */
function targetOf(table: SchemaTable, value: string, owner: ObjectNode): SchemaId | undefined {
  const isName = /^[\w.-]+$/.test(value);
  const $ref = isName ? `#/components/schemas/${value}` : value;
  const origin = isName ? { ...owner.origin, pointer: "" } : below(owner.origin, "mapping");
  return table.nameTarget({ value: { $ref }, origin });
}

/** The value that means a schema which no mapping names: its name in `components.schemas`. */
export function implicitValue(id: SchemaId): string | undefined {
  const [, pointer = ""] = id.split(/#(.*)/s, 2);
  const [components, schemas, name, ...deeper] = tokensOf(pointer);
  return components === "components" && schemas === "schemas" && deeper.length === 0 ? name : undefined;
}
