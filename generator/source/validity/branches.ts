import { isObject, type JsonValue } from "../json.js";
import type { Fault, Trail } from "./fault.js";

/** A member of a `oneOf` or `anyOf` that the value does not fit. */
export type Branch = { readonly faults: readonly Fault[]; readonly isReference: boolean };

/** The fields whose value says which kind of object its author meant. */
const DISCRIMINATORS = new Set(["in", "type", "flow", "scheme"]);

/**
 * What to say where no branch fits: the faults of the branch that the author meant. An object with `$ref` is meant as a Reference
 * Object, one whose `in` is `query` as a query parameter. Where each branch wants another value or field, what all of them want.
 */
export function bestBranch(
  branches: readonly Branch[],
  { value, at }: { value: JsonValue; at: Trail | undefined },
): readonly Fault[] {
  const hasRef = isObject(value) && Object.hasOwn(value, "$ref");
  const meant = branches.filter(({ isReference }) => isReference === hasRef);
  const candidates = meant.length > 0 ? meant : branches;
  if (candidates.length === 1) return candidates[0]!.faults;
  const merged = mergedChoice(candidates, at) ?? mergedFields(candidates, at);
  if (merged) return [merged];
  const ranked = candidates.map(({ faults }) => ({ faults, rank: rankOf(faults, at) }));
  return ranked.reduce((best, each) => (each.rank < best.rank ? each : best)).faults;
}

/** How far a branch is from what the author meant. */
function rankOf(faults: readonly Fault[], at: Trail | undefined): number {
  return faults.reduce((sum, each) => {
    if (each.at === at && isOfOtherType(each)) return sum + 10_000;
    if (isDiscriminating(each, at)) return sum + 1_000;
    return sum + (each.at === at && each.keyword === "required" ? 10 : 1);
  }, 0);
}

function isOfOtherType({ keyword, value, expected }: Fault): boolean {
  const isOther = keyword === "enum" && expected.every((each) => typeof each !== typeof value);
  return keyword === "type" || isOther;
}

function isDiscriminating({ keyword, at: place }: Fault, at: Trail | undefined): boolean {
  const isChoice = keyword === "enum" || keyword === "pattern" || keyword === "not";
  return isChoice && place?.parent === at && DISCRIMINATORS.has(String(place?.token));
}

/** `in: boddy`, which no branch takes: one fault that lists what all of them take. */
function mergedChoice(branches: readonly Branch[], at: Trail | undefined): Fault | undefined {
  const choices = branches.map(({ faults }) =>
    faults.find((each) => each.keyword === "enum" && isDiscriminating(each, at)),
  );
  const [first] = choices;
  if (!first || !choices.every((each) => each?.at?.token === first.at?.token)) return undefined;
  const expected = [...new Set(choices.flatMap((each) => each!.expected))];
  return { ...first, expected };
}

/** One field of several is needed: one fault that names all of them. */
function mergedFields(branches: readonly Branch[], at: Trail | undefined): Fault | undefined {
  const missing = branches.map(({ faults }) => faults.filter((each) => each.keyword === "required"));
  const isOnly = branches.every(
    ({ faults }, index) => missing[index]!.length === 1 && faults.every((each) => each.at === at),
  );
  const first = missing[0]?.[0];
  if (!isOnly || !first || branches.some(({ faults }) => faults.length > 1)) return undefined;
  return { ...first, fields: [...new Set(missing.flatMap(([each]) => each!.fields))] };
}
