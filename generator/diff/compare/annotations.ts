import type { Schema, SchemaId } from "../../model/schema.js";
import { addTo, type Groups } from "../../model/order.js";
import { jsonEquals } from "../../source/json.js";
import { join, type JsonPointer } from "../../source/pointer.js";
import { nameToken, patternToken } from "../place.js";
import { placesIn, type PlaceOf } from "../sets/canonical.js";
import { without } from "../sets/values.js";
import type { Context } from "./comparison.js";
import { compareDiscriminators } from "./discriminators.js";
import type { ChangeDirection, Pair, SchemaChange } from "../change.js";

/** Who reads a value, and whether its sender may leave it out. */
export type Reading = { readonly direction: ChangeDirection; readonly isOptional?: boolean | undefined };

/**
 * What schemas say beside which values they allow: defaults, discriminators, `x-extensible-enum`, deprecation. It is compared where both
 * have the same shape; what stands elsewhere is new.
 */
export function compareAnnotations(
  context: Context,
  schemas: Pair<Schema>,
  reading: Reading,
): SchemaChange[] {
  return new AnnotationWalk(context, reading.direction).compare(schemas, reading.isOptional ?? false);
}

class AnnotationWalk {
  private readonly context: Context;
  private readonly direction: ChangeDirection;
  private readonly placeOf: Pair<PlaceOf>;
  /** The pairs of schemas that were seen: what they say is said. */
  private readonly seen = new Set<string>();
  private readonly numbers = new Map<Schema, number>();

  constructor(context: Context, direction: ChangeDirection) {
    this.context = context;
    this.direction = direction;
    const { base, head } = context.models;
    this.placeOf = { base: placesIn(base.schemas), head: placesIn(head.schemas) };
  }

  /** A list of what is left, and no recursion: a row of schemas may be longer than the stack is deep. */
  compare(schemas: Pair<Schema>, isOptional: boolean): SchemaChange[] {
    const changes: SchemaChange[] = [];
    const left: Place[] = [{ base: [schemas.base], head: [schemas.head], path: "", isOptional }];
    for (let place = left.pop(); place; place = left.pop()) {
      if (this.isSame(place)) continue;
      const parts = { base: this.partsOf("base", place.base), head: this.partsOf("head", place.head) };
      if (this.isKnown(parts, place)) continue;
      const { path } = place;
      const both = { base: parts.base.all, head: parts.head.all };
      const reading = { direction: this.direction, isOptional: place.isOptional };
      changes.push(...defaults(both, path, reading), ...this.ownChanges(both, place));
      left.push(...inner(parts, place, this.placeOf).toReversed());
    }
    return changes;
  }

  private ownChanges(both: Pair<readonly Schema[]>, { path, base, head }: Place): SchemaChange[] {
    const direction = this.context.reads.request === this.direction ? "request" : "response";
    const where = whereSaid(both, path, ({ discriminator }) => discriminator);
    const at = { path, base: base[0].origin, head: head[0].origin };
    return [
      ...compareDiscriminators(this.context, both, { where, at, direction }),
      ...extensible(both, path),
      ...mortality(both, path),
      ...contents(both, path),
    ];
  }

  private isSame({ base, head }: Place): boolean {
    const { schemas } = this.context;
    return (
      base.length === head.length &&
      base.every((schema, index) => schemas.isSame({ base: schema, head: head[index]! }))
    );
  }

  private isKnown(parts: Pair<Parts>, { base, head, path, isOptional }: Place): boolean {
    // A member of an alternative is a member of the whole, too.
    const isNamed = parts.base.names.length > 0;
    const key = isNamed
      ? `${parts.base.names.join()} ${parts.head.names.join()} ${isOptional}`
      : `${this.numbersOf(base)} ${this.numbersOf(head)} ${isOptional} ${path}`;
    const known = this.seen.has(key);
    this.seen.add(key);
    return known;
  }

  private numbersOf(schemas: Together): string {
    for (const schema of schemas) if (!this.numbers.has(schema)) this.numbers.set(schema, this.numbers.size);
    return schemas.map((schema) => this.numbers.get(schema)).join();
  }

  private partsOf(side: keyof Pair<unknown>, schemas: Together): Parts {
    const all = this.context.schemas.sets[side].parts(schemas);
    return { all, names: all.flatMap((part) => (part.kind === "ref" ? [part.target] : [])) };
  }
}

/** The schemas that hold together, and those of them that have a name. */
type Parts = { readonly all: readonly Schema[]; readonly names: readonly SchemaId[] };
type Where = Pick<SchemaChange, "path" | "base" | "head">;
/** What holds together of one member. */
type Together = readonly [Schema, ...Schema[]];
/** Schemas of both sides, where they stand in the body, and whether it may be without them. */
type Place = Pair<Together> & { readonly path: JsonPointer; readonly isOptional: boolean };

/** What stands at the same members of both, and the alternatives of both. */
function inner({ base, head }: Pair<Parts>, { path, isOptional }: Place, placeOf: Pair<PlaceOf>): Place[] {
  const optional = optionalIn(base.all);
  const members = { base: membersOf(base.all), head: membersOf(head.all) };
  const alternatives = {
    base: alternativesOf(base.all, placeOf.base),
    head: alternativesOf(head.all, placeOf.head),
  };
  return [
    ...inBoth(members, (token) => ({ path: join(path, token), isOptional: optional.has(token) })),
    ...inBoth(alternatives, () => ({ path, isOptional })),
  ];
}

type ByKey = ReadonlyMap<string, Together>;

function inBoth(
  { base, head }: Pair<ByKey>,
  placeOf: (key: string) => Omit<Place, keyof Pair<unknown>>,
): Place[] {
  return [...base].flatMap(([key, schema]) => {
    const other = head.get(key);
    return other ? [{ base: schema, head: other, ...placeOf(key) }] : [];
  });
}

/** Alternatives by their names, or by their places in the list where they have none. */
function alternativesOf(parts: readonly Schema[], placeOf: PlaceOf): ByKey {
  const unions = parts.flatMap((part) => (part.kind === "union" ? [part] : []));
  return new Map(
    unions.flatMap(({ members }, union) =>
      members.map((each, index) => [
        each.kind === "ref" ? placeOf(each.target) : `${union} ${index} of ${members.length}`,
        [each] as const,
      ]),
    ),
  );
}

/** Properties by name, items and all further properties as `*`: several parts may speak of one. */
function membersOf(parts: readonly Schema[]): ByKey {
  const members: Groups<string, Schema> = new Map();
  for (const part of parts) for (const [key, schema] of membersIn(part)) addTo(members, key, schema);
  return members;
}

function* membersIn(part: Schema): Generator<[string, Schema], void> {
  if (part.kind === "array" && part.items) yield ["*", part.items];
  if (part.kind === "array") for (const [index, item] of part.prefixItems.entries()) yield [`${index}`, item];
  if (part.kind !== "object") return;
  for (const { name, schema, isImplied } of part.properties) if (!isImplied) yield [nameToken(name), schema];
  for (const { pattern, schema } of part.patternProperties) yield [patternToken(pattern), schema];
  if (part.additionalProperties) yield ["*", part.additionalProperties];
}

/** The keys of the properties that no part requires. */
function optionalIn(parts: readonly Schema[]): ReadonlySet<string> {
  const properties = parts.flatMap((part) => (part.kind === "object" ? part.properties : []));
  const required = new Set(properties.filter((each) => each.required).map(({ name }) => name));
  return new Set(properties.flatMap(({ name }) => (required.has(name) ? [] : [nameToken(name)])));
}

/** Where schemas that hold together say something, or would: a reference is no place of it. */
function whereSaid(
  { base, head }: Pair<readonly Schema[]>,
  path: JsonPointer,
  of: (schema: Schema) => unknown,
): Where {
  const saying = (parts: readonly Schema[]) =>
    parts.find((each) => of(each)) ?? parts.find(({ kind }) => kind !== "ref") ?? parts[0]!;
  return { path, base: saying(base).origin, head: saying(head).origin };
}

function first<T>(parts: readonly Schema[], of: (schema: Schema) => T | undefined): T | undefined {
  for (const part of parts) {
    const found = of(part);
    if (found !== undefined) return found;
  }
  return undefined;
}

/**
 * Who leaves out what had another default, sends the same request and means something else: whether that matters, nobody can tell from the
 * documents. What is a default now may have been one before, and what is required is left out by nobody.
 */
function defaults(
  { base, head }: Pair<readonly Schema[]>,
  path: JsonPointer,
  { direction, isOptional }: Reading,
): SchemaChange[] {
  const [before, after] = [base, head].map((parts) => first(parts, (each) => each.default));
  if (jsonEquals(before, after)) return [];
  const verb = before === undefined ? "added" : after === undefined ? "removed" : "changed";
  const isMeant = direction === "request" && isOptional && verb !== "added";
  const judged = isMeant
    ? ({ effect: "unknown", guard: "advisory" } as const)
    : ({ effect: "keeps" } as const);
  const where = whereSaid({ base, head }, path, (each) => each.default !== undefined);
  return [{ ...where, change: `default-value-${verb}`, ...judged, before, after }];
}

/** `x-extensible-enum`: what is listed is taken, and others may come in what the server sends. */
function extensible({ base, head }: Pair<readonly Schema[]>, path: JsonPointer): SchemaChange[] {
  const [old, now] = [base, head].map((parts) => first(parts, (each) => each.extensible));
  if (!old || !now) return [];
  const where = whereSaid({ base, head }, path, (each) => each.extensible);
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

function mortality({ base, head }: Pair<readonly Schema[]>, path: JsonPointer): SchemaChange[] {
  const [old, now] = [isDeprecated(base), isDeprecated(head)];
  if (old === now) return [];
  const where = whereSaid({ base, head }, path, ({ deprecated }) => deprecated);
  return [{ ...where, change: now ? "deprecated" : "reactivated", effect: "keeps" }];
}

/** What a text holds: an annotation (Validation 2020-12, section 8), and yet other bytes on the wire. */
function contents({ base, head }: Pair<readonly Schema[]>, path: JsonPointer): SchemaChange[] {
  if (![base, head].every((parts) => parts.some(({ kind }) => kind === "string"))) return [];
  return (["contentEncoding", "contentMediaType"] as const).flatMap((keyword) => {
    const [before, after] = [base, head].map((parts) =>
      first(parts, (each) => (each.kind === "string" ? each[keyword] : undefined)),
    );
    if (before === after) return [];
    const verb = before === undefined ? "added" : after === undefined ? "removed" : "changed";
    const where = whereSaid({ base, head }, path, (each) => each.kind === "string" && each[keyword]);
    const name = keyword.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
    return [{ ...where, change: `${name}-${verb}`, effect: "unknown" as const, before, after }];
  });
}

function isDeprecated(parts: readonly Schema[]): boolean {
  return parts.some(({ deprecated }) => deprecated);
}
