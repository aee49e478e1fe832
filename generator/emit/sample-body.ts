import type { ApiFixtures, FixtureId } from "../fixtures/fixture.js";
import { isSequence } from "../model/media-kind.js";
import type { MediaType } from "../model/model.js";
import type { SchemaId } from "../model/schema.js";
import { isObject, type JsonValue } from "../source/json.js";
import { memberAccess } from "./literals.js";

/** The expression of a body made of the fixtures `id`; of a body that is read item by item, a list of one. */
export function sampleBody(
  media: MediaType,
  id: FixtureId,
  fixtures: ApiFixtures,
  nameOf: (schema: SchemaId) => string,
): string | undefined {
  const sample = (schema: SchemaId | undefined) => {
    const found =
      schema !== undefined && fixtures.schemas.get(schema)!.valid.some((fixture) => fixture.id === id);
    return found ? memberAccess(nameOf(schema), id) : undefined;
  };
  if (!isListed(media)) return sample(media.schema);
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

function isListed({ kind, isItemSchema }: MediaType): boolean {
  return isSequence(kind) || isItemSchema === true;
}
