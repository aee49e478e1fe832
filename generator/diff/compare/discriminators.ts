import { meaningsOfParent } from "../../model/descendants.js";
import type { ApiModel } from "../../model/model.js";
import type { Branch, Discriminator, Schema, SchemaId } from "../../model/schema.js";
import type { JsonValue } from "../../source/json.js";
import { join } from "../../source/pointer.js";
import type { Effect, Pair, SchemaChange } from "../change.js";
import type { Context } from "./comparison.js";

/** Where two schemas stand. */
type Where = Pick<SchemaChange, "path" | "base" | "head">;
/** A schema that has a discriminator. */
type Discriminating = Schema & { readonly discriminator: Discriminator };

function discriminating(parts: readonly Schema[]): Discriminating | undefined {
  return parts.find((part): part is Discriminating => part.discriminator !== undefined);
}

/** A hint for those who read (OpenAPI 3.1.1, Discriminator Object): it forbids no value, but clients choose by it what they read. */
export function compareDiscriminators(
  context: Context,
  { base, head }: Pair<readonly Schema[]>,
  where: Where,
): SchemaChange[] {
  const [old, now] = [discriminating(base), discriminating(head)];
  const [before, after] = [old?.discriminator.property, now?.discriminator.property];
  if (!old && !now) return [];
  if (!old) return [{ ...where, effect: "keeps", change: "discriminator-added", after }];
  if (!now) return [{ ...where, effect: "unknown", change: "discriminator-removed", before }];
  if (before === after)
    return [
      ...mappings(context, { base: old, head: now }, where),
      ...children(context, { base, head }, { ...where, property: old.discriminator.property }),
      ...givenValue({ base, head }, old.discriminator, where),
    ];
  return [{ ...where, effect: "unknown", change: "discriminator-property-name-changed", before, after }];
}

/** What builds on a parent by `allOf`, where no mapping lists it: its name is the value that means it. */
function children(
  { models }: Context,
  { base, head }: Pair<readonly Schema[]>,
  { property, ...where }: Where & { readonly property: string },
): SchemaChange[] {
  // Of those that build on it, no other is meant.
  if ([base, head].some((parts) => givenTo(parts, property).length > 0)) return [];
  const [old, now] = [childValues(models.base, base), childValues(models.head, head)];
  return [
    ...old.unmapped
      .filter((value) => !now.all.has(value))
      .map((before) => ({
        ...where,
        change: "discriminator-mapping-deleted",
        effect: "unknown" as const,
        before,
      })),
    ...now.unmapped
      .filter((value) => !old.all.has(value))
      .map((after) => ({ ...where, change: "discriminator-mapping-added", effect: "keeps" as const, after })),
  ];
}

/** The values that mean those that build on a parent: all of them, and those that no mapping lists. */
function childValues(
  { schemas }: ApiModel,
  parts: readonly Schema[],
): { readonly all: ReadonlySet<string>; readonly unmapped: readonly string[] } {
  const own = discriminating(parts);
  const parent = [...schemas.values()].find(({ schema }) => schema === own);
  const values = parent ? [...meaningsOfParent(parent, schemas).keys()] : [];
  const mapped = new Set(own?.discriminator.mapping.map(({ value }) => value));
  return { all: new Set([...mapped, ...values]), unmapped: values.filter((value) => !mapped.has(value)) };
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

function mappings(context: Context, { base, head }: Pair<Discriminating>, where: Where): SchemaChange[] {
  // An alternative that comes or goes, with the value that its name is, is told as such.
  const areLike =
    base.kind === "union" && head.kind === "union" && base.members.length === head.members.length;
  const [old, now] = [base, head].map((each) => meanings(each, areLike));
  const [stated, restated] = [base, head].map(statedMeanings);
  // The value that the name of a schema is means it without a mapping.
  const isTold = (model: ApiModel, [value, target]: Meaning) =>
    areLike || placeIn(model, target) !== `#${join("/components/schemas", value)}`;
  const change = (name: string, effect: Effect, rest: object) => ({
    ...where,
    change: `discriminator-mapping-${name}`,
    effect,
    ...rest,
  });
  return [
    ...[...old!].flatMap(([value, target]) => {
      const other = now!.get(value) ?? restated!.get(value);
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
          !old!.has(value) && !stated!.has(value) && isTold(context.models.head, [value, target]),
      )
      .map(([after]) => change("added", "keeps", { after })),
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

/** What the names of alternatives mean that do not say themselves which values they have. */
function impliedMeanings(schema: Schema): readonly Meaning[] {
  return branchMeanings(schema, ({ narrowing }) => narrowing !== undefined);
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
    return isWanted(branch) && member.kind === "ref"
      ? branch.values.map((value): Meaning => [String(value), member.target])
      : [];
  });
}
