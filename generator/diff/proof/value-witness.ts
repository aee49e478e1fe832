import { reasonOf, type Fault } from "../../fixtures/prove.js";
import type { Schema } from "../../model/schema.js";
import { isObject, type JsonValue } from "../../source/json.js";
import { join, tokensOf, valueAt, type JsonPointer } from "../../source/pointer.js";
import type { Change, Pair } from "../change.js";
import { isNamedAt, planted, schemasAt, UNNAMED } from "./planted.js";
import { replaced, strained, type Placed } from "./strain.js";
import { allowedBy, first, otherOf, type SideName, type Subjects } from "./subjects.js";
import type { Witness } from "./witness.js";

/**
 * A value that shows a change of a schema.
 *
 * @param accepts whether a witness that was found will do; else the next is tried.
 */
export function valueWitness<T>(
  change: Change,
  schemas: Pair<Schema>,
  { values }: Pick<Subjects, "values">,
  accepts: (witness: Witness) => T | undefined,
): T | undefined {
  const validIn = allowedBy(change);
  const whole = values[validIn].of(schemas[validIn]);
  const other = otherOf(validIn);
  const prove = (value: JsonValue) => {
    const found = proveValue({ values, schemas, validIn }, value, change);
    return found && accepts(found);
  };
  const fullest = whole[0] ?? null;
  const near = { value: fullest, pointer: placeIn(fullest, tokensOf(change.path)) };
  // What the other side refuses for one reason each is made last: it takes the longest.
  return (
    first([...strained(near, change), ...whole], prove) ?? first(values[other].refused(schemas[other]), prove)
  );
}

/** Where a path leads in a value: by the first item, and by a member that no schema names. */
function placeIn(value: JsonValue | undefined, [token, ...rest]: readonly string[]): JsonPointer {
  if (token === undefined) return "";
  const key = token === "*" ? (isObject(value) ? UNNAMED : "0") : token;
  return join("", key) + placeIn(value === undefined ? undefined : valueAt(value, join("", key)), rest);
}

/** A value that shows a change of a schema, and holds the place of it: what {@link valueWitness} finds none of, and what takes longer. */
export function plantedWitness<T>(
  change: Change,
  schemas: Pair<Schema>,
  { values }: Pick<Subjects, "values">,
  accepts: (witness: Witness) => T | undefined,
): T | undefined {
  const validIn = allowedBy(change);
  return first(holders(change, schemas, values), (value) => {
    const found = proveValue({ values, schemas, validIn }, value, change);
    return found && accepts(found);
  });
}

/** So many ways to a place are looked at, and so many of them tried: where the first show nothing, the others hardly ever do. */
const MAX_WAYS = 24;
const MAX_HOLDERS = 6;
/** So many values that the other side refuses at the place are put into each. */
const MAX_REFUSED = 24;

/** Values that hold the place itself, with what only one of the documents may allow there. */
function* holders(change: Change, schemas: Pair<Schema>, values: Subjects["values"]): Generator<JsonValue> {
  const { path } = change;
  const validIn = allowedBy(change);
  const other = otherOf(validIn);
  const found: Placed[] = [];
  let looked = 0;
  for (const holder of planted(values[validIn], schemas[validIn], {
    path,
    near: change[validIn]?.pointer ?? "",
  })) {
    // Where the rest is refused, so is what is changed at the place.
    if (values[validIn].verdict(schemas[validIn], holder.value).kind === "valid") {
      yield* [holder.value, ...strained(holder, change)];
      found.push(holder);
    }
    if (++looked >= MAX_WAYS || found.length >= MAX_HOLDERS) break;
  }
  if (found.length === 0) return;
  const refused = schemasAt(values[other], schemas[other], path)
    .flatMap((each) => (values[other].ofOwner(each).length > 0 ? values[other].refused(each) : []))
    .slice(0, MAX_REFUSED);
  for (const holder of found) for (const value of refused) yield* replaced(holder, value);
}

type Trial = Pick<Subjects, "values"> & { readonly schemas: Pair<Schema>; readonly validIn: SideName };

/** @param change what the fault must be about. */
export function proveValue(
  { values, schemas, validIn }: Trial,
  value: JsonValue,
  change?: Change,
): Witness | undefined {
  const other = otherOf(validIn);
  const refusedBy = (judged: "verdict" | "proof") => {
    if (values[validIn][judged](schemas[validIn], value).kind !== "valid") return undefined;
    const verdict = values[other][judged](schemas[other], value);
    const isMeant =
      verdict.kind === "invalid" &&
      (!change || verdict.faults.some((fault) => isAbout(fault, change, { value, values, schemas })));
    return isMeant ? verdict : undefined;
  };
  const refusal = refusedBy("verdict") && refusedBy("proof");
  return refusal && { kind: "value", validIn, outcome: "refused", value, reason: reasonOf(refusal) };
}

/** A value, and what it is judged by. */
type Judged = Omit<Trial, "validIn"> & { readonly value: JsonValue };
const SIDES = ["base", "head"] as const;

/** True for a fault that is what the change is about: at its place, or at the object that should hold the member or should not. */
function isAbout(fault: Fault, { path, rule }: Change, { value, values, schemas }: Judged): boolean {
  const tokens = tokensOf(path);
  const at = tokensOf(fault.pointer);
  const isNamed = (owner: readonly string[], key: string) =>
    SIDES.some((side) => isNamedAt(values[side], schemas[side], join("", ...owner), key));
  const startsAt = (names: readonly string[]) =>
    names.length <= at.length &&
    names.every((name, index) =>
      name === "*" ? !isNamed(names.slice(0, index), at[index]!) : name === at[index],
    );
  const isAt = (names: readonly string[]) => names.length === at.length && startsAt(names);
  if (COMPOSED.test(rule)) return startsAt(tokens);
  const meant = KEYWORDS.find(([changes]) => changes.test(rule))?.[1];
  if (isAt(tokens)) return meant === undefined || meant.includes(fault.keyword);
  const member = tokens.at(-1);
  return member !== undefined && isAt(tokens.slice(0, -1)) && speaksOf(member, fault, { rule, value });
}

/** Keywords by which an object speaks of its members: of those that it has, or of one that it has not. */
function speaksOf(
  member: string,
  { keyword, pointer }: Fault,
  { rule, value }: { rule: string; value: JsonValue },
): boolean {
  const owner = valueAt(value, pointer);
  const isThere = isObject(owner) && (member === "*" || Object.hasOwn(owner, member));
  if (keyword === "required") return /required|became-optional/.test(rule) && (member === "*" || !isThere);
  return keyword === "dependentRequired" || (FORBIDDING.has(keyword) && isThere);
}

const FORBIDDING = new Set(["additionalProperties", "unevaluatedProperties", "propertyNames"]);

/** Changes of what holds other schemas: their faults are found inside. */
const COMPOSED = /-(?:alternative|conditional|not|contains|property-names)-(?:added|removed|changed)$/;

/** The keywords that a change of one keyword is shown by: a value that another one refuses shows nothing of it. */
const KEYWORDS: readonly (readonly [changes: RegExp, keywords: readonly string[]])[] = [
  [/-pattern-(?:added|removed|changed)$/, ["pattern"]],
  [/-content-(?:encoding|media-type)-(?:added|removed|changed)$/, []],
  [/-min-length-/, ["minLength"]],
  [/-max-length-/, ["maxLength"]],
  [/-min-items-/, ["minItems"]],
  // Where a tuple is closed, no more items are allowed than it has.
  [/-max-items-/, ["maxItems", "items", "unevaluatedItems"]],
  [/-min-properties-/, ["minProperties"]],
  [/-max-properties-/, ["maxProperties"]],
  [/-multiple-of-/, ["multipleOf"]],
  [/-unique-items-/, ["uniqueItems"]],
];
