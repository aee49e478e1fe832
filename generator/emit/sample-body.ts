import type { ApiFixtures, FixtureId } from "../fixtures/fixture.js";
import { isSequence } from "../model/media-kind.js";
import type { ApiModel, MediaType } from "../model/model.js";
import type { Schema, SchemaId } from "../model/schema.js";
import { isObject, type JsonValue } from "../source/json.js";
import { memberAccess } from "./literals.js";

/** What bodies are made of. */
export type Samples = { readonly fixtures: ApiFixtures; readonly schemas: ApiModel["schemas"] };

/** The expression of a body made of the fixtures `id`; of a body that is read item by item, a list of one. */
export function sampleBody(
  media: MediaType,
  id: FixtureId,
  { fixtures, schemas }: Samples,
  nameOf: (schema: SchemaId) => string,
): string | undefined {
  const sample = (schema: SchemaId | undefined) => {
    const found =
      schema !== undefined && fixtures.schemas.get(schema)!.valid.some((fixture) => fixture.id === id);
    return found ? memberAccess(nameOf(schema), id) : undefined;
  };
  if (!isListed(media)) {
    const body = sample(media.schema);
    return body !== undefined && isTextOfOtherType(media, schemas) ? `${body} as string` : body;
  }
  const [event] = media.events ?? [];
  const own = sample(event ? event.schema : media.schema);
  if (!event?.data) return own && `[${own}]`;
  const data = sample(event.data.schema);
  if (data === undefined || (event.schema !== undefined && own === undefined)) return undefined;
  return `[{ ${own === undefined ? "" : `...${own}, `}data: ${data} }]`;
}

/** The value of that expression. */
export function sampleValue(media: MediaType, id: FixtureId, fixtures: ApiFixtures): JsonValue | undefined {
  const sample = (schema: SchemaId | undefined) =>
    schema === undefined
      ? undefined
      : fixtures.schemas.get(schema)!.valid.find((fixture) => fixture.id === id)?.value;
  if (!isListed(media)) return sample(media.schema);
  const [event] = media.events ?? [];
  const own = sample(event ? event.schema : media.schema);
  if (!event?.data) return own === undefined ? undefined : [own];
  const data = sample(event.data.schema);
  return data === undefined ? undefined : [{ ...(own !== undefined && isObject(own) ? own : {}), data }];
}

/** A body of text is a string, also where its schema allows more, or says nothing. */
function isTextOfOtherType({ kind, schema }: MediaType, schemas: ApiModel["schemas"]): boolean {
  const named = schema === undefined ? undefined : schemas.get(schema);
  return kind === "text" && named !== undefined && !isText(named.schema, schemas);
}

function isText(schema: Schema, schemas: ApiModel["schemas"]): boolean {
  switch (schema.kind) {
    case "ref":
      return isText(schemas.get(schema.target)!.schema, schemas);
    case "string":
      return schema.asserted;
    case "literals":
      return schema.values.every((value) => typeof value === "string");
    default:
      return false;
  }
}

function isListed({ kind, isItemSchema }: MediaType): boolean {
  return isSequence(kind) || isItemSchema === true;
}
