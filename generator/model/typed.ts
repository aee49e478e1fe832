import { withBranches } from "./branches.js";
import { withImplied } from "./implied.js";
import { withKeyedMaps } from "./listed-names.js";
import { withOpenNames } from "./open-names.js";
import type { Schema, SchemaOf } from "./schema.js";

/** A schema as its type is written: with what the schemas that it refers to say of it. */
export function asTyped(schema: Schema, schemaOf: SchemaOf): Schema {
  return withKeyedMaps(
    withImplied(withBranches(withOpenNames(schema, schemaOf), schemaOf), schemaOf),
    schemaOf,
  );
}
