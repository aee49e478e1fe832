import type { Problem } from "../diagnostics/problem.js";
import type { ApiModel, NamedSchema } from "../model/model.js";
import { alternativesOf } from "../model/break-rings.js";
import { below } from "../model/reader.js";
import type { Schema } from "../model/schema.js";
import { absolute } from "../source/absolute.js";
import { isArray, isObject, objectOf, type JsonObject, type JsonValue } from "../source/json.js";
import { valueAt } from "../source/pointer.js";
import type { Upgraded } from "../source/upgrade.js";
import { edited, type DocumentEdit } from "./edited.js";

/**
 * The documents as the model has read them, where that is not what they say: for the validator that proves fixtures and for
 * openapi-typescript, which know no reading of a `$ref` that names nothing or leads back without end, or of a child that its parent lists.
 */
export function asRead(
  { documents, references }: Upgraded,
  { schemas, problems }: { schemas: ApiModel["schemas"]; problems: readonly Problem[] },
): Upgraded {
  const dangling = problems.filter(({ reading }) => reading === "any-value").map(({ origin }) => origin);
  const endless = problems
    .filter(({ code }) => code === "ref-endless")
    .map(({ origin }) => below(origin, "$ref"));
  const changes: DocumentEdit[] = [
    ...dangling,
    ...endless,
    ...ringChanges(schemas, { documents, references }),
  ];
  return edited({ documents, references }, changes);
}

/** A child builds on its parent without the alternatives, and each alternative has the value of the discriminator that means it. */
function ringChanges(schemas: ApiModel["schemas"], upgraded: Upgraded): DocumentEdit[] {
  const children = [...schemas.values()].filter(({ rings }) => rings !== undefined);
  const rings = children.flatMap((child) => child.rings ?? []);
  const parents = new Set(
    rings.map(({ parent }) => schemas.get(parent)).filter((each) => each !== undefined),
  );
  return [
    ...rings.flatMap(({ origin, parent }) => {
      const named = schemas.get(parent);
      return named ? [{ ...origin, value: withoutAlternatives(named, upgraded) }] : [];
    }),
    ...[...parents].flatMap(({ schema }) =>
      alternativesOf(schema).flatMap((union) => narrowed(union, upgraded)),
    ),
  ];
}

function withoutAlternatives({ origin }: NamedSchema, upgraded: Upgraded): JsonValue {
  const { value } = upgraded.documents.get(origin.source)!;
  return without(absolute(valueAt(value, origin.pointer) ?? {}, origin, upgraded.references));
}

const ALTERNATIVES = new Set(["oneOf", "anyOf", "discriminator"]);

function without(schema: JsonValue): JsonValue {
  if (!isObject(schema)) return schema;
  const kept = Object.entries(schema).filter(([keyword]) => !ALTERNATIVES.has(keyword));
  return objectOf(
    kept.map(([keyword, value]) => [
      keyword,
      keyword === "allOf" && isArray(value) ? value.map(without) : value,
    ]),
  );
}

/** The members of a union to which the model has added the value that means them. */
function narrowed(union: Schema, { documents }: Upgraded): DocumentEdit[] {
  if (union.kind !== "union" || !union.discriminator) return [];
  const { property } = union.discriminator;
  return union.members.flatMap(({ kind, origin }, index): DocumentEdit[] => {
    const { values = [] } = union.branches?.[index] ?? {};
    const { value } = documents.get(origin.source)!;
    const member = valueAt(value, origin.pointer);
    const isNarrowed = kind === "intersection" && values.length > 0;
    if (!isNarrowed || member === undefined) return [];
    const tag: JsonObject = { required: [property], properties: { [property]: { enum: values } } };
    return [{ ...origin, value: { allOf: [member, tag] } }];
  });
}
