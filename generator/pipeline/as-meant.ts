import { partsOf } from "../model/graph.js";
import type { ApiModel } from "../model/model.js";
import type { Property, Schema, SchemaId, UnionSchema } from "../model/schema.js";
import { isArray, isObject, type JsonObject } from "../source/json.js";
import { valueAt } from "../source/pointer.js";
import type { Upgraded } from "../source/upgrade.js";
import { asListed } from "./as-listed.js";
import { edited, type DocumentEdit } from "./edited.js";
import { otherThan, tagOf } from "./tags.js";

type Schemas = ApiModel["schemas"];

/**
 * The documents with what discriminators (OpenAPI 3.2.0, Discriminator Object) say of each alternative of a union beside it, for the
 * validator that proves fixtures. Taken at its word, an alternative that leaves the property open holds for the values of the others, too:
 * what those refuse would be one of an `anyOf`, and what they have in common none of a `oneOf`.
 */
export function asMeant({ documents, references }: Upgraded, { schemas, operations }: ApiModel): Upgraded {
  const parameters = operations.flatMap((operation) => operation.parameters);
  const roots = [
    ...[...schemas.values()].map(({ schema }) => schema),
    ...parameters.map(({ schema }) => schema),
  ];
  const edits = roots
    .flatMap(partsOf)
    .flatMap((part) => (part.kind === "union" ? taggedMembers(part, { documents, schemas }) : []));
  return asListed(edited({ documents, references }, edits), schemas);
}

function taggedMembers(
  union: Schema & UnionSchema,
  { documents, schemas }: { documents: Upgraded["documents"]; schemas: Schemas },
): DocumentEdit[] {
  // Nobody has written the alternatives of a parent.
  if (union.base !== undefined) return [];
  return union.members.flatMap((schema, index): DocumentEdit[] => {
    const tags = [...ownTags(union, index), ...inheritedTags(schema, schemas, new Set())];
    const member = valueAt(documents.get(schema.origin.source)!.value, schema.origin.pointer);
    return tags.length > 0 && isObject(member) ? [{ ...schema.origin, value: withTags(member, tags) }] : [];
  });
}

/** What the discriminator of a union says of a member. Of an `anyOf`, one that no value means is for the values that mean no other. */
function ownTags(
  { keyword, branches = [], discriminator }: Schema & UnionSchema,
  index: number,
): JsonObject[] {
  const { values = [], narrowing } = branches[index] ?? {};
  if (!discriminator) return [];
  if (values.length > 0) return narrowing ? [tagOf(discriminator.property, values)] : [];
  const others = keyword === "anyOf" ? branches.flatMap((branch) => branch.values) : [];
  return others.length > 0 ? [otherThan(discriminator.property, others)] : [];
}

/** What the discriminators of its parents say of a schema. */
function inheritedTags(schema: Schema, schemas: Schemas, seen: Set<SchemaId>): JsonObject[] {
  switch (schema.kind) {
    case "object":
      return schema.isGiven ? schema.properties.flatMap(givenTag) : [];
    case "intersection":
      return schema.members.flatMap((member) => inheritedTags(member, schemas, seen));
    case "unevaluated":
      return inheritedTags(schema.schema, schemas, seen);
    case "ref": {
      const target = seen.has(schema.target) ? undefined : schemas.get(schema.target);
      seen.add(schema.target);
      return target ? inheritedTags(target.schema, schemas, seen) : [];
    }
    default:
      return [];
  }
}

function givenTag({ name, schema }: Property): JsonObject[] {
  return schema.kind === "literals" ? [tagOf(name, schema.values)] : [];
}

function withTags(member: JsonObject, tags: readonly JsonObject[]): JsonObject {
  const { allOf } = member;
  return { ...member, allOf: [...(isArray(allOf) ? allOf : []), ...tags] };
}
