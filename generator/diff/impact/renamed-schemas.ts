import type { SchemaNames } from "../../emit/names.js";
import type { ApiModel } from "../../model/model.js";
import { groupedBy, sortedBy } from "../../model/order.js";
import type { Schema, SchemaId } from "../../model/schema.js";
import { Likeness } from "../sets/likeness.js";
import type { referencesAmong } from "./cause.js";
import type { PackageSide } from "./changed-parts.js";
import type { Pair } from "../change.js";

/** Schemas that are called otherwise: the new one, by the old. */
export type RenamedSchemas = {
  /** Those that say the same. */
  readonly twins: ReadonlyMap<SchemaId, SchemaId>;
  /** Those that have changed, too. */
  readonly heirs: ReadonlyMap<SchemaId, SchemaId>;
};

type Named = readonly (readonly [SchemaId, SchemaNames])[];

/** Of the schemas whose names have gone, and of those whose names have come, the pairs that are one. */
export function renamedSchemas(
  { base, head }: Pair<Named>,
  references: Pair<ReturnType<typeof referencesAmong>>,
  sides: Pair<PackageSide>,
): RenamedSchemas {
  const twins = twinsOf(base, head, sides);
  const left = { base: unpaired(base, twins.keys()), head: unpaired(head, twins.values()) };
  return { twins, heirs: heirsOf(left, references, sides) };
}

/** Of each schema whose name is gone, the new one that says the same; of several, the one whose name is most like it. */
function twinsOf(
  gone: Named,
  come: Named,
  { base, head }: Pair<PackageSide>,
): ReadonlyMap<SchemaId, SchemaId> {
  const schemas = { base: base.model.schemas, head: head.model.schemas };
  const likeness = new Likeness(schemas);
  const schemaOf = (side: keyof Pair<unknown>, id: SchemaId) => schemas[side].get(id)!.schema;
  const alike = groupedBy(come, ([id]) => outlineOf(schemaOf("head", id), schemas.head));
  const twins = new Map<SchemaId, SchemaId>();
  const taken = new Set<SchemaId>();
  for (const [id, { type }] of gone) {
    const old = schemaOf("base", id);
    const candidates = alike.get(outlineOf(old, schemas.base)) ?? [];
    const free = candidates.filter(([other]) => !taken.has(other));
    const order = sortedBy(free, ([, other]) => mostFirst(commonLength(type, other.type)));
    const twin = order.find(([other]) => likeness.isAlike({ base: old, head: schemaOf("head", other) }));
    if (!twin) continue;
    twins.set(id, twin[0]);
    taken.add(twin[0]);
  }
  return twins;
}

function unpaired(all: Named, paired: Iterable<SchemaId>): Named {
  const known = new Set(paired);
  return all.filter(([id]) => !known.has(id));
}

/** Of each schema whose name is gone, the new one like it that all refer to that referred to it: it was called otherwise, and changed. */
function heirsOf(
  { base, head }: Pair<Named>,
  references: Pair<ReturnType<typeof referencesAmong>>,
  sides: Pair<PackageSide>,
): ReadonlyMap<SchemaId, SchemaId> {
  const placesOf = (side: keyof Pair<unknown>, id: SchemaId) =>
    sortedBy(new Set(references[side](id).map(({ pointer }) => pointer)), (pointer) => pointer).join("\n");
  const rivals = groupedBy(base, ([id]) => placesOf("base", id));
  const heirs = groupedBy(head, ([id]) => placesOf("head", id));
  return new Map(
    [...rivals].flatMap(([places, [old, ...others]]) => {
      const [now, ...more] = heirs.get(places) ?? [];
      if (places === "" || !old || !now || others.length + more.length > 0) return [];
      const [was, is] = [sides.base.model.schemas.get(old[0])!, sides.head.model.schemas.get(now[0])!];
      return isMuchLike(was.schema, is.schema) ? [[old[0], now[0]] as const] : [];
    }),
  );
}

/** True for objects that have half of their properties in common; what they hold may have changed. */
function isMuchLike(a: Schema, b: Schema): boolean {
  if (a.kind !== "object" || b.kind !== "object") return false;
  const names = new Set(a.properties.map(({ name }) => name));
  const common = b.properties.filter(({ name }) => names.has(name)).length;
  return common > 0 && common * 2 >= Math.max(a.properties.length, b.properties.length);
}

/** What schemas that say the same have in common, and few others have. */
function outlineOf(schema: Schema, schemas: ApiModel["schemas"]): string {
  const passed = new Set<Schema>();
  let found = schema;
  while (found.kind === "ref" && !passed.has(found)) {
    passed.add(found);
    found = schemas.get(found.target)?.schema ?? found;
  }
  return JSON.stringify([
    found.kind,
    found.kind === "object" ? found.properties.map(({ name }) => name) : [],
  ]);
}

/** How many letters two names have in common at their ends. */
function commonLength(a: string, b: string): number {
  const most = Math.min(a.length, b.length);
  let [start, end] = [0, 0];
  while (start < most && a[start] === b[start]) start += 1;
  while (end < most - start && a[a.length - 1 - end] === b[b.length - 1 - end]) end += 1;
  return start + end;
}

/** As a text that is sorted. */
function mostFirst(length: number): string {
  return String(1_000_000 - length).padStart(7, "0");
}
