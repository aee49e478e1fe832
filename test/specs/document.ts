import { readFileSync } from "node:fs";
import { parse } from "yaml";

export type Json = null | boolean | number | string | readonly Json[] | JsonObject;
export type JsonObject = { readonly [key: string]: Json };

/** One place of a schema: `Coupon.coupon` is a `required string`, `BillingSubscription.scope[]` a `string`. */
export interface Field {
  readonly path: string;
  readonly kind: string;
  /** Every keyword that the kind does not tell: `description`, and any other that may not belong there. */
  readonly notes: JsonObject;
}

export const SPECS = ["dynamic-auth.yaml", "cargo.yaml"] as const;
export type Spec = (typeof SPECS)[number];

export function fileOf(spec: Spec): URL {
  return new URL(`../../specs/${spec}`, import.meta.url);
}

export function documentOf(spec: Spec): JsonObject {
  return objectAt(parse(readFileSync(fileOf(spec), "utf8")) as Json);
}

/** The object at the end of the keys; fails where there is none. */
export function objectAt(value: Json | undefined, ...keys: readonly string[]): JsonObject {
  const found = keys.reduce((each, key) => (isObject(each) ? each[key] : undefined), value);
  if (!isObject(found)) throw new Error(`no object at ${keys.join(" > ")}`);
  return found;
}

export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

export function componentFields(document: JsonObject, name: string): Field[] {
  return fieldsOf(document, objectAt(document, "components", "schemas", name), name);
}

/** A schema's fields with all references followed, outermost first, in the document's order. */
export function fieldsOf(document: JsonObject, schema: JsonObject, path: string, presence = ""): Field[] {
  const plain = resolve(document, schema);
  const { type, format, enum: values, items, properties, required, nullable, ...notes } = plain;
  const kind = Array.isArray(values) && type === "string" ? literals(values) : word(type);
  const suffix = `${format === undefined ? "" : ` ${word(format)}`}${nullable ? " | null" : ""}`;
  const names: readonly Json[] = Array.isArray(required) ? required : [];
  return [
    { path, kind: `${presence}${kind}${suffix}`, notes },
    ...(items === undefined ? [] : fieldsOf(document, objectAt(items), `${path}[]`)),
    ...Object.entries(properties === undefined ? {} : objectAt(properties)).flatMap(([name, property]) =>
      fieldsOf(
        document,
        objectAt(property),
        `${path}.${name}`,
        names.includes(name) ? "required " : "optional ",
      ),
    ),
  ];
}

export function literals(values: readonly Json[]): string {
  return values.map((value) => JSON.stringify(value)).join(" | ");
}

function word(value: Json | undefined): string {
  if (typeof value !== "string") throw new Error(`not one word: ${JSON.stringify(value)}`);
  return value;
}

/** Follows the reference; tells both ways to allow null, `type: [T, "null"]` and `oneOf`, as `nullable`. */
function resolve(document: JsonObject, schema: JsonObject): JsonObject {
  const { $ref, oneOf, ...rest } = schema;
  if (typeof $ref === "string")
    return { ...resolve(document, objectAt(document, ...$ref.split("/").slice(1))), ...rest };
  if (Array.isArray(oneOf)) {
    const [first, ...others] = oneOf as readonly Json[];
    if (JSON.stringify(others) !== '[{"type":"null"}]')
      throw new Error(`not "or null": ${JSON.stringify(schema)}`);
    return { ...resolve(document, objectAt(first)), ...rest, nullable: true };
  }
  const { type } = rest;
  if (!Array.isArray(type)) return rest;
  if (type.length !== 2 || type[1] !== "null") throw new Error(`not "or null": ${JSON.stringify(type)}`);
  return { ...rest, type: type[0] as Json, nullable: true };
}
