import { sortedBy } from "../../model/order.js";
import type { JsonValue } from "../../source/json.js";
import { formatEffect } from "./format-effects.js";
import {
  LOWER_BOUNDS,
  UPPER_BOUNDS,
  type Alternative,
  type BoundKeyword,
  type Facets,
  type Opaque,
  type SetType,
} from "../sets/alternative.js";
import { listOfNames } from "../sets/members.js";
import { without } from "../sets/values.js";
import { holdsIntegers, holdsUnique, impliesBound, impliesMultiple } from "../sets/facets-within.js";
import { effectOf, type Pair, type SchemaChange } from "../change.js";

/** Values that are listed: `enum` and `const` (Validation 2020-12, sections 6.1.2 and 6.1.3). */
export function listed({ base, head }: Pair<Alternative>, openEnums: boolean): SchemaChange[] {
  const where = { path: "", base: base.origin, head: head.origin };
  const [old, now] = [base.values, head.values];
  if (!old && !now) return [];
  const guard = openEnums && isOpenable(base) ? ({ guard: "open-enum" } as const) : {};
  if (!old) return [{ ...where, change: "enum-added", effect: "narrows", after: now! }];
  if (!now) return [{ ...where, change: "enum-removed", effect: "widens", before: old, ...guard }];
  if (base.isConst && head.isConst) {
    if (without(old, now).length + without(now, old).length === 0) return [];
    return [{ ...where, change: "const-changed", effect: "both", before: old[0]!, after: now[0]! }];
  }
  return listChanges("enum-value", { base: old, head: now }, where, (value) =>
    typeof value === "string" ? guard : {},
  );
}

/** Names that `propertyNames` lists on both sides. */
export function names({ base, head }: Pair<Alternative>, openEnums: boolean): SchemaChange[] {
  const [old, now] = [listOfNames(base), listOfNames(head)];
  if (!old || !now) return [];
  const where = { path: "", base: old.origin, head: now.origin };
  const guard = openEnums && old.names.length > 1 ? ({ guard: "open-enum" } as const) : {};
  return listChanges("property-name", { base: old.names, head: now.names }, where, () => guard);
}

/** What one of two lists alone allows. */
function listChanges(
  name: string,
  { base, head }: Pair<readonly JsonValue[]>,
  where: Pick<SchemaChange, "path" | "base" | "head">,
  guardOf: (come: JsonValue) => Pick<SchemaChange, "guard">,
): SchemaChange[] {
  return [
    ...without(base, head).map((before) => ({
      ...where,
      change: `${name}-removed`,
      effect: "narrows" as const,
      before,
    })),
    ...without(head, base).map((after) => ({
      ...where,
      change: `${name}-added`,
      effect: "widens" as const,
      after,
      ...guardOf(after),
    })),
  ];
}

/** An enum of several texts, which the types of responses leave open; one of a single value is a constant. */
function isOpenable({ values = [], isConst }: Alternative): boolean {
  return !isConst && values.length > 1 && values.every((value) => typeof value === "string");
}

/** `minLength` → `min-length`, in the manner of the ids of oasdiff. */
const BOUND_NAMES: { readonly [K in BoundKeyword]: string } = {
  minimum: "min",
  exclusiveMinimum: "exclusive-min",
  minLength: "min-length",
  minItems: "min-items",
  minProperties: "min-properties",
  maximum: "max",
  exclusiveMaximum: "exclusive-max",
  maxLength: "max-length",
  maxItems: "max-items",
  maxProperties: "max-properties",
  minContains: "min-contains",
  maxContains: "max-contains",
};

/** Bounds and lengths (Validation 2020-12, sections 6.2 to 6.5). */
export function bounds({ base, head }: Pair<Alternative>): SchemaChange[] {
  return [...LOWER_BOUNDS, ...UPPER_BOUNDS].flatMap((keyword): SchemaChange[] => {
    const [old, now] = [base.facets.bounds.get(keyword), head.facets.bounds.get(keyword)];
    if (old?.value === now?.value || !isSameContains({ base, head }, keyword)) return [];
    const where = { path: "", base: old?.origin ?? base.origin, head: now?.origin ?? head.origin };
    const change = { ...where, before: old?.value, after: now?.value };
    const name = BOUND_NAMES[keyword];
    // A bound that something else says, too, is the same said otherwise.
    const isKept = !now || impliesBound(base, keyword, now.value);
    if (isKept && (!old || impliesBound(head, keyword, old.value))) return [];
    if (!old) return [{ ...change, change: `${name}-set`, effect: "narrows" }];
    if (!now) return [{ ...change, change: `${name}-removed`, effect: "widens" }];
    const isHigher = now.value > old.value;
    const isLower = (LOWER_BOUNDS as readonly string[]).includes(keyword);
    return [
      {
        ...change,
        change: `${name}-${isHigher ? "increased" : "decreased"}`,
        effect: isHigher === isLower ? "narrows" : "widens",
      },
    ];
  });
}

/** What is there or not, and is not said in other words: `integer`, `uniqueItems`, `multipleOf`. */
export function flags({ base, head }: Pair<Alternative>): SchemaChange[] {
  const where = { path: "", base: base.origin, head: head.origin };
  const flag = (
    name: "integer" | "uniqueItems",
    isHeld: (facets: Facets) => boolean,
    [on, off]: readonly [string, string],
  ): SchemaChange[] => {
    const isSame = base.facets[name] === head.facets[name] || isHeld(base.facets) === isHeld(head.facets);
    if (isSame) return [];
    return [
      head.facets[name]
        ? { ...where, change: on, effect: "narrows" }
        : { ...where, change: off, effect: "widens" },
    ];
  };
  const [before, after] = [base.facets.multipleOf, head.facets.multipleOf];
  const effect = effectOf({
    narrows: !after.every((step) => impliesMultiple(base.facets, step)),
    widens: !before.every((step) => impliesMultiple(head.facets, step)),
  });
  const multiples: SchemaChange[] =
    effect === "keeps"
      ? []
      : [{ ...where, change: "multiple-of-changed", effect, before: [...before], after: [...after] }];
  return [
    ...flag("integer", holdsIntegers, ["became-integer", "became-number"]),
    ...flag("uniqueItems", holdsUnique, ["unique-items-set", "unique-items-removed"]),
    ...multiples,
  ];
}

/** How many items fit `contains` says nothing beside another `contains`. */
function isSameContains({ base, head }: Pair<Alternative>, keyword: BoundKeyword): boolean {
  if (!keyword.endsWith("Contains")) return true;
  const texts = [base, head].map(({ opaque: constraints }) =>
    [...constraints.keys()].filter((key) => key.startsWith("contains ")).join(),
  );
  return texts[0] === texts[1];
}

/** Whether one side says what a constraint does that is a pattern or holds a schema, in whatever words. */
type Implies = (one: Alternative, key: string, constraint: Opaque) => boolean;

/**
 * Constraints that are compared by their text: nobody can tell what another one does, until somebody shows a value.
 *
 * @param implies asked of the base, and of the head.
 */
export function opaque({ base, head }: Pair<Alternative>, implies: Pair<Implies>): SchemaChange[] {
  const told = listOfNames(base) && listOfNames(head) ? "propertyNames" : undefined;
  const gone = [...base.opaque].filter(([key, { keyword }]) => keyword !== told && !head.opaque.has(key));
  const come = [...head.opaque].filter(([key, { keyword }]) => keyword !== told && !base.opaque.has(key));
  const keywords = sortedBy(new Set([...gone, ...come].map(([, { keyword }]) => keyword)), (each) => each);
  return keywords.flatMap((keyword) => {
    const isOwn = ([, each]: readonly [string, Opaque]) => each.keyword === keyword;
    const [old, now] = [gone.find(isOwn)?.[1], come.find(isOwn)?.[1]];
    const isSame =
      come.filter(isOwn).every(([key, each]) => isDecidable(each) && implies.base(base, key, each)) &&
      gone.filter(isOwn).every(([key, each]) => isDecidable(each) && implies.head(head, key, each));
    const what = opaqueEffect({ keyword, type: base.type }, old, now);
    if (isSame || what.effect === "keeps") return [];
    const name = keyword.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
    return [
      {
        path: "",
        base: old?.origin ?? base.origin,
        head: now?.origin ?? head.origin,
        change: `${name}-${old ? (now ? "changed" : "removed") : "added"}`,
        ...what,
        before: old?.text,
        after: now?.text,
      },
    ];
  });
}

function isDecidable({ keyword, schema }: Opaque): boolean {
  return keyword === "pattern" || schema !== undefined;
}

function opaqueEffect(
  { keyword, type }: { readonly keyword: string; readonly type: SetType },
  old?: Opaque,
  now?: Opaque,
): ReturnType<typeof formatEffect> {
  if (keyword === "format") return formatEffect(old?.text, now?.text, type);
  if (old && now) return { effect: keyword === "dependentRequired" ? "both" : "unknown" };
  return { effect: now ? "narrows" : "widens" };
}
