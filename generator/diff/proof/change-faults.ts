import type { Fault } from "../../fixtures/prove.js";
import type { Schema } from "../../model/schema.js";
import { isArray, isObject, jsonEquals, type JsonValue } from "../../source/json.js";
import { join, tokensOf, valueAt } from "../../source/pointer.js";
import type { Change, Pair } from "../change.js";
import { isMeant, keyIn } from "../place.js";
import { ruleOf } from "../rules/rules.js";
import { typeOf } from "../sets/alternative.js";
import { isNamedAt } from "./planted.js";
import { choicesIn, namesIn, OF_NAMES } from "./strain.js";
import { allowedBy } from "./sides.js";
import type { Subjects } from "./subjects.js";

/** Which of the faults of a value are what a change is about: what else breaks beside it shows nothing of it. */

/** A value, and what it is judged by. */
export type Judged = Pick<Subjects, "values"> & {
  readonly schemas: Pair<Schema>;
  readonly value: JsonValue;
  /** That values are sent as their texts. */
  readonly isText?: boolean;
};

const SIDES = ["base", "head"] as const;

/** True for a fault that is what the change is about: at its place, or at the object that should hold the member or should not. */
export function isAbout(fault: Fault, change: Change, judged: Judged): boolean {
  const { value, values, schemas } = judged;
  const { path, rule } = change;
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
  if (ruleOf(rule).isComposed) return startsAt(tokens);
  if (isAt(tokens)) return speaksOfPlace(fault, change, judged);
  const member = tokens.at(-1);
  return member !== undefined && isAt(tokens.slice(0, -1)) && speaksOfMember(member, fault, { rule, value });
}

/** True for a fault of the keyword that has changed. */
function speaksOfPlace({ keyword, pointer }: Fault, change: Change, { value, isText }: Judged): boolean {
  const { keywords: [changed = ""] = [], isListed } = ruleOf(change.rule);
  const refusing = REFUSING.get(changed);
  if (refusing && !refusing.includes(keyword)) return false;
  const owner = valueAt(value, pointer);
  if (OF_NULL.test(change.rule)) return owner === null;
  if (changed === "enum" && isListed) return holdsListed(owner, change, isText);
  if (changed === "type") return !isOfBoth(owner, change);
  if (changed === "anyOf") return lacksAll(owner, change);
  return changed !== "dependentRequired" || lacksNeeded(owner, change);
}

/** Keywords that alone refuse the values by which a change of them is shown. */
const ALONE = [
  "pattern",
  "minLength",
  "maxLength",
  "minItems",
  "minProperties",
  "maxProperties",
  "minimum",
  "maximum",
  "exclusiveMinimum",
  "exclusiveMaximum",
  "multipleOf",
  "uniqueItems",
];

/** The keywords that refuse the values by which a change of one is shown; for those that are not here, any may. */
const REFUSING: ReadonlyMap<string, readonly string[]> = new Map([
  ...ALONE.map((keyword) => [keyword, [keyword]] as [string, readonly string[]]),
  // Where a tuple is closed, no more items are allowed than it has.
  ["maxItems", ["maxItems", "items", "unevaluatedItems"]],
  ["additionalProperties", ["additionalProperties", "unevaluatedProperties"]],
  ["patternProperties", ["additionalProperties", "unevaluatedProperties"]],
  ["anyOf", ["anyOf", "oneOf"]],
  // A condition says so, too.
  ["dependentRequired", ["dependentRequired", "required"]],
  // No validator looks at them.
  ["contentEncoding", []],
  ["contentMediaType", []],
]);

/** Rules about whether something may be null. */
const OF_NULL = /-became-(?:not-)?nullable$/;

/** True for the very value that a list had or has now, or an object that has the name: another one that the list lacks shows nothing of it. */
function holdsListed(found: JsonValue | undefined, change: Change, isText = false): boolean {
  const { rule, before, after } = change;
  const listed = before === undefined ? after : before;
  if (OF_NAMES.test(rule))
    return isObject(found) && typeof listed === "string" && Object.hasOwn(found, listed);
  return jsonEquals(found, listed) || (isText && String(found) === String(listed));
}

/** True for a value of a type that was allowed, and is. */
function isOfBoth(found: JsonValue | undefined, { before, after }: Change): boolean {
  if (found === undefined) return false;
  const names = Number.isInteger(found) ? ["integer", "number"] : [typeOf(found)];
  return [before, after].every((types) => isArray(types) && names.some((name) => types.includes(name)));
}

/** True for an object that has the one of two names, and not the other that it needs. */
function lacksNeeded(owner: JsonValue | undefined, change: Change): boolean {
  const [name, needed] = namesIn(allowedBy(change) === "base" ? change.after : change.before);
  if (name === undefined || needed === undefined) return true;
  return isObject(owner) && Object.hasOwn(owner, name) && !Object.hasOwn(owner, needed);
}

/** True for an object that has none of several properties of which one must be there. */
function lacksAll(owner: JsonValue | undefined, { before, after }: Change): boolean {
  const names = choicesIn(before ?? after);
  return isObject(owner) && !names.some((each) => each.every((name) => Object.hasOwn(owner, name)));
}

/** Keywords by which an object speaks of its members: of those that it has, or of one that it has not. */
function speaksOfMember(
  member: string,
  { keyword, pointer, message }: Fault,
  { rule, value }: { rule: string; value: JsonValue },
): boolean {
  const owner = valueAt(value, pointer);
  const isThere = isObject(owner) && (member === "*" || Object.hasOwn(owner, keyIn(owner, member)));
  // A name that is wrong says nothing of its member.
  if (keyword === "propertyNames" && !OF_PRESENCE.test(rule)) return false;
  if (keyword !== "required") return !OF_NEED.test(rule) && FORBIDDING.has(keyword) && isThere;
  // The prover names what is missing, a quick verdict does not.
  const [, missing] = /'(.*)'$/s.exec(message) ?? [];
  const isMissing = missing === undefined || isMeant(member, missing);
  return OF_PRESENCE.test(rule) && (member === "*" || (isMissing && !isThere));
}

/** Rules about whether a member must be there, and about whether there is one. */
const OF_NEED = /-became-(?:required|optional|not-read-only|write-only)$/;
const OF_PRESENCE = new RegExp(`${OF_NEED.source}|-property-removed$|^new-required-|-property-added$`);

const FORBIDDING = new Set(["additionalProperties", "unevaluatedProperties", "propertyNames"]);
