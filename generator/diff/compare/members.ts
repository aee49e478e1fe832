import { sortedBy } from "../../model/order.js";
import type { Schema } from "../../model/schema.js";
import { join, type JsonPointer } from "../../source/pointer.js";
import type { Mortal, Pair, SchemaChange } from "../change.js";
import { nameToken, patternToken } from "../place.js";
import type { Alternative, Conjunction } from "../sets/alternative.js";
import type { SchemaSets } from "../sets/schema-set.js";
import { memberSchemas } from "../sets/members.js";
import type { Subsets } from "../sets/subset.js";

export type Sets = Pick<SchemaSets, "of" | "parts">;

/** A walk through two schemas, on its way. */
export type Walking = {
  readonly sets: Pair<Sets>;
  readonly areNamesWithin: Subsets["areNamesWithin"];
  /** Goes on with the schemas of a member or an item, in its turn. Its place, like those of changes, is told from here. */
  readonly goOn: (schemas: Pair<Conjunction>, path: JsonPointer) => void;
};

/** What two objects say otherwise of their members: those with names, those of patterns, all others. */
export function memberChanges(both: Pair<Alternative>, walking: Walking): SchemaChange[] {
  const { base, head } = both;
  const names = sortedBy(new Set([...base.properties.keys(), ...head.properties.keys()]), (name) => name);
  return [
    ...patterns(both, walking),
    ...names.flatMap((name) => property(both, { name, path: join("", nameToken(name)) }, walking)),
    ...additional(both, walking),
  ];
}

/** A member by its name, and where it stands. */
type Named = { readonly name: string; readonly path: JsonPointer };

/** What is forbidden, or is no longer, with all members that have no name is told by those. */
function property(
  { base, head }: Pair<Alternative>,
  { name, path }: Named,
  { sets, goOn }: Walking,
): SchemaChange[] {
  const [old, now] = [base.properties.get(name), head.properties.get(name)];
  const where = { path, base: old?.origin ?? base.origin, head: now?.origin ?? head.origin };
  const schemas = { base: memberSchemas(base, name).flat(), head: memberSchemas(head, name).flat() };
  const isForbidden = (side: keyof Pair<unknown>) => sets[side].of(schemas[side]).length === 0;
  // What might not be there was no property that could go.
  const wasForbidden = !now && !old!.required && isForbidden("base");
  // A member that one side calls by its name, the other may describe by a pattern, or with all others; `additionalProperties: true`
  // says no more than its absence (Core 2020-12, section 10.3.2.3). What a direction leaves out has its name all the same.
  const unnamed = old ? (now ? undefined : "head") : "base";
  const isLeftOut = [base, head].some(({ leftOut }) => leftOut?.has(name));
  const isSaid =
    unnamed && !isLeftOut && sets[unnamed].parts(schemas[unnamed]).some(({ kind }) => kind !== "any");
  const isDescribed = isSaid && !isForbidden("base") && !isForbidden("head");
  if (wasForbidden || isDescribed) goOn(schemas, path);
  if (wasForbidden) return [];
  if (!now && !isDescribed) return removed({ base, head }, { ...where, name }, sets);
  // What was described with others, and may be left out still, is not new.
  const isKnown = isDescribed && !now?.required;
  if (!old) return isKnown ? [] : added({ base, head }, { ...where, name }, sets);
  const isRequired = now?.required ?? false;
  const became =
    old.required === isRequired
      ? []
      : [
          isRequired
            ? { ...where, change: "became-required", effect: "narrows" as const }
            : { ...where, change: "became-optional", effect: "widens" as const },
        ];
  const hasDefault = isRequired && hasDefaultIn(schemas.head, sets.head);
  const guarded = hasDefault ? became.map((each) => ({ ...each, guard: "has-default" as const })) : became;
  const isOpen = openness({ base, head }, sets);
  const goesWithOthers =
    isOpen.base !== isOpen.head && isOpen.base !== isForbidden("base") && isOpen.head !== isForbidden("head");
  if (now && !goesWithOthers) goOn(schemas, path);
  return guarded;
}

/** Where a member is or was, and its name. */
type Where = Pick<SchemaChange, "path" | "base" | "head"> & { readonly name: string };

function hasDefaultIn(schemas: Conjunction, sets: Sets): boolean {
  return sets.parts(schemas).some((schema) => schema.default !== undefined);
}

/** What the one direction sees no longer may be sent still: the marks are annotations (Validation 2020-12, section 9.4). */
const MARKED = { effect: "unknown", guard: "advisory" } as const;

function removed(
  { base, head }: Pair<Alternative>,
  { name, ...where }: Where,
  sets: Pair<Sets>,
): SchemaChange[] {
  const { required, schemas } = base.properties.get(name)!;
  const left = head.leftOut?.get(name);
  if (left) {
    // Responses are without what they had to have.
    const isMissed = required && left.mark === "write-only";
    const effect = isMissed ? ({ effect: "widens" } as const) : MARKED;
    return [{ ...where, head: left.origin, change: `became-${left.mark}`, ...effect }];
  }
  const isForbidden = memberSchemas(head, name).some((each) => sets.head.of(each).length === 0);
  const change = required ? "required-property-removed" : "optional-property-removed";
  const effect = isForbidden ? (required ? "both" : "narrows") : "widens";
  const mortal = sets.base.parts(schemas).find(({ deprecated }) => deprecated);
  return [{ ...where, change, effect, before: name, ...(mortal && { mortal: mortalOf(mortal) }) }];
}

function added(
  { base, head }: Pair<Alternative>,
  { name, ...where }: Where,
  sets: Pair<Sets>,
): SchemaChange[] {
  const { required, schemas } = head.properties.get(name)!;
  const left = base.leftOut?.get(name);
  const guard = hasDefaultIn(schemas, sets.head) ? ({ guard: "has-default" } as const) : {};
  if (left) {
    // Requests need what they had not to have.
    const isNeeded = required && left.mark === "read-only";
    const effect = isNeeded ? ({ effect: "narrows", ...guard } as const) : MARKED;
    return [{ ...where, base: left.origin, change: `became-not-${left.mark}`, ...effect }];
  }
  const wasForbidden = memberSchemas(base, name).some((each) => sets.base.of(each).length === 0);
  const found = { ...where, after: name };
  if (required) {
    const effect = wasForbidden ? "both" : "narrows";
    return [{ ...found, change: "required-property-added", effect, ...guard }];
  }
  // Nobody has sent what was not described, so nothing is narrower; and clients pass over what they do not know.
  const effect = wasForbidden ? "widens" : "keeps";
  return [{ ...found, change: "optional-property-added", effect }];
}

/** Whether an object may have further members. */
function openness({ base, head }: Pair<Alternative>, sets: Pair<Sets>): Pair<boolean> {
  return {
    base: sets.base.of(base.additional).length > 0,
    head: sets.head.of(head.additional).length > 0,
  };
}

function additional({ base, head }: Pair<Alternative>, { sets, goOn }: Walking): SchemaChange[] {
  const isOpen = openness({ base, head }, sets);
  const where = { path: "", base: base.origin, head: head.origin };
  if (isOpen.base && !isOpen.head)
    return [{ ...where, change: "additional-properties-forbidden", effect: "narrows" }];
  if (!isOpen.base && isOpen.head)
    return [{ ...where, change: "additional-properties-allowed", effect: "widens" }];
  goOn({ base: base.additional, head: head.additional }, join("", "*"));
  return [];
}

/** Members that are called after patterns; where one side has another pattern, by those of its own that match what that does. */
function patterns(both: Pair<Alternative>, walking: Walking): SchemaChange[] {
  const { base, head } = both;
  const all = new Set([...base.patternProperties.keys(), ...head.patternProperties.keys()]);
  return sortedBy(all, (each) => each).flatMap((pattern) => {
    const [old, now] = [base, head].map((each) => named(each, pattern, walking));
    const changes = old && now ? undefined : otherNames(both, pattern, walking);
    if (changes) return changes;
    walking.goOn(
      { base: old ?? base.additional, head: now ?? head.additional },
      join("", patternToken(pattern)),
    );
    return [];
  });
}

/** What an object says of all members whose names match a pattern; undefined where its patterns do not match all of those. */
function named(
  { patternProperties }: Alternative,
  pattern: string,
  { areNamesWithin }: Walking,
): Conjunction | undefined {
  const own = patternProperties.get(pattern);
  const around = own ? [] : [...patternProperties].filter(([each]) => areNamesWithin(pattern, [each]));
  return own ?? (around.length > 0 ? around.flatMap(([, schemas]) => schemas) : undefined);
}

/**
 * What it means that one side has a pattern, and the other those that match some of its names: nothing where they match all of them together, and
 * more or fewer names where the other side forbids the rest. Undefined where that does not tell it.
 */
function otherNames(
  both: Pair<Alternative>,
  pattern: string,
  { areNamesWithin, sets }: Walking,
): SchemaChange[] | undefined {
  const isNew = !both.base.patternProperties.has(pattern);
  const [wide, narrow] = isNew ? (["head", "base"] as const) : (["base", "head"] as const);
  const parts = [...both[narrow].patternProperties].filter(([each]) => areNamesWithin(each, [pattern]));
  const names = parts.map(([name]) => name);
  if (names.length === 0) return undefined;
  if (areNamesWithin(pattern, names)) return [];
  const schemas = both[wide].patternProperties.get(pattern)!;
  const isForbidden = (side: typeof wide, each: Conjunction) => sets[side].of(each).length === 0;
  if (isForbidden(wide, schemas) || !isForbidden(narrow, both[narrow].additional)) return undefined;
  const origins = { [wide]: schemas[0]?.origin, [narrow]: parts[0]?.[1][0]?.origin };
  const few = names.join("|");
  return [
    isNew
      ? { ...WIDENED, ...origins, before: few, after: pattern }
      : { ...NARROWED, ...origins, before: pattern, after: few },
  ];
}

const WIDENED = { path: "", change: "pattern-properties-widened", effect: "widens" } as const;
const NARROWED = { path: "", change: "pattern-properties-narrowed", effect: "narrows" } as const;

function mortalOf({ deprecated, sunset }: Schema): Mortal {
  return { ...(deprecated && { deprecated }), ...(sunset !== undefined && { sunset }) };
}
