import { meaningsOfParent } from "../../model/descendants.js";
import { implicitValue } from "../../model/discriminator.js";
import type { Direction } from "../../model/graph.js";
import type { ApiModel, NamedSchema } from "../../model/model.js";
import type { Branch, Discriminator, Schema, SchemaId } from "../../model/schema.js";
import { jsonEquals, type JsonValue } from "../../source/json.js";
import { join, type JsonPointer } from "../../source/pointer.js";
import type { Effect, Pair, SchemaChange } from "../change.js";
import type { Context } from "./comparison.js";

/** Where two schemas stand. */
type Where = Pick<SchemaChange, "path" | "base" | "head">;
/** A schema that has a discriminator. */
type Discriminating = Schema & { readonly discriminator: Discriminator };

function discriminating(parts: readonly Schema[]): Discriminating | undefined {
  return parts.find((part): part is Discriminating => part.discriminator !== undefined);
}

/**
 * A hint for those who read (OpenAPI 3.1.1, Discriminator Object): it forbids no value, but clients choose by it what they read.
 *
 * @param where the discriminators stand.
 * @param at where the schemas are asked for, which may be references.
 * @param direction of the messages that the schemas are of.
 */
export function compareDiscriminators(
  context: Context,
  { base, head }: Pair<readonly Schema[]>,
  { where, at, direction }: { readonly where: Where; readonly at: Where; readonly direction: Direction },
): SchemaChange[] {
  const [old, now] = [discriminating(base), discriminating(head)];
  const [before, after] = [old?.discriminator.property, now?.discriminator.property];
  if (!old && !now) return [];
  if (!old) return [{ ...where, effect: "keeps", change: "discriminator-added", after }];
  if (!now) return [{ ...where, effect: "unknown", change: "discriminator-removed", before }];
  if (before === after)
    return [
      ...mappings(context, { base: old, head: now }, { ...where, direction }),
      ...fallbacks(context, { base: old, head: now }, where),
      ...children(context, { base, head }, { ...where, property: old.discriminator.property, direction }),
      ...givenValue({ base, head }, old.discriminator, at),
    ];
  return [{ ...where, effect: "unknown", change: "discriminator-property-name-changed", before, after }];
}

/** What builds on a parent by `allOf`, by the value that means it: its name, where no mapping lists it. */
function children(
  context: Context,
  { base, head }: Pair<readonly Schema[]>,
  { property, direction, ...where }: Where & { readonly property: string; readonly direction: Direction },
): SchemaChange[] {
  // Of those that build on it, no other is meant; what a union lists is compared with it.
  if ([base, head].some((parts) => givenTo(parts, property).length > 0)) return [];
  if ([base, head].every((parts) => discriminating(parts)?.kind === "union")) return [];
  const { models } = context;
  const [old, now] = [familyOf(models.base, base, direction), familyOf(models.head, head, direction)];
  return [
    ...ofChildren(context, { base: old, head: now }, { property, path: where.path }),
    ...old.unmapped
      .filter((value) => !now.values.has(value))
      .concat(leaving(old, now))
      .map((before) => ({
        ...where,
        change: "discriminator-mapping-deleted",
        effect: "unknown" as const,
        before,
      })),
    ...now.unmapped
      .filter((value) => !old.values.has(value))
      .concat(leaving(now, old))
      .map((after) => ({
        ...where,
        change: "discriminator-mapping-added",
        effect: effectOfNew(direction),
        after,
      })),
  ];
}

/** What values mean that the other family lists still, where they mean none that builds on its parent. */
function leaving(from: Family, to: Family): readonly string[] {
  return [...from.values].flatMap(([value, kind]) =>
    kind && to.values.has(value) && !to.values.get(value) ? [value] : [],
  );
}

/** Who reads a parent knows what builds on it: a client that is told of another has no place for it. */
function effectOfNew(direction: Direction): Effect {
  return direction === "response" ? "unknown" : "keeps";
}

/**
 * What changes of those that a value means before and after. Who takes the document at its word does not look there from their parent, and
 * packages do: it breaks where a value shows it, as packages read the documents.
 */
function ofChildren(
  { schemas }: Context,
  { base, head }: Pair<Family>,
  { property, path }: { readonly property: string; readonly path: JsonPointer },
): SchemaChange[] {
  const parents = base.views.flatMap((old) => head.views.map((now) => ({ base: [old], head: [now] })));
  const told = new Set(parents.flatMap((pair) => schemas.changes(pair)).map(toldAt));
  return [...base.values].flatMap(([value, old]) => {
    const now = head.values.get(value);
    if (!old || !now) return [];
    // A child that says, or says no more, the value that means it says what is known.
    const isKnown = (each: SchemaChange) =>
      each.path === join("", property) &&
      [each.before, each.after].some((said) => said !== undefined && jsonEquals(said, [value]));
    return schemas
      .changes({ base: [old], head: [now] })
      .filter((each) => !told.has(toldAt(each)) && !isKnown(each))
      .map((each): SchemaChange => ({ guard: "meant", ...each, path: path + each.path }));
  });
}

/** What is told, and where it stands in both documents. */
function toldAt({ change, base, head }: SchemaChange): string {
  return JSON.stringify([change, base, head]);
}

/** A parent, and what builds on it. */
type Family = {
  /** The parent, as each direction sees it. */
  readonly views: readonly Schema[];
  /** The values of its discriminator, with what they mean where that builds on it, as the direction sees it. */
  readonly values: ReadonlyMap<string, Schema | undefined>;
  /** Those that no mapping lists. */
  readonly unmapped: readonly string[];
};

function familyOf({ schemas }: ApiModel, parts: readonly Schema[], direction: Direction): Family {
  const own = discriminating(parts);
  if (own?.kind === "union") {
    const listed = [...meanings(own, true), ...statedMeanings(own)];
    const values = new Map(listed.map(([value, target]) => [value, schemas.get(target)?.schema]));
    return { views: [own], values, unmapped: [] };
  }
  const named = [...schemas.values()];
  const parent = named.find(({ schema }) => schema === own);
  const meant = [...(parent ? meaningsOfParent(parent, schemas) : [])];
  const mapped = new Map(own?.discriminator.mapping.map(({ value }) => [value, undefined]));
  const seen = ({ view }: NamedSchema) => view === undefined || view.direction === direction;
  return {
    views: named.filter(({ place }) => place === parent?.place).map(({ schema }) => schema),
    values: new Map([...mapped, ...meant.map(([value, all]) => [value, all.find(seen)?.schema] as const)]),
    unmapped: meant.flatMap(([value]) => (mapped.has(value) ? [] : [value])),
  };
}

/** What builds on a schema is meant by another value now: by another mapping, which is told as such, or by another name. */
function givenValue(
  { base, head }: Pair<readonly Schema[]>,
  { property, mapping }: Discriminator,
  where: Where,
): SchemaChange[] {
  const [before, after] = [givenTo(base, property), givenTo(head, property)];
  const isMapped = (value: JsonValue) => mapping.some((each) => each.value === value);
  const isStill = (value: JsonValue) => after.some((each) => each === value);
  if (before.length === 0 || after.length === 0 || before.every((value) => isStill(value) || isMapped(value)))
    return [];
  return [{ ...where, effect: "unknown", change: "discriminator-value-changed", before, after }];
}

/** The values that the discriminator of a parent gives. */
function givenTo(parts: readonly Schema[], property: string): readonly JsonValue[] {
  return parts.flatMap((part) => {
    const given = part.kind === "object" && part.isGiven ? part.properties : [];
    return given.flatMap(({ name, schema }) =>
      name === property && schema.kind === "literals" ? schema.values : [],
    );
  });
}

function mappings(
  context: Context,
  { base, head }: Pair<Discriminating>,
  { direction, ...where }: Where & { readonly direction: Direction },
): SchemaChange[] {
  // What a union has got as an alternative is told as such.
  const effectOfAdded = head.kind === "union" ? "keeps" : effectOfNew(direction);
  // An alternative that comes or goes, with the value that its name is, is told as such.
  const areLike =
    base.kind === "union" && head.kind === "union" && base.members.length === head.members.length;
  const [old, now] = [base, head].map((each) => meanings(each, areLike));
  const [stated, restated] = [base, head].map(statedMeanings);
  // The value that the name of a schema is means it without a mapping.
  const isTold = (model: ApiModel, [value, target]: Meaning) =>
    areLike || placeIn(model, target) !== `#${join("/components/schemas", value)}`;
  // What is known by no value meant it before, too.
  const { fallback } = base.discriminator;
  const wasMeant = (target: SchemaId) =>
    fallback !== undefined && placeIn(context.models.base, fallback) === placeIn(context.models.head, target);
  const change = (name: string, effect: Effect, rest: object) => ({
    ...where,
    change: `discriminator-mapping-${name}`,
    effect,
    ...rest,
  });
  return [
    ...[...old!].flatMap(([value, target]) => {
      const other = now!.get(value) ?? restated!.get(value) ?? head.discriminator.fallback;
      if (other === undefined)
        return isTold(context.models.base, [value, target])
          ? [change("deleted", "unknown", { before: value })]
          : [];
      const [before, after] = [placeIn(context.models.base, target), placeIn(context.models.head, other)];
      return before === after || isSameTarget(context, { base: target, head: other })
        ? []
        : [change("changed", "unknown", { before, after })];
    }),
    ...[...now!]
      .filter(
        ([value, target]) =>
          !old!.has(value) &&
          !stated!.has(value) &&
          !wasMeant(target) &&
          isTold(context.models.head, [value, target]),
      )
      .map(([after]) => change("added", effectOfAdded, { after })),
  ];
}

/** `defaultMapping` (OpenAPI 3.2.0, Discriminator Object). */
function fallbacks(context: Context, { base, head }: Pair<Discriminating>, where: Where): SchemaChange[] {
  const [old, now] = [base.discriminator.fallback, head.discriminator.fallback];
  const isSame = old !== undefined && now !== undefined && isSameTarget(context, { base: old, head: now });
  if (old === now || isSame) return [];
  const { models } = context;
  return [
    {
      ...where,
      effect: "unknown",
      change: "discriminator-default-mapping-changed",
      before: old === undefined ? null : placeIn(models.base, old),
      after: now === undefined ? null : placeIn(models.head, now),
    },
  ];
}

/** Where a schema stands, as seen from the entry document: as a mapping there has it. */
function placeIn({ schemas }: ApiModel, id: SchemaId): string {
  return schemas.get(id)?.place ?? id;
}

function isSameTarget({ models, schemas }: Context, ids: Pair<SchemaId>): boolean {
  const [base, head] = [models.base.schemas.get(ids.base)?.schema, models.head.schemas.get(ids.head)?.schema];
  return base !== undefined && head !== undefined && schemas.isSame({ base, head });
}

type Meaning = readonly [value: string, target: SchemaId];

/** What each value means: by the mapping, and where it is asked for, by the names of alternatives. */
function meanings(schema: Discriminating, withNames: boolean): ReadonlyMap<string, SchemaId> {
  const stated = schema.discriminator.mapping.map(({ value, target }): Meaning => [value, target]);
  return new Map([...stated, ...(withNames ? impliedMeanings(schema) : [])]);
}

/** What the names of alternatives mean that do not say themselves which values they have: of all that is not known, the name of one, too. */
function impliedMeanings(schema: Discriminating): readonly Meaning[] {
  const { fallback, mapping } = schema.discriminator;
  const isNamed =
    schema.kind === "union" && schema.branches && mapping.every(({ target }) => target !== fallback);
  const name = fallback !== undefined && isNamed ? implicitValue(fallback) : undefined;
  return [
    ...(fallback === undefined || name === undefined ? [] : [[name, fallback] as const]),
    ...branchMeanings(schema, ({ narrowing }) => narrowing !== undefined),
  ];
}

/** What the values mean that alternatives say themselves. */
function statedMeanings(schema: Schema): ReadonlyMap<string, SchemaId> {
  return new Map(branchMeanings(schema, ({ narrowing }) => narrowing === undefined));
}

function branchMeanings(schema: Schema, isWanted: (branch: Branch) => boolean): readonly Meaning[] {
  if (schema.kind !== "union") return [];
  const { members, branches = [] } = schema;
  return branches.flatMap((branch, index) => {
    const member = members[index]!;
    if (!isWanted(branch) || member.kind !== "ref") return [];
    return branch.values.map((value): Meaning => [String(value), member.target]);
  });
}
