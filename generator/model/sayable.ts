import type { ConditionalSchema, IntersectionSchema, Schema } from "./schema.js";

/** What every object has in TypeScript: an optional property of such a name is never absent there, but of another type. */
export const INHERITED: ReadonlySet<string> = new Set([
  "constructor",
  "hasOwnProperty",
  "isPrototypeOf",
  "propertyIsEnumerable",
  "toLocaleString",
  "toString",
  "valueOf",
]);

/**
 * The members of an intersection that its type is made of: what constrains lists or objects says nothing of values that another member
 * lists, or says to be neither.
 */
export function speakingMembers({ members }: IntersectionSchema): readonly Schema[] {
  return members.filter(
    (member) =>
      (member.kind !== "array" && member.kind !== "object") ||
      member.asserted ||
      !members.some((other) => isOfOthers(other, member.kind)),
  );
}

/** True of what lists values, or says that they are of another type. */
function isOfOthers(schema: Schema, kind: Schema["kind"]): boolean {
  if ("asserted" in schema) return schema.asserted && schema.kind !== kind;
  return schema.kind === "literals" || schema.kind === "null" || schema.kind === "boolean";
}

/** True of an `if` that a type tells something of: a property that is there, or what holds and what holds otherwise. */
export function isSaid(schema: ConditionalSchema): boolean {
  const { if: condition, then, else: otherwise } = schema;
  return (
    neededProperty(condition) !== undefined || (speaks(otherwise) && (speaks(condition) || speaks(then)))
  );
}

/** True of a schema whose type is not unknown. */
function speaks(schema: Schema | undefined): boolean {
  switch (schema?.kind) {
    case undefined:
    case "any":
    case "not":
      return false;
    case "conditional":
      return isSaid(schema);
    case "number":
    case "string":
      return schema.asserted;
    case "intersection":
      return schema.members.some(speaks);
    default:
      return true;
  }
}

/** The property that an object must have, where that is all that its schema says, and its absence has a type. */
export function neededProperty(schema: Schema): string | undefined {
  if (schema.kind !== "object" || schema.properties.length !== 1) return undefined;
  const [only] = schema.properties;
  const isAlone =
    schema.patternProperties.length === 0 &&
    schema.additionalProperties === undefined &&
    schema.propertyNames === undefined &&
    schema.dependentRequired.length === 0 &&
    schema.minProperties === undefined &&
    schema.maxProperties === undefined;
  const isNeeded = only?.isImplied && only.schema.kind === "any" && !INHERITED.has(only.name);
  return isNeeded && isAlone ? only.name : undefined;
}
