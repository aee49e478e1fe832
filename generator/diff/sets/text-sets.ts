import type { Schema } from "../../model/schema.js";
import type { JsonValue } from "../../source/json.js";
import type { Pair } from "../change.js";
import { everything, isEverything, SET_TYPES, type Alternative, type Conjunction } from "./alternative.js";
import { holdsIntegers, rangeOf } from "./facets-within.js";
import type { SchemaSets } from "./schema-set.js";

/** More integers than this are not listed. */
const MAX_LISTED = 1000;

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

/**
 * What both sides take, as the texts that are sent of it, where both list all of it in values of different types: `boolean` is `true` and `false`,
 * and so is `enum: ["true", "false"]`.
 */
export function listedTexts(both: Pair<readonly Alternative[]>): Pair<readonly Alternative[]> {
  const [base, head] = [asTexts(both.base), asTexts(both.head)];
  return base && head && typesOf(both.base) !== typesOf(both.head) ? { base, head } : both;
}

function asTexts(alternatives: readonly Alternative[]): readonly Alternative[] | undefined {
  return alternatives.every((each) => each.type === "boolean" || each.values)
    ? textsOf(alternatives)
    : undefined;
}

/** What alternatives take, as the texts that are sent of it; undefined where not all of it can be listed. */
export function textsOf(alternatives: readonly Alternative[]): readonly Alternative[] | undefined {
  const [first] = alternatives;
  const values = alternatives.map((each) => (isListable(each) ? scalarsOf(each) : undefined));
  if (!first || !values.every((each) => each !== undefined)) return undefined;
  return [{ ...everything("string", first.origin), values: [...new Set(values.flat().map(String))] }];
}

const SCALARS: ReadonlySet<string> = new Set(["boolean", "number", "string"]);

/** True for a type of which a text may be. */
export function isScalar(type: string): boolean {
  return SCALARS.has(type);
}

function isListable({ type, opaque }: Alternative): boolean {
  return (
    isScalar(type) && [...opaque.values()].every(({ keyword }) => keyword === "format" && type === "number")
  );
}

/** All values of an alternative; undefined where they are not listed, or too many. */
function scalarsOf({ type, values, facets }: Alternative): readonly JsonValue[] | undefined {
  if (type === "boolean") return values ?? [true, false];
  if (values || type !== "number" || !holdsIntegers(facets)) return values;
  const [least, most] = rangeOf(facets);
  if (!(most - least < MAX_LISTED)) return undefined;
  return Array.from({ length: Math.max(0, most - least + 1) }, (_, index) => least + index);
}

function typesOf(alternatives: readonly Alternative[]): string {
  return SET_TYPES.filter((type) => alternatives.some((each) => each.type === type)).join();
}
