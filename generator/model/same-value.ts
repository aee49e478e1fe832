import type { LimitName } from "../source/limits.js";
import { dependencyGroups } from "./dependency-groups.js";
import { mapChildren } from "./map-schema.js";
import type { ApiModel, NamedSchema } from "./model.js";
import type { Reader } from "./reader.js";
import { childrenOf, type Schema, type SchemaId } from "./schema.js";

/**
 * Schemas that speak of the same value as the schema that holds them: the targets of `$ref`, the members of `allOf`, `anyOf`,
 * `oneOf`, and what stands below `not` and `if` (JSON Schema Core 2020-12, section 10.2). Only along these can a validator go
 * round without end, or try one value a million times; everything else takes a smaller part of the value.
 */

type Schemas = ReadonlyMap<SchemaId, NamedSchema>;

/** A `$ref` that speaks of the same value, and whether it is one of several alternatives. */
type Reference = { readonly schema: Schema & { kind: "ref" }; readonly isAlternative: boolean };

function sameValueParts(schema: Schema): readonly Schema[] {
  switch (schema.kind) {
    case "object":
    case "array":
      return [];
    case "unevaluated":
      return [schema.schema];
    default:
      return childrenOf(schema);
  }
}

function referencesIn(schema: Schema, isAlternative = false): Reference[] {
  if (schema.kind === "ref") return [{ schema, isAlternative }];
  return sameValueParts(schema).flatMap((part) =>
    referencesIn(part, isAlternative || schema.kind === "union"),
  );
}

/**
 * The schemas without references that lead back to their own schema for the same value. A schema "MUST NOT be run into an infinite
 * loop against an instance" (JSON Schema Core 2020-12, section 7.1), but documents do it: a base type lists its subtypes in `oneOf`, and each of
 * them has the base type in `allOf`. There the alternative is the one to let go: the rest keeps its meaning.
 */
export function cutCircles(reader: Reader, schemas: Schemas): Schemas {
  const cut = new Set<Schema>();
  cutInside(schemas, cut, (reference) => reference.isAlternative);
  cutInside(schemas, cut, () => true);
  if (cut.size === 0) return schemas;
  for (const { origin } of cut) reader.report("ref-endless", {}, origin);
  return new Map(
    [...schemas].map(([id, named]) => [id, { ...named, schema: without(named.schema, cut) }] as const),
  );
}

/** The schemas whose references lead back to them for the same value. */
export function endlessIn(schemas: Schemas): readonly SchemaId[] {
  const targetsOf = (id: SchemaId) =>
    referencesIn(schemas.get(id)!.schema).flatMap(({ schema: { target } }) =>
      schemas.has(target) ? [target] : [],
    );
  const groups = dependencyGroups(schemas.keys(), targetsOf);
  return groups.filter((group) => group.length > 1 || targetsOf(group[0]!).includes(group[0]!)).flat();
}

/** Cuts the chosen references inside each group of schemas that lead to each other; of a chain of them, those that lead back. */
function cutInside(schemas: Schemas, cut: Set<Schema>, isChosen: (reference: Reference) => boolean): void {
  const open = (id: SchemaId) =>
    referencesIn(schemas.get(id)!.schema).filter(({ schema }) => !cut.has(schema));
  const groups = dependencyGroups(schemas.keys(), (id) =>
    open(id).flatMap(({ schema: { target } }) => (schemas.has(target) ? [target] : [])),
  );
  for (const group of groups) {
    const position = new Map(group.map((id, index) => [id, index]));
    for (const id of group) {
      for (const reference of open(id).filter(isChosen)) {
        const target = position.get(reference.schema.target);
        if (target === undefined) continue;
        if (reference.isAlternative || target <= position.get(id)!) cut.add(reference.schema);
      }
    }
  }
}

/** The schema with each of the cut references read as anything. What stands in an array or an object is another value. */
function without(schema: Schema, cut: ReadonlySet<Schema>): Schema {
  if (cut.has(schema)) return { kind: "any", origin: schema.origin, examples: [] };
  const isOther = schema.kind === "array" || schema.kind === "object";
  return isOther ? schema : mapChildren(schema, (part) => without(part, cut));
}

/** Reports what is more than the limits allow, at the first schema or operation that is. */
export function reportLimits(reader: Reader, model: Pick<ApiModel, "schemas" | "operations">): void {
  const { limits } = reader;
  const report = (name: LimitName, found: Pick<NamedSchema, "origin"> | undefined) => {
    if (found) reader.report("limit-exceeded", { name, limit: limits[name] }, found.origin, "key");
  };
  report("operations", model.operations[limits.operations]);
  report("schemas", [...model.schemas.values()][limits.schemas]);
  const efforts = effortsOf(model.schemas);
  for (const name of ["references", "evaluations", "alternatives"] as const)
    report(name, [...efforts].find(([, effort]) => effort[name] > limits[name])?.[0]);
}

/** How far the references of a schema go for one value, how many schemas are tried on the way, and in how many ways it can be met. */
type Effort = { readonly references: number; readonly evaluations: number; readonly alternatives: number };

const NONE: Effort = { references: 0, evaluations: 0, alternatives: 1 };

/** Of schemas whose references lead nowhere back. */
function effortsOf(schemas: Schemas): ReadonlyMap<NamedSchema, Effort> {
  const efforts = new Map<SchemaId, Effort>();
  const effortOf = (schema: Schema): Effort => {
    if (schema.kind === "ref") {
      const target = efforts.get(schema.target) ?? NONE;
      return { ...target, references: target.references + 1, evaluations: target.evaluations + 1 };
    }
    const parts = sameValueParts(schema).map(effortOf);
    const count = (join: (sum: number, next: number) => number, start: number) =>
      parts.reduce((sum, { alternatives }) => join(sum, alternatives), start);
    return {
      references: parts.reduce((most, part) => Math.max(most, part.references), 0),
      evaluations: parts.reduce((sum, part) => sum + part.evaluations, 1),
      alternatives:
        schema.kind === "union"
          ? count((sum, next) => sum + next, 0)
          : schema.kind === "intersection"
            ? count((product, next) => product * next, 1)
            : 1,
    };
  };
  const order = dependencyGroups(schemas.keys(), (id) =>
    referencesIn(schemas.get(id)!.schema).flatMap(({ schema: { target } }) =>
      schemas.has(target) ? [target] : [],
    ),
  );
  for (const id of order.flat()) efforts.set(id, effortOf(schemas.get(id)!.schema));
  return new Map([...schemas.values()].map((named) => [named, efforts.get(named.id)!]));
}
