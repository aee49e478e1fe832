import type { ApiModel } from "./model.js";
import type { Schema, SchemaId } from "./schema.js";

type Schemas = ApiModel["schemas"];

/** True for a list or an object whose items or members may be lists or objects. */
export function holdsNested(schema: Schema, schemas: Schemas): boolean {
  return alternatives(schema, schemas).some((each) =>
    partsOf(each).some((part) =>
      alternatives(part, schemas).some(
        (inner) => (inner.kind === "object" || inner.kind === "array") && inner.asserted,
      ),
    ),
  );
}

/** True for a list, or for what may be one. */
export function mayBeList(schema: Schema, schemas: Schemas): boolean {
  return alternatives(schema, schemas).some((each) => each.kind === "array" && each.asserted);
}

/** The schemas of which a value meets one, or several: those of compositions, and what they refer to. */
export function alternatives(schema: Schema, schemas: Schemas): readonly Schema[] {
  const found = [schema];
  const seen = new Set<SchemaId>();
  // The list grows while it is walked.
  for (const each of found) {
    if (each.kind === "union" || each.kind === "intersection") found.push(...each.members);
    if (each.kind !== "ref" || seen.has(each.target)) continue;
    seen.add(each.target);
    const target = schemas.get(each.target);
    if (target) found.push(target.schema);
  }
  return found;
}

export function partsOf(schema: Schema): readonly Schema[] {
  if (schema.kind === "array") return [...schema.prefixItems, ...(schema.items ? [schema.items] : [])];
  if (schema.kind !== "object") return [];
  return [
    ...schema.properties.map((property) => property.schema),
    ...(schema.additionalProperties ? [schema.additionalProperties] : []),
  ];
}
