import type { ApiModel } from "../../model/model.js";
import { groupedBy } from "../../model/order.js";
import type { Property, Schema } from "../../model/schema.js";
import type { Origin } from "../../source/source.js";
import type { Pair } from "../change.js";

/** From a type to one inside it. */
export type Step = { readonly kind: "property"; readonly name: string } | { readonly kind: "items" };

/** A member that a type has no more: code that names it stops compiling, though each value of the one type is one of the other. */
export type LostMember = {
  /** The way from the type of a schema to the one that had the member. */
  readonly path: readonly Step[];
  readonly name: string;
  /** Where the old document has it. */
  readonly origin: Origin;
};

type Schemas = Pair<ApiModel["schemas"]>;

/** Deeper, nobody writes types that have no name. */
const MAX_DEPTH = 6;

/** The members that the old type of a schema has and the new one has not, those of types inside it that have no name included. */
export function lostMembers(pair: Pair<Schema>, schemas: Schemas, path: readonly Step[] = []): LostMember[] {
  const isNamed = pair.base.kind === "ref" && pair.head.kind === "ref";
  // What has a name on both sides is compared by that.
  if (isNamed || path.length > MAX_DEPTH) return [];
  const base = resolved(pair.base, schemas.base);
  const head = resolved(pair.head, schemas.head);
  return [...ofObjects({ base, head }, schemas, path), ...ofItems({ base, head }, schemas, path)];
}

function resolved(schema: Schema, schemas: Schemas["base"]): Schema {
  return schema.kind === "ref" ? (schemas.get(schema.target)?.schema ?? schema) : schema;
}

function ofObjects({ base, head }: Pair<Schema>, schemas: Schemas, path: readonly Step[]): LostMember[] {
  const living = new Map(propertiesOf(head).map((property) => [property.name, property]));
  return propertiesOf(base).flatMap(({ name, schema }) => {
    const other = living.get(name);
    if (!other) return [{ path, name, origin: schema.origin }];
    return lostMembers({ base: schema, head: other.schema }, schemas, [...path, { kind: "property", name }]);
  });
}

function ofItems({ base, head }: Pair<Schema>, schemas: Schemas, path: readonly Step[]): LostMember[] {
  if (base.kind !== "array" || head.kind !== "array" || !base.items || !head.items) return [];
  return lostMembers({ base: base.items, head: head.items }, schemas, [...path, { kind: "items" }]);
}

/** The properties that a type writes out; those of what it refers to belong to another. */
function propertiesOf(schema: Schema): readonly Property[] {
  switch (schema.kind) {
    case "object":
      return schema.properties;
    case "unevaluated":
      return propertiesOf(schema.schema);
    case "union":
      return schema.members.flatMap(propertiesOf);
    case "intersection":
      return [...groupedBy(schema.members.flatMap(propertiesOf), ({ name }) => name).values()].map(joined);
    default:
      return [];
  }
}

/** What several parts say of one property holds together. */
function joined([first, ...others]: readonly [Property, ...Property[]]): Property {
  if (others.length === 0) return first;
  const members = [first, ...others].map(({ schema }) => schema);
  const { origin } = first.schema;
  return { ...first, schema: { kind: "intersection", members, origin, examples: [] } };
}
