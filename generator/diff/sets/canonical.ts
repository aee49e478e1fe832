import type { ApiModel } from "../../model/model.js";
import { sortedBy, sortedKeys } from "../../model/order.js";
import type { Schema, SchemaId } from "../../model/schema.js";
import type { JsonValue } from "../../source/json.js";

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

/**
 * What a part of a model itself says of instances, as a text: the schemas that it refers to stand there by their places, without the
 * file, which may be called otherwise.
 */
export function ownText(part: object): string {
  return JSON.stringify(part, (key, value: unknown) => {
    if (SILENT.has(key)) return undefined;
    return typeof value === "string" && REFERRING.has(key) ? placeOf(value) : value;
  });
}

/**
 * True where two parts of a model say the same themselves. Schemas that they refer to are the same where they stand at one place.
 *
 * @param silent the fields that do not count.
 */
export function saysSame(a: unknown, b: unknown, silent: ReadonlySet<string> = SILENT): boolean {
  if (a === b) return true;
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return false;
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  const [one, other] = [a as Fields, b as Fields];
  const keys = saidIn(one, silent);
  return (
    keys.length === saidIn(other, silent).length &&
    keys.every((key) => {
      const [own, theirs] = [one[key], other[key]];
      return REFERRING.has(key) && typeof own === "string" && typeof theirs === "string"
        ? placeOf(own) === placeOf(theirs)
        : saysSame(own, theirs, silent);
    })
  );
}

type Fields = { readonly [key: string]: unknown };

function saidIn(part: Fields, silent: ReadonlySet<string>): string[] {
  return Object.keys(part).filter((key) => !silent.has(key) && part[key] !== undefined);
}

/** The members of a model that hold the id of a schema. */
const REFERRING: ReadonlySet<string> = new Set(["target", "schema"]);

/** The place of a schema without its file. */
export function placeOf(id: SchemaId): string {
  return id.slice(id.indexOf("#"));
}

/** What a schema says of its instances, as a text: equal texts say the same, whatever their documents call their schemas. */
export function canonicalText(schema: Schema, schemas: ApiModel["schemas"]): string {
  return JSON.stringify(sortedKeys(canonical(schema, schemas, [])));
}

function canonical(schema: Schema, schemas: ApiModel["schemas"], open: readonly string[]): JsonValue {
  if (schema.kind === "ref") {
    const target = schemas.get(schema.target);
    // What leads back to itself is named by how far back it leads.
    const back = open.lastIndexOf(schema.target);
    if (!target || back !== -1) return { kind: "back", steps: open.length - back };
    return canonical(target.schema, schemas, [...open, schema.target]);
  }
  const visit = (value: unknown): JsonValue => {
    if (Array.isArray(value)) return value.map(visit);
    if (typeof value !== "object" || value === null) return value as JsonValue;
    return "kind" in value && "origin" in value
      ? canonical(value as Schema, schemas, open)
      : Object.fromEntries(Object.entries(value).map(([key, member]) => [key, visit(member)]));
  };
  if (schema.kind === "literals")
    return { values: sortedBy(schema.values, (value) => JSON.stringify(value)) };
  const entries = Object.entries(schema).filter(([key]) => !SILENT.has(key));
  return Object.fromEntries(sortedBy(entries, ([key]) => key).map(([key, value]) => [key, visit(value)]));
}
