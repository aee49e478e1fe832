import type { Schema, SchemaId } from "../../model/schema.js";
import { jsonEquals } from "../../source/json.js";
import { join, type JsonPointer } from "../../source/pointer.js";
import { nameToken, patternToken } from "../place.js";
import { placesIn, type PlaceOf } from "../sets/canonical.js";
import { without } from "../sets/values.js";
import type { Context } from "./comparison.js";
import { compareDiscriminators } from "./discriminators.js";
import type { Pair, SchemaChange } from "../change.js";

/**
 * What schemas say beside which values they allow: defaults, discriminators, `x-extensible-enum`, deprecation. It is compared where both
 * have the same shape; what stands elsewhere is new.
 */
export function compareAnnotations(context: Context, schemas: Pair<Schema>): SchemaChange[] {
  return new AnnotationWalk(context).compare(schemas);
}

class AnnotationWalk {
  private readonly context: Context;
  private readonly placeOf: Pair<PlaceOf>;
  /** The pairs of named schemas that were seen: what they say is said. */
  private readonly seen = new Set<string>();

  constructor(context: Context) {
    this.context = context;
    const { base, head } = context.models;
    this.placeOf = { base: placesIn(base.schemas), head: placesIn(head.schemas) };
  }

  /** A list of what is left, and no recursion: a row of schemas may be longer than the stack is deep. */
  compare(schemas: Pair<Schema>): SchemaChange[] {
    const changes: SchemaChange[] = [];
    const left: Place[] = [{ ...schemas, path: "" }];
    for (let place = left.pop(); place; place = left.pop()) {
      if (this.context.schemas.isSame(place)) continue;
      const parts = { base: this.partsOf("base", place.base), head: this.partsOf("head", place.head) };
      if (this.isKnown(parts)) continue;
      const where = { path: place.path, base: place.base.origin, head: place.head.origin };
      changes.push(...ownChanges(this.context, { base: parts.base.all, head: parts.head.all }, where));
      left.push(...inner(parts, place.path, this.placeOf).toReversed());
    }
    return changes;
  }

  private isKnown({ base, head }: Pair<Parts>): boolean {
    if (base.names.length === 0) return false;
    const key = `${base.names.join()} ${head.names.join()}`;
    const known = this.seen.has(key);
    this.seen.add(key);
    return known;
  }

  private partsOf(side: keyof Pair<unknown>, schema: Schema): Parts {
    const all = this.context.schemas.sets[side].parts([schema]);
    return { all, names: all.flatMap((part) => (part.kind === "ref" ? [part.target] : [])) };
  }
}

/** The schemas that hold together, and those of them that have a name. */
type Parts = { readonly all: readonly Schema[]; readonly names: readonly SchemaId[] };
type Where = Pick<SchemaChange, "path" | "base" | "head">;
/** Two schemas, and where they stand in the body. */
type Place = Pair<Schema> & { readonly path: JsonPointer };

/** What stands at the same members of both, and the alternatives of both. */
function inner({ base, head }: Pair<Parts>, path: JsonPointer, placeOf: Pair<PlaceOf>): Place[] {
  const members = { base: membersOf(base.all), head: membersOf(head.all) };
  const alternatives = {
    base: alternativesOf(base.all, placeOf.base),
    head: alternativesOf(head.all, placeOf.head),
  };
  return [...inBoth(members, (token) => join(path, token)), ...inBoth(alternatives, () => path)];
}

type ByKey = ReadonlyMap<string, Schema>;

function inBoth({ base, head }: Pair<ByKey>, pathOf: (key: string) => JsonPointer): Place[] {
  return [...base].flatMap(([key, schema]) => {
    const other = head.get(key);
    return other ? [{ base: schema, head: other, path: pathOf(key) }] : [];
  });
}

/** Alternatives by their names, or by their places in the list where they have none. */
function alternativesOf(parts: readonly Schema[], placeOf: PlaceOf): ByKey {
  const unions = parts.flatMap((part) => (part.kind === "union" ? [part] : []));
  return new Map(
    unions.flatMap(({ members }, union) =>
      members.map((each, index) => [
        each.kind === "ref" ? placeOf(each.target) : `${union} ${index} of ${members.length}`,
        each,
      ]),
    ),
  );
}

/** Properties by name, items and all further properties as `*`. */
function membersOf(parts: readonly Schema[]): ByKey {
  return new Map(parts.flatMap((part) => [...membersIn(part)]));
}

function* membersIn(part: Schema): Generator<[string, Schema], void> {
  if (part.kind === "array" && part.items) yield ["*", part.items];
  if (part.kind === "array") for (const [index, item] of part.prefixItems.entries()) yield [`${index}`, item];
  if (part.kind !== "object") return;
  for (const { name, schema } of part.properties) yield [nameToken(name), schema];
  for (const { pattern, schema } of part.patternProperties) yield [patternToken(pattern), schema];
  if (part.additionalProperties) yield ["*", part.additionalProperties];
}

function ownChanges(context: Context, both: Pair<readonly Schema[]>, where: Where): SchemaChange[] {
  return [
    ...defaults(both, where),
    ...compareDiscriminators(context, both, where),
    ...extensible(both, where),
    ...mortality(both, where),
    ...contents(both, where),
  ];
}

function first<T>(parts: readonly Schema[], of: (schema: Schema) => T | undefined): T | undefined {
  for (const part of parts) {
    const found = of(part);
    if (found !== undefined) return found;
  }
  return undefined;
}

function defaults({ base, head }: Pair<readonly Schema[]>, where: Where): SchemaChange[] {
  const [before, after] = [base, head].map((parts) => first(parts, (each) => each.default));
  if (jsonEquals(before, after)) return [];
  const verb = before === undefined ? "added" : after === undefined ? "removed" : "changed";
  return [{ ...where, change: `default-value-${verb}`, effect: "keeps", before, after }];
}

/** `x-extensible-enum`: what is listed is taken, and others may come in what the server sends. */
function extensible({ base, head }: Pair<readonly Schema[]>, where: Where): SchemaChange[] {
  const [old, now] = [base, head].map((parts) => first(parts, (each) => each.extensible));
  if (!old || !now) return [];
  return [
    ...without(old, now).map((before) => ({
      ...where,
      change: "x-extensible-enum-value-removed",
      effect: "narrows" as const,
      before,
    })),
    ...without(now, old).map((after) => ({
      ...where,
      change: "x-extensible-enum-value-added",
      effect: "keeps" as const,
      after,
    })),
  ];
}

function mortality({ base, head }: Pair<readonly Schema[]>, where: Where): SchemaChange[] {
  const [old, now] = [isDeprecated(base), isDeprecated(head)];
  if (old === now) return [];
  return [{ ...where, change: now ? "deprecated" : "reactivated", effect: "keeps" }];
}

/** What a text holds: an annotation (Validation 2020-12, section 8), and yet other bytes on the wire. */
function contents({ base, head }: Pair<readonly Schema[]>, where: Where): SchemaChange[] {
  if (![base, head].every((parts) => parts.some(({ kind }) => kind === "string"))) return [];
  return (["contentEncoding", "contentMediaType"] as const).flatMap((keyword) => {
    const [before, after] = [base, head].map((parts) =>
      first(parts, (each) => (each.kind === "string" ? each[keyword] : undefined)),
    );
    if (before === after) return [];
    const verb = before === undefined ? "added" : after === undefined ? "removed" : "changed";
    const name = keyword.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
    return [{ ...where, change: `${name}-${verb}`, effect: "unknown" as const, before, after }];
  });
}

function isDeprecated(parts: readonly Schema[]): boolean {
  return parts.some(({ deprecated }) => deprecated);
}
