import { objectOf, type JsonObject } from "../../source/json.js";

/** Objects with fewer members, or others: each alternative of a composition asks for its own. */

/** So many members are left out, or put in the place of others. */
const MAX_MEMBERS = 8;

/**
 * The object without each of its members.
 *
 * @param kept the members that stay.
 */
export function withoutEach(object: JsonObject, kept: JsonObject = {}): JsonObject[] {
  const names = Object.keys(object).filter((name) => !Object.hasOwn(kept, name));
  return names.slice(0, MAX_MEMBERS).map((name) => without(object, name));
}

/** The object with each member of another one that it has not, in the place of each of its own. */
export function exchanged(object: JsonObject, other: JsonObject): JsonObject[] {
  const further = Object.entries(other).filter(([name]) => !Object.hasOwn(object, name));
  return withoutEach(object).flatMap((rest) =>
    further.slice(0, MAX_MEMBERS).map((member) => objectOf([...Object.entries(rest), member])),
  );
}

function without(object: JsonObject, name: string): JsonObject {
  return objectOf(Object.entries(object).filter(([key]) => key !== name));
}
