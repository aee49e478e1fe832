import { reasonOf, type Fault } from "../../fixtures/prove.js";
import type { Schema } from "../../model/schema.js";
import { isObject, type JsonValue } from "../../source/json.js";
import { join, tokensOf, valueAt, type JsonPointer } from "../../source/pointer.js";
import type { Change, Pair } from "../change.js";
import { planted, schemasAt, type Planted } from "./planted.js";
import { replaced, strained } from "./strain.js";
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
  // What takes the longest to make comes last.
  return (
    first([...strained(near, change), ...whole], prove) ??
    first(values[other].refused(schemas[other]), prove) ??
    first(farther(change, schemas, values), prove)
  );
}

/** Where a path leads in a value: by the first item, and by the first member of a map. */
function placeIn(value: JsonValue | undefined, [token, ...rest]: readonly string[]): JsonPointer {
  if (token === undefined) return "";
  const key = token === "*" ? (isObject(value) ? (Object.keys(value)[0] ?? "key") : "0") : token;
  return join("", key) + placeIn(value === undefined ? undefined : valueAt(value, join("", key)), rest);
}

/** So many ways to a place are tried: where the first do not show a change, the others hardly ever do, and it takes long. */
const MAX_HOLDERS = 6;

/** Values that hold the place itself, with what only one of the documents may allow there. */
function* farther(change: Change, schemas: Pair<Schema>, values: Subjects["values"]): Generator<JsonValue> {
  const validIn = allowedBy(change);
  const other = otherOf(validIn);
  const place = change[validIn]?.pointer ?? "";
  const own = ({ schema }: Planted) => schema !== "" && `${place}/`.startsWith(`${schema}/`);
  const all = planted(values[validIn], schemas[validIn], change.path);
  const nearest = [...all.filter(own), ...all.filter((each) => !own(each))];
  // Where the rest is refused, so is what is changed at the place.
  const holders = nearest
    .slice(0, 4 * MAX_HOLDERS)
    .filter(({ value }) => values[validIn].verdict(schemas[validIn], value).kind === "valid")
    .slice(0, MAX_HOLDERS);
  for (const holder of holders) yield* [holder.value, ...strained(holder, change)];
  if (holders.length === 0) return;
  const refused = schemasAt(values[other], schemas[other], change.path).flatMap((each) =>
    values[other].refused(each),
  );
  for (const holder of holders)
    for (const value of refused.slice(0, MAX_REFUSED)) yield* replaced(holder, value);
}

const MAX_REFUSED = 24;

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
      (!change || verdict.faults.some((fault) => isAbout(fault, change, value)));
    return isMeant ? verdict : undefined;
  };
  const refusal = refusedBy("verdict") && refusedBy("proof");
  return refusal && { kind: "value", validIn, outcome: "refused", value, reason: reasonOf(refusal) };
}

/** True for a fault that is what the change is about: at its place, or at the object that should hold the member or should not. */
function isAbout(fault: Fault, { path, rule }: Change, value: JsonValue): boolean {
  const tokens = tokensOf(path);
  const at = tokensOf(fault.pointer);
  const startsAt = (names: readonly string[]) =>
    names.length <= at.length && names.every((name, index) => name === "*" || name === at[index]);
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
