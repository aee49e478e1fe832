import { reasonOf, type Fault } from "../../fixtures/prove.js";
import type { Schema } from "../../model/schema.js";
import type { JsonValue } from "../../source/json.js";
import { tokensOf } from "../../source/pointer.js";
import type { Change, Pair } from "../change.js";
import { strained } from "./strain.js";
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
  // What the other side refuses for one reason each is made last: it takes the longest.
  return (
    first([...strained(whole[0] ?? null, change), ...whole], prove) ??
    first(values[other].refused(schemas[other]), prove)
  );
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
      verdict.kind === "invalid" && (!change || verdict.faults.some((fault) => isAbout(fault, change)));
    return isMeant ? verdict : undefined;
  };
  const refusal = refusedBy("verdict") && refusedBy("proof");
  return refusal && { kind: "value", validIn, outcome: "refused", value, reason: reasonOf(refusal) };
}

/** True for a fault at the place of the change, or at the object that should hold it or should not. */
function isAbout({ pointer, keyword }: Fault, { path, rule }: Change): boolean {
  const tokens = tokensOf(path);
  const at = tokensOf(pointer);
  const startsAt = (names: readonly string[]) =>
    names.length <= at.length && names.every((name, index) => name === "*" || name === at[index]);
  const isAt = (names: readonly string[]) => names.length === at.length && startsAt(names);
  if (COMPOSED.test(rule)) return startsAt(tokens);
  return isAt(tokens) || (MEMBERSHIP.has(keyword) && isAt(tokens.slice(0, -1)));
}

/** Changes of what holds other schemas: their faults are found inside. */
const COMPOSED = /-(?:alternative|conditional|not|contains|property-names)-(?:added|removed|changed)$/;

/** Keywords by which an object speaks of its members. */
const MEMBERSHIP = new Set([
  "required",
  "additionalProperties",
  "unevaluatedProperties",
  "dependentRequired",
  "propertyNames",
]);
