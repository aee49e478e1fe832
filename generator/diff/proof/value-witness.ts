import { reasonOf, type Fault } from "../../fixtures/prove.js";
import type { Schema } from "../../model/schema.js";
import { isObject, type JsonValue } from "../../source/json.js";
import { join, tokensOf, valueAt } from "../../source/pointer.js";
import type { Change, Pair } from "../change.js";
import { isMeant, keyIn } from "../place.js";
import { ruleOf } from "../rules/rules.js";
import type { Material } from "./candidates.js";
import { isAround, isNamedAt, schemasAt } from "./planted.js";
import type { SampleValues } from "./sample-values.js";
import { allowedBy, first, otherOf, type SideName, type Subjects } from "./subjects.js";
import { readAsText } from "./text-values.js";
import type { Witness } from "./witness.js";

/**
 * The first of several values that shows a change of a schema.
 *
 * @param accepts whether a witness that was found will do; else the next is tried.
 */
export function valueWitness<T>(
  candidates: Iterable<JsonValue>,
  { change, schemas, values, isText = false }: Material,
  accepts: (witness: Witness) => T | undefined,
): T | undefined {
  const validIn = allowedBy(change);
  return first(candidates, (value) => {
    const found = proveValue({ values, schemas, validIn, isText }, value, change);
    return found && accepts(found);
  });
}

type Trial = Pick<Subjects, "values"> & {
  readonly schemas: Pair<Schema>;
  readonly validIn: SideName;
  readonly isText?: boolean;
};

/** @param change what the fault must be about. */
export function proveValue(
  { values, schemas, validIn, isText }: Trial,
  value: JsonValue,
  change?: Change,
): Witness | undefined {
  const other = otherOf(validIn);
  const refusedBy = (judged: "verdict" | "proof") => {
    if (values[validIn][judged](schemas[validIn], value).kind !== "valid") return undefined;
    const verdictOf = (read: JsonValue) => values[other][judged](schemas[other], read);
    const read = isText ? readAsText(value, verdictOf) : value;
    const verdict = verdictOf(read);
    const isShown =
      verdict.kind === "invalid" &&
      (!change ||
        verdict.faults.some(
          (fault) =>
            isAbout(fault, change, { value: read, values, schemas }) &&
            isOwn(fault, change, { value, values: values[validIn], schema: schemas[validIn], validIn }),
        ));
    return isShown ? verdict : undefined;
  };
  const refusal = refusedBy("verdict") && refusedBy("proof");
  return refusal && { kind: "value", validIn, outcome: "refused", value, reason: reasonOf(refusal) };
}

/** A value, and what it is judged by. */
type Judged = Omit<Trial, "validIn"> & { readonly value: JsonValue };
/** A value, and the side that allows it. */
type Own = Pick<Judged, "value"> & {
  readonly values: SampleValues;
  readonly schema: Schema;
  readonly validIn: SideName;
};
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
      name === "*" ? !isNamed(names.slice(0, index), at[index]!) : isMeant(name, at[index]!),
    );
  const isAt = (names: readonly string[]) => names.length === at.length && startsAt(names);
  const { isComposed, keywords: [keyword = ""] = [] } = ruleOf(rule);
  if (isComposed) return startsAt(tokens);
  const meant = refusingFor(keyword);
  if (isAt(tokens)) return meant === undefined || meant.includes(fault.keyword);
  const member = tokens.at(-1);
  return member !== undefined && isAt(tokens.slice(0, -1)) && speaksOf(member, fault, { rule, value });
}

/**
 * True where a value is one of the alternative that has changed: another one may have changed at the same place, and what that allowed shows
 * nothing of this one.
 */
function isOwn({ pointer }: Fault, change: Change, { value, values, schema, validIn }: Own): boolean {
  const near = change[validIn]?.pointer;
  if (near === undefined) return true;
  const path = tokensOf(change.path);
  const place = tokensOf(pointer);
  const depths = Array.from({ length: Math.min(path.length, place.length) + 1 }, (_, depth) => depth);
  return depths.every((depth) => {
    const all = schemasAt(values, schema, join("", ...path.slice(0, depth))).filter(isNoNull);
    const own = all.filter((each) => isAround(each, near));
    if (own.length === 0 || own.length === all.length) return true;
    const part = valueAt(value, join("", ...place.slice(0, depth)))!;
    return own.some((each) => values.verdict(each, part).kind === "valid");
  });
}

/** What may be null beside a schema is no other way to be an instance of it. */
function isNoNull({ kind }: Schema): boolean {
  return kind !== "null";
}

/** Keywords by which an object speaks of its members: of those that it has, or of one that it has not. */
function speaksOf(
  member: string,
  { keyword, pointer, message }: Fault,
  { rule, value }: { rule: string; value: JsonValue },
): boolean {
  const owner = valueAt(value, pointer);
  const isThere = isObject(owner) && (member === "*" || Object.hasOwn(owner, keyIn(owner, member)));
  if (keyword === "required" && rule === "request-property-removed") {
    // The prover names what is missing, a quick verdict does not.
    const [, missing = member] = /'(.*)'$/s.exec(message) ?? [];
    return missing === member && !isThere;
  }
  if (keyword === "required")
    return /required|became-(?:optional|not-read-only|write-only)/.test(rule) && (member === "*" || !isThere);
  return keyword === "dependentRequired" || (FORBIDDING.has(keyword) && isThere);
}

const FORBIDDING = new Set(["additionalProperties", "unevaluatedProperties", "propertyNames"]);

/** Keywords that alone refuse the values by which a change of them is shown: one that another keyword refuses shows nothing of it. */
const REFUSING = new Set([
  "pattern",
  "minLength",
  "maxLength",
  "minItems",
  "minProperties",
  "maxProperties",
  "multipleOf",
  "uniqueItems",
]);

/** The keywords that refuse values of a change of one; undefined for any. */
function refusingFor(keyword: string): readonly string[] | undefined {
  // Where a tuple is closed, no more items are allowed than it has.
  if (keyword === "maxItems") return ["maxItems", "items", "unevaluatedItems"];
  // No validator looks at them.
  if (keyword === "contentEncoding" || keyword === "contentMediaType") return [];
  return REFUSING.has(keyword) ? [keyword] : undefined;
}
