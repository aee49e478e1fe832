import type { ApiModel, NamedSchema } from "../../model/model.js";
import { sortedBy, sortedKeys } from "../../model/order.js";
import type { Schema, SchemaId } from "../../model/schema.js";
import { jsonEquals, objectOf, type JsonValue } from "../../source/json.js";
import type { Pair } from "../change.js";

const SILENT = new Set([
  "origin",
  "reference",
  "title",
  "description",
  "deprecated",
  "default",
  "examples",
  "discriminator",
  "sunset",
  "meaning",
  "extensible",
  "leftOut",
]);

/** The fields of a model that hold JSON of the document, in which nothing is a field of the model. */
export const JSON_FIELDS: ReadonlySet<string> = new Set([
  "contentSchema",
  "default",
  "definition",
  "examples",
  "extensible",
  "meant",
  "value",
  "values",
]);

/**
 * True where two parts of a model say the same themselves. Schemas that they refer to are the same where they stand at one place.
 *
 * @param silent the fields that do not count.
 */
export function saysSame(
  parts: Pair<unknown>,
  placeOf: Pair<PlaceOf>,
  silent: ReadonlySet<string> = SILENT,
): boolean {
  const { base, head } = parts;
  if (base === head) return true;
  if (typeof base !== "object" || typeof head !== "object" || base === null || head === null) return false;
  if (Array.isArray(base) !== Array.isArray(head)) return false;
  const [one, other] = [base as Fields, head as Fields];
  const keys = saidIn(one, silent);
  return (
    keys.length === saidIn(other, silent).length &&
    keys.every((key) => {
      const [own, theirs] = [one[key], other[key]];
      if (JSON_FIELDS.has(key)) return jsonEquals(own as JsonValue, theirs as JsonValue);
      return REFERRING.has(key) && typeof own === "string" && typeof theirs === "string"
        ? placeOf.base(own) === placeOf.head(theirs)
        : saysSame({ base: own, head: theirs }, placeOf, silent);
    })
  );
}

type Fields = { readonly [key: string]: unknown };

/** The fields by which a part says something. */
export function saidIn(part: object, silent: ReadonlySet<string> = SILENT): string[] {
  return Object.entries(part).flatMap(([key, value]) =>
    silent.has(key) || value === undefined ? [] : [key],
  );
}

/** The members of a model that hold the id of a schema. */
const REFERRING: ReadonlySet<string> = new Set(["target", "schema", "base"]);

/** Where a schema stands, and which direction sees it: the same in both documents wherever they lie. */
export type PlaceOf = (id: SchemaId) => string;

export function placesIn(schemas: ApiModel["schemas"]): PlaceOf {
  return (id) => {
    const named = schemas.get(id);
    return named ? placeOfNamed(named) : id;
  };
}

export function placeOfNamed({ place, view }: NamedSchema): string {
  return view ? `${place} ${view.direction}` : place;
}

/** Of schemas that lead to more parts than this, each that has a name is written out once. */
const MAX_PARTS = 2_000;

/**
 * What a schema says of its instances, as a text: equal texts say the same, whatever their documents call their schemas. Texts of the same
 * that is divided into named schemas in another way are equal, too, unless it leads to very many parts.
 */
export function canonicalText(schema: Schema, schemas: ApiModel["schemas"]): string {
  return JSON.stringify(sortedKeys(writtenOut(schema, schemas) ?? writtenOnce(schema, schemas)));
}

/** A schema, written; within it, `write` writes what it holds. */
type Write = (schema: Schema) => JsonValue;

/** A schema with what it refers to in place of each reference; undefined where that would be too long. */
function writtenOut(schema: Schema, schemas: ApiModel["schemas"]): JsonValue | undefined {
  let count = 0;
  const writeIn =
    (open: readonly SchemaId[]): Write =>
    (each) => {
      if (++count > MAX_PARTS) return null;
      if (each.kind !== "ref") return fieldsOf(each, writeIn(open));
      const target = schemas.get(each.target);
      // What leads back to itself is named by how far back it leads.
      const back = open.lastIndexOf(each.target);
      if (!target || back !== -1) return { kind: "back", steps: open.length - back };
      return writeIn([...open, each.target])(target.schema);
    };
  const written = writeIn([])(schema);
  return count > MAX_PARTS ? undefined : written;
}

/** The same where each named schema stands at the first reference to it, and is known by its number after that. */
function writtenOnce(schema: Schema, schemas: ApiModel["schemas"]): JsonValue {
  const numbers = new Map<SchemaId, number>();
  const write: Write = (each) => {
    if (each.kind !== "ref") return fieldsOf(each, write);
    const known = numbers.get(each.target);
    if (known !== undefined) return { kind: "known", number: known };
    numbers.set(each.target, numbers.size);
    const target = schemas.get(each.target);
    return { kind: "named", schema: target ? write(target.schema) : null };
  };
  return write(schema);
}

function fieldsOf(schema: Schema, write: Write): JsonValue {
  if (schema.kind === "literals")
    return { values: sortedBy(schema.values, (value) => JSON.stringify(value)) };
  const fields = schema as unknown as Fields;
  return objectOf(saidIn(schema).map((key) => [key, partOf(fields[key], write)] as const));
}

function partOf(part: unknown, write: Write): JsonValue {
  if (Array.isArray(part)) return part.map((each) => partOf(each, write));
  if (typeof part !== "object" || part === null) return part as JsonValue;
  if (isSchema(part)) return write(part);
  return objectOf(Object.entries(part).map(([key, member]) => [key, partOf(member, write)] as const));
}

/** True for a schema of a model. */
export function isSchema(part: unknown): part is Schema {
  return typeof part === "object" && part !== null && "kind" in part && "origin" in part;
}
