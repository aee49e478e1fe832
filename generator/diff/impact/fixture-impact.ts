import { fixtureKeys } from "../../emit/fixture-keys.js";
import { stringLiteral } from "../../emit/literals.js";
import type { SchemaNames } from "../../emit/names.js";
import { buildFixtures } from "../../fixtures/build.js";
import type { FixtureSet } from "../../fixtures/fixture.js";
import type { Judge } from "../../fixtures/prove.js";
import { descendantsOf } from "../../model/descendants.js";
import { reachedFrom } from "../../model/graph.js";
import type { Schema, SchemaId } from "../../model/schema.js";
import { saysSame } from "../sets/canonical.js";
import { placesOf, type PackageSide } from "./changed-parts.js";
import type { Pair } from "../change.js";
import type { FixtureImpact } from "./effects.js";
import { exampleImpact } from "./example-impact.js";
import { changes, Differences, type Compared, type Values } from "./fixture-changes.js";

/**
 * The fixtures that come, go and change with the schemas that themselves differ, as the package writes them: what is another fixture with one
 * thing changed, or holds one of another schema, is not told again. Of a schema that comes or goes as a whole, each export is one entry.
 */
export function fixtureImpact(sides: Pair<PackageSide>, judges: Pair<Judge>): FixtureImpact[] {
  const { pairs, gone, come } = differing(sides);
  const sets = {
    base: fixturesOf([...pairs.map(({ base }) => base), ...gone], sides.base, judges.base),
    head: fixturesOf([...pairs.map(({ head }) => head), ...come], sides.head, judges.head),
  };
  const of = (side: "base" | "head", id: SchemaId): Written => ({
    names: sides[side].names.schemas.get(id)!,
    set: sets[side].get(id)!,
  });
  const compared: Compared = { differences: new Differences(), placeOf: placesOf(sides) };
  return [
    ...gone.flatMap((id) => wholeImpact(of("base", id), "removed")),
    ...pairs.flatMap((ids) => {
      const [old, now] = [of("base", ids.base), of("head", ids.head)];
      return [...changes({ base: valuesOf(old), head: valuesOf(now) }, compared), ...pairsImpact(old, now)];
    }),
    ...come.flatMap((id) => wholeImpact(of("head", id), "added")),
    ...exampleImpact(sides, judges, compared),
  ];
}

/** The fixtures of a schema, and what the package calls them. */
type Written = { readonly names: SchemaNames; readonly set: FixtureSet };

type Sets = ReadonlyMap<SchemaId, FixtureSet>;

/** The schemas that both packages have by one name and that say another thing, and those that only one of them has. */
function differing({ base, head }: Pair<PackageSide>): {
  readonly pairs: readonly Pair<SchemaId>[];
  readonly gone: readonly SchemaId[];
  readonly come: readonly SchemaId[];
} {
  const [old, now] = [byName(base), byName(head)];
  const placeOf = placesOf({ base, head });
  const pairs = [...old].flatMap(([name, id]) => {
    const other = now.get(name);
    return other === undefined ? [] : [{ base: id, head: other }];
  });
  const isOther = (ids: Pair<SchemaId>) =>
    !saysSame({ base: schemaOf(ids.base, base), head: schemaOf(ids.head, head) }, placeOf, SILENT);
  const changed = new Set(pairs.filter(isOther).map((ids) => ids.head));
  // What schemas have in common has no fixtures of its own, and is in those of each.
  for (const { id, isBase } of head.model.schemas.values())
    if (isBase && changed.has(id))
      for (const child of descendantsOf(id, head.model.schemas)) changed.add(child.id);
  const isChanged = ({ head: id }: Pair<SchemaId>) => {
    const { schema } = head.model.schemas.get(id)!;
    return changed.has(id) || (schema.kind === "union" && changed.has(schema.base ?? id));
  };
  return {
    pairs: pairs.filter(isChanged),
    gone: [...old].flatMap(([name, id]) => (now.has(name) ? [] : [id])),
    come: [...now].flatMap(([name, id]) => (old.has(name) ? [] : [id])),
  };
}

function byName({ names }: PackageSide): ReadonlyMap<string, SchemaId> {
  return new Map([...names.schemas].map(([id, { fixtures }]) => [fixtures, id]));
}

/** What people read alone, and where it stands. */
const SILENT: ReadonlySet<string> = new Set(["origin", "title", "description", "deprecated"]);

/** What values are made from: the schema itself with its examples, and its references by their places. */
function schemaOf(id: SchemaId, { model }: PackageSide): Schema {
  return model.schemas.get(id)!.schema;
}

/** The fixtures of the schemas as the whole package has them. */
function fixturesOf(ids: readonly SchemaId[], { model }: PackageSide, judge: Judge): Sets {
  if (ids.length === 0) return new Map();
  const reached = reachedFrom(ids, model.schemas);
  const schemas = new Map([...model.schemas].filter(([id]) => reached.has(id)));
  const scope = { whole: model, wanted: new Set(ids), withPairs: true };
  return buildFixtures({ ...model, schemas, operations: [] }, { judge, prover: judge }, scope).value.schemas;
}

function valuesOf({ names, set }: Written): Values {
  const { type: schema, fixtures, invalidFixtures } = names;
  const keys = fixtureKeys(set);
  return new Map([
    ...set.valid.map((fixture) => [`${fixtures}.${keys.get(fixture.id)}`, { schema, fixture }] as const),
    ...set.invalid.map(
      (fixture) => [`${invalidFixtures}[${stringLiteral(fixture.id)}]`, { schema, fixture }] as const,
    ),
  ]);
}

function wholeImpact({ names, set }: Written, kind: "added" | "removed"): FixtureImpact[] {
  const exported = [
    ...(set.valid.length > 0 ? [names.fixtures] : []),
    ...(hasPairs(set) ? [names.pairs] : []),
    ...(set.invalid.length > 0 ? [names.invalidFixtures] : []),
  ];
  return exported.map((name) => ({ name, schema: names.type, kind }));
}

/** The function that makes pairs is exported where there are some. */
function pairsImpact(old: Written, now: Written): FixtureImpact[] {
  if (hasPairs(old.set) === hasPairs(now.set)) return [];
  const [{ names }, kind] = hasPairs(now.set) ? ([now, "added"] as const) : ([old, "removed"] as const);
  return [{ name: names.pairs, schema: names.type, kind }];
}

function hasPairs({ pairs }: FixtureSet): boolean {
  return pairs !== undefined && pairs.proved > 0;
}
