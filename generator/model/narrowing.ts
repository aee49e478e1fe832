import type { DiscriminatorValue, Schema } from "./schema.js";

type Narrowing = {
  readonly values: readonly DiscriminatorValue[];
  /** Those that mean the schema itself; the others mean what builds on it. */
  readonly meant?: readonly DiscriminatorValue[];
  readonly required?: boolean;
};

/** An object with one of the values in the property: what a discriminator gives a schema. */
export function narrowingOf(
  { origin }: Schema,
  property: string,
  { values, meant = values, required = true }: Narrowing,
): Schema {
  const bare = { origin, examples: [] };
  const keyword = values.length === 1 ? "const" : "enum";
  const rest = meant.length > 0 && meant.length < values.length ? { meant } : {};
  return {
    ...bare,
    kind: "object",
    asserted: true,
    isGiven: true,
    properties: [
      { name: property, required, schema: { ...bare, kind: "literals", keyword, values, ...rest } },
    ],
    patternProperties: [],
    dependentRequired: [],
  };
}
