import type { OpenEnums } from "../../emit/open-enums.js";
import type { Direction } from "../../model/graph.js";
import type { ApiModel } from "../../model/model.js";
import type { ArraySchema, LiteralsSchema, ObjectSchema, Schema, SchemaId } from "../../model/schema.js";
import { jsonEquals } from "../../source/json.js";

/** Schemas that lead to each other in a longer row than this are the compiler's. */
const MAX_DEPTH = 700;

/** The schemas of one side, and which of their enums its package leaves open. */
type TypeSource = { readonly model: ApiModel; readonly openEnums: OpenEnums };

/**
 * Whether the type of one schema is plainly assignable to that of another: true only where TypeScript says so, too. False means that the
 * compiler must be asked, which takes longer than all the rest of a review. It follows what `emit/type-text.ts` writes.
 */
export class PlainlyAssignable {
  private readonly from: TypeSource;
  private readonly to: TypeSource;
  private readonly direction: Direction;
  /** Pairs that are taken for assignable: what leads back to itself is if the rest is. */
  private readonly assumed = new Set<string>();
  private readonly refused = new Set<string>();
  /** How many pairs lead to the one that is decided. */
  private depth = 0;

  constructor({ from, to, direction }: { from: TypeSource; to: TypeSource; direction: Direction }) {
    this.from = from;
    this.to = to;
    this.direction = direction;
  }

  /** Of the types that are named after two schemas. */
  ofNamed(from: SchemaId, to: SchemaId): boolean {
    return this.assuming(`${from} ${to}`, () =>
      this.of(this.declared(this.from, from), this.declared(this.to, to)),
    );
  }

  private assuming(pair: string, decide: () => boolean): boolean {
    if (this.assumed.has(pair)) return true;
    if (this.refused.has(pair) || this.depth > MAX_DEPTH) return false;
    this.assumed.add(pair);
    this.depth += 1;
    const isAssignable = decide();
    this.depth -= 1;
    if (isAssignable) return true;
    // What has been found since then may rest on it.
    const all = [...this.assumed];
    for (const each of all.slice(all.indexOf(pair))) this.assumed.delete(each);
    this.refused.add(pair);
    return false;
  }

  of(from: Schema, to: Schema): boolean {
    if (isUnknown(to) || from.kind === "never") return true;
    if (from.kind === "ref" && to.kind === "ref" && Boolean(from.isOpen) === Boolean(to.isOpen))
      return this.ofNamed(from.target, to.target);
    if (from.kind === "ref" || to.kind === "ref")
      return this.assuming(`${keyOf(from)} ${keyOf(to)}`, () =>
        this.of(this.resolved(this.from, from), this.resolved(this.to, to)),
      );
    if (from.kind === "union" && !from.branches) return from.members.every((member) => this.of(member, to));
    if (to.kind === "union" && !to.branches) return to.members.some((member) => this.of(from, member));
    return this.ofKinds(from, to);
  }

  private ofKinds(from: Schema, to: Schema): boolean {
    if (from.kind === "literals") return areValuesOf(from, to);
    if (from.kind === "object") return to.kind === "object" && this.ofObjects(from, to);
    if (from.kind === "array") return to.kind === "array" && this.ofArrays(from, to);
    if (from.kind === "string" || from.kind === "number") return from.asserted && to.kind === from.kind;
    return (from.kind === "null" || from.kind === "boolean") && to.kind === from.kind;
  }

  private ofArrays(from: ArraySchema, to: ArraySchema): boolean {
    if (![from, to].every(isPlainArray)) return false;
    if (!to.items) return true;
    return from.items !== undefined && this.of(from.items, to.items);
  }

  private ofObjects(from: ObjectSchema, to: ObjectSchema): boolean {
    if (![from, to].every(isPlainObject)) return false;
    const own = new Map(from.properties.map((property) => [property.name, property]));
    // Types that share no property are refused as a likely mistake, though each value of the one is one of the other.
    if (!to.properties.some(({ name }) => own.has(name))) return false;
    return to.properties.every(({ name, required, schema }) => {
      const property = own.get(name);
      if (!property) return !required;
      return (property.required || !required) && this.of(property.schema, schema);
    });
  }

  /** What a schema's name stands for in the direction. */
  private declared({ model, openEnums }: TypeSource, id: SchemaId): Schema {
    const { schema } = model.schemas.get(id)!;
    return this.direction === "response" && openEnums.isOpen(id) ? openEnums.opened(schema) : schema;
  }

  private resolved(source: TypeSource, schema: Schema): Schema {
    if (schema.kind !== "ref") return schema;
    const { target, isOpen } = schema;
    const declared = this.declared(source, target);
    return isOpen && declared.kind === "literals" ? { ...declared, isOpen } : declared;
  }
}

/** What tells schemas of one side apart: opened ones are made anew each time. */
function keyOf({ kind, origin: { source, pointer }, ...rest }: Schema): string {
  return JSON.stringify([kind, source, pointer, "target" in rest ? [rest.target, rest.isOpen] : null]);
}

/** True where the type is `unknown`. */
function isUnknown(schema: Schema): boolean {
  return (
    schema.kind === "any" || ((schema.kind === "string" || schema.kind === "number") && !schema.asserted)
  );
}

function areValuesOf(from: LiteralsSchema, to: Schema): boolean {
  if (from.isOpen && !(to.kind === "string" || (to.kind === "literals" && to.isOpen))) return false;
  if (to.kind === "literals")
    return from.values.every(
      (value) =>
        (to.isOpen && typeof value === "string") || to.values.some((other) => jsonEquals(value, other)),
    );
  return from.values.every((value) => typeof value === to.kind);
}

/** True for `T[]`. */
function isPlainArray({ prefixItems, maxItems, items }: ArraySchema): boolean {
  return prefixItems.length === 0 && maxItems !== 0 && items?.kind !== "never";
}

/** True for an interface of properties alone. */
function isPlainObject({ properties, patternProperties, additionalProperties }: ObjectSchema): boolean {
  const isIndexed = additionalProperties !== undefined && additionalProperties.kind !== "never";
  return properties.length > 0 && patternProperties.length === 0 && !isIndexed;
}
