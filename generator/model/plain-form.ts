import type { ApiModel, MediaType, PartEncoding } from "./model.js";
import { alternatives, partsOf } from "./nested.js";
import type { ObjectSchema, Schema } from "./schema.js";

type Schemas = ApiModel["schemas"];

/**
 * True where each part of a multipart form is a file, or text without a type: what `FormData` holds as it is meant. It would make a
 * file of any other part that has a type, by giving it a name (RFC 7578, section 4.2: only what is a file has one).
 */
export function isPlainForm({ schema, encoding }: MediaType, schemas: Schemas): boolean {
  if (schema === undefined) return false;
  const encodings = new Map(encoding.map((each) => [each.property, each]));
  return alternatives(schemas.get(schema)!.schema, schemas).every((form) =>
    form.kind === "object" ? hasPlainParts(form, encodings, schemas) : COMPOSED.has(form.kind),
  );
}

/** What consists of other alternatives, each of which is looked at. */
const COMPOSED = new Set<Schema["kind"]>(["ref", "union", "intersection"]);

function hasPlainParts(
  { properties, patternProperties, additionalProperties }: ObjectSchema,
  encodings: ReadonlyMap<string, PartEncoding>,
  schemas: Schemas,
): boolean {
  const unnamed = [
    ...patternProperties.map(({ schema }) => schema),
    ...(additionalProperties ? [additionalProperties] : []),
  ];
  return (
    unnamed.every((schema) => isPlain(schema, {}, schemas)) &&
    properties.every(({ name, schema }) => isPlain(schema, encodings.get(name) ?? {}, schemas))
  );
}

/** An item of a list is a part for itself; a style makes text of anything. */
function isPlain(
  schema: Schema,
  { contentType, style, explode, allowReserved }: Partial<PartEncoding>,
  schemas: Schemas,
): boolean {
  if ((style ?? explode ?? allowReserved) !== undefined) return true;
  const isValue = (each: Schema) => isPlainValue(each, contentType !== undefined);
  return alternatives(schema, schemas).every((each) => {
    if (each.kind !== "array") return isValue(each);
    const items = partsOf(each);
    return items.length > 0 && items.every((item) => alternatives(item, schemas).every(isValue));
  });
}

function isPlainValue(value: Schema, hasType: boolean): boolean {
  if (value.kind === "string") return !hasType || isFile(value);
  return COMPOSED.has(value.kind) || (!hasType && SCALARS.has(value.kind));
}

const SCALARS = new Set<Schema["kind"]>(["null", "boolean", "number", "literals", "never"]);

/** Bytes as they are (OpenAPI 3.1.1, "Working With Binary Data"), or as OpenAPI 3.0 describes them. */
export function isFile(schema: Schema): boolean {
  if (schema.kind !== "string") return false;
  const { format, contentMediaType, contentEncoding } = schema;
  return (format === "binary" || contentMediaType !== undefined) && contentEncoding === undefined;
}
