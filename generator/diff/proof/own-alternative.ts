import type { Schema } from "../../model/schema.js";
import type { JsonValue } from "../../source/json.js";
import { join, tokensOf, valueAt, type JsonPointer } from "../../source/pointer.js";
import type { Change } from "../change.js";
import { choicesAt, isAround, schemasAt } from "./planted.js";
import type { SampleValues } from "./sample-values.js";
import type { SideName } from "./sides.js";

/** The side that allows a value. */
export type Allowing = { readonly values: SampleValues; readonly schema: Schema; readonly validIn: SideName };

/**
 * Tells the values that are of the alternative that has changed, on the way to its place: another alternative may have changed at the same
 * place, and what that allowed shows nothing of this one.
 *
 * @returns of a value, and a place in it that may be the change's: whether all around the place is one of those that hold the change.
 */
export function ownAlternative(
  change: Change,
  { values, schema, validIn }: Allowing,
): (value: JsonValue, place: JsonPointer) => boolean {
  const near = change[validIn]?.pointer;
  if (near === undefined) return () => true;
  const path = tokensOf(change.path);
  const depths = Array.from({ length: path.length + 1 }, (_, depth) => depth);
  const choices = depths.flatMap((depth) => {
    const at = join("", ...path.slice(0, depth));
    const all = schemasAt(values, schema, at, near).filter(isNoNull);
    const around = all.filter((each) => isAround(each, near));
    // What an entry of a list refers to stands elsewhere.
    const listed = () =>
      choicesAt(values, schema, at, near).flatMap((each) => values.alternativesAt(each, near));
    const own = around.length > 0 ? around : listed();
    return own.length === 0 || own.length === all.length ? [] : [{ depth, own }];
  });
  return (value, place) => {
    const tokens = tokensOf(place);
    return choices
      .filter(({ depth }) => depth <= tokens.length)
      .every(({ depth, own }) => {
        const part = valueAt(value, join("", ...tokens.slice(0, depth)));
        return part === undefined || own.some((each) => values.verdict(each, part).kind === "valid");
      });
  };
}

/** What may be null beside a schema is no other way to be an instance of it. */
function isNoNull({ kind }: Schema): boolean {
  return kind !== "null";
}
