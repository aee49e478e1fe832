import type { Schema } from "../../model/schema.js";
import { everything, type Alternative, type Conjunction } from "./alternative.js";
import type { SchemaSets } from "./schema-set.js";

/**
 * The sets of values that are sent as their texts (parameters and headers of a style): there a schema that takes every text takes what
 * is a number or a boolean elsewhere.
 */
export class TextSets {
  private readonly sets: SchemaSets;
  private readonly known = new WeakMap<readonly Alternative[], readonly Alternative[]>();

  constructor(sets: SchemaSets) {
    this.sets = sets;
  }

  parts(schemas: Conjunction): readonly Schema[] {
    return this.sets.parts(schemas);
  }

  of(schemas: Conjunction): readonly Alternative[] {
    const own = this.sets.of(schemas);
    if (schemas.length === 0) return own;
    const known = this.known.get(own) ?? withTexts(own);
    this.known.set(own, known);
    return known;
  }
}

function withTexts(alternatives: readonly Alternative[]): readonly Alternative[] {
  const text = alternatives.find((each) => each.type === "string" && isEverything(each));
  if (!text) return alternatives;
  const others = (["number", "boolean"] as const).map((type): Alternative => {
    const isOwn = alternatives.some((each) => each.type === type);
    return { ...everything(type, text.origin), ...(!isOwn && { isImplied: true }) };
  });
  return [...alternatives.filter(({ type }) => type !== "number" && type !== "boolean"), ...others];
}

function isEverything({ values, facets, opaque }: Alternative): boolean {
  const { bounds, multipleOf, integer, uniqueItems } = facets;
  return !values && bounds.size + multipleOf.length + opaque.size === 0 && !integer && !uniqueItems;
}
