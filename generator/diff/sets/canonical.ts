import type { ApiModel, NamedSchema } from "../../model/model.js";
import { sortedBy, sortedKeys } from "../../model/order.js";
import type { Schema, SchemaId } from "../../model/schema.js";
import { jsonEquals, type JsonValue } from "../../source/json.js";
import type { Pair } from "../change.js";

const SILENT = new Set([
  "origin",
  "title",
  "description",
  "deprecated",
  "default",
  "examples",
  "discriminator",
  "sunset",
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
const REFERRING: ReadonlySet<string> = new Set(["target", "schema"]);

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
  return new WrittenOut(schemas).text(schema) ?? new WrittenOnce(schemas).text(schema);
}

/** A schema as a text in which what it refers to stands in place of each reference. */
class WrittenOut {
  protected readonly schemas: ApiModel["schemas"];
  private count = 0;

  constructor(schemas: ApiModel["schemas"]) {
    this.schemas = schemas;
  }

  /** Undefined where it would be too long. */
  text(schema: Schema): string | undefined {
    const written = this.schema(schema, []);
    return this.count > MAX_PARTS ? undefined : JSON.stringify(sortedKeys(written));
  }

  protected schema(schema: Schema, open: readonly SchemaId[]): JsonValue {
    if (++this.count > MAX_PARTS) return null;
    if (schema.kind === "ref") return this.reference(schema.target, open);
    return this.fields(schema, open);
  }

  protected reference(id: SchemaId, open: readonly SchemaId[]): JsonValue {
    const target = this.schemas.get(id);
    // What leads back to itself is named by how far back it leads.
    const back = open.lastIndexOf(id);
    if (!target || back !== -1) return { kind: "back", steps: open.length - back };
    return this.schema(target.schema, [...open, id]);
  }

  protected fields(schema: Schema, open: readonly SchemaId[]): JsonValue {
    if (schema.kind === "literals")
      return { values: sortedBy(schema.values, (value) => JSON.stringify(value)) };
    const keys = sortedBy(saidIn(schema), (key) => key);
    return Object.fromEntries(keys.map((key) => [key, this.part((schema as unknown as Fields)[key], open)]));
  }

  private part(part: unknown, open: readonly SchemaId[]): JsonValue {
    if (Array.isArray(part)) return part.map((each) => this.part(each, open));
    if (typeof part !== "object" || part === null) return part as JsonValue;
    if (isSchema(part)) return this.schema(part, open);
    return Object.fromEntries(Object.entries(part).map(([key, member]) => [key, this.part(member, open)]));
  }
}

/** The same where each named schema stands at the first reference to it, and is known by its number after that. */
class WrittenOnce extends WrittenOut {
  private readonly numbers = new Map<SchemaId, number>();

  override text(schema: Schema): string {
    return JSON.stringify(sortedKeys(this.schema(schema, [])));
  }

  protected override schema(schema: Schema, open: readonly SchemaId[]): JsonValue {
    return schema.kind === "ref" ? this.reference(schema.target, open) : this.fields(schema, open);
  }

  protected override reference(id: SchemaId, open: readonly SchemaId[]): JsonValue {
    const known = this.numbers.get(id);
    if (known !== undefined) return { kind: "known", number: known };
    this.numbers.set(id, this.numbers.size);
    const target = this.schemas.get(id);
    return { kind: "named", schema: target ? this.schema(target.schema, open) : null };
  }
}

/** True for a schema of a model. */
export function isSchema(part: unknown): part is Schema {
  return typeof part === "object" && part !== null && "kind" in part && "origin" in part;
}
