import { objectsIn } from "./implied.js";
import { mapChildren } from "./map-schema.js";
import { groupedBy } from "./order.js";
import { isSaid } from "./sayable.js";
import type { ConditionalSchema, IntersectionSchema, Property, Schema, SchemaOf } from "./schema.js";

/**
 * The schema with the properties that `then` or `else` alone describe as optional ones of it, where it names some and no type says that `if`
 * holds. To TypeScript, what holds or does not is unknown, and a literal may name none of them.
 */
export function withBranches(schema: Schema, schemaOf: SchemaOf): Schema {
  if (schema.kind !== "intersection") return mapChildren(schema, (child) => withBranches(child, schemaOf));
  const whole = partsWithBranches(schema, schemaOf);
  const named = objectsIn(whole, schemaOf).flatMap(({ properties }) => properties);
  if (named.length === 0) return whole;
  const names = new Set(named.map(({ name }) => name));
  const conditionals = conditionalsIn(schema);
  const unsaid = new Set(
    conditionals.flatMap((each) => (isSaid(each) ? [] : branchProperties(each, schemaOf))),
  );
  const found = groupedBy(
    conditionals.flatMap((each) => branchProperties(each, schemaOf)),
    ({ name }) => name,
  );
  const { origin } = schema;
  const properties = [...found].flatMap(([name, [first, ...others]]): Property[] => {
    if (names.has(name) || ![first, ...others].some((each) => unsaid.has(each))) return [];
    const own: Schema = others.length === 0 ? first.schema : { kind: "any", origin, examples: [] };
    return [{ name, required: false, schema: own }];
  });
  if (properties.length === 0) return whole;
  const described: Schema = {
    kind: "object",
    asserted: false,
    origin,
    properties,
    patternProperties: [],
    dependentRequired: [],
    examples: [],
  };
  return { ...whole, members: [...whole.members, described] };
}

/** An intersection with the branches of what stands inside its parts. */
function partsWithBranches<S extends Schema & IntersectionSchema>(schema: S, schemaOf: SchemaOf): S {
  const members = schema.members.map((member) =>
    member.kind === "intersection" ? partsWithBranches(member, schemaOf) : withBranches(member, schemaOf),
  );
  return { ...schema, members };
}

function conditionalsIn(schema: Schema): readonly ConditionalSchema[] {
  if (schema.kind === "intersection") return schema.members.flatMap(conditionalsIn);
  return schema.kind === "conditional" ? [schema] : [];
}

function branchProperties({ then, else: otherwise }: ConditionalSchema, schemaOf: SchemaOf): Property[] {
  return [then, otherwise].flatMap((branch) =>
    branch
      ? objectsIn(branch, schemaOf).flatMap(({ properties }) =>
          properties.filter(({ schema }) => schema.kind !== "never"),
        )
      : [],
  );
}
