import { isArray, isObject, type JsonValue } from "../../source/json.js";
import type { Schema } from "../../model/schema.js";
import { matchesPattern } from "../matching.js";
import { holdsIntegers, impliesBound, impliesFacets, rangeOf } from "./facets-within.js";
import { isFormatWithin, patternOf, rangeOfFormat } from "./formats.js";
import { typeOf, type Alternative, type Conjunction, type Opaque } from "./alternative.js";
import { fitsFacets, isListedInNot, listedInNot } from "./fits.js";
import { memberSchemas, withListedNames } from "./members.js";
import { isPatternWithin } from "./pattern-within.js";
import { textsOfPattern } from "./pattern-texts.js";
import { areTextsWithin, type PatternTexts } from "./pattern-words.js";
import { holds } from "./values.js";
import type { SchemaSets } from "./schema-set.js";

/** A property that tells this many alternatives apart is tried value by value. */
const MAX_SPLIT = 32;

/** Schemas that are nested deeper than this are not looked into: there is no proof, and the walk through both comes to them in its turn. */
const MAX_OPEN = 100;

/** So many patterns are held against others: that takes a walk through all that they match. */
const MAX_PATTERNS = 100;

/** What every name of a property is. */
const NAME: Schema = { kind: "string", asserted: true, origin: { source: "", pointer: "" }, examples: [] };

type Sets = Pick<SchemaSets, "of">;
/** True for schemas that are known to be the same: nothing has to be proved of them. */
type IsSame = (inner: Schema, outer: Schema) => boolean;

/**
 * Tells whether every instance of one schema is an instance of another. `true` is proved, but for what `oneOf` and `unevaluated*` leave out where
 * several alternatives fit: values of bodies look for that. `false` says that no proof was found: then a witness decides, or nobody knows.
 */
export class Subsets {
  private readonly inner: Sets;
  private readonly outer: Sets;
  private readonly isSame: IsSame;
  private readonly keys = new WeakMap<Schema, number>();
  private count = 0;
  private readonly decided = new Map<string, boolean>();
  /** Pairs that are being decided: a recursion that comes back to one holds if everything else does. */
  private readonly assumed = new Set<string>();
  /** The same in the order in which they were assumed. */
  private readonly trail: string[] = [];
  /** How many pairs are being decided. */
  private open = 0;
  private otherWay: Subsets | undefined;
  /** What was found of patterns, by those of both sides. */
  private readonly patterns = new Map<string, boolean>();

  /** @param inner the sets of the schema that should be contained. @param outer those of the one that should contain it. */
  constructor(inner: Sets, outer: Sets, isSame: IsSame = () => false) {
    this.inner = inner;
    this.outer = outer;
    this.isSame = isSame;
  }

  includes(inner: Conjunction, outer: Conjunction): boolean {
    if (outer.every(({ kind }) => kind === "any")) return true;
    if (outer.every((one) => inner.some((other) => this.isSame(other, one)))) return true;
    const key = `${this.keyOf(inner)} in ${this.keyOf(outer)}`;
    const known = this.decided.get(key);
    if (known !== undefined || this.assumed.has(key)) return known ?? true;
    if (this.open >= MAX_OPEN) return false;
    const mark = this.trail.length;
    this.assumed.add(key);
    this.trail.push(key);
    this.open += 1;
    const alternatives = this.outer.of(outer);
    const answer = this.inner.of(inner).every((each) => this.isIn(each, alternatives));
    this.open -= 1;
    if (!answer) this.decided.set(key, false);
    // What was found true under an assumption stays assumed until that is decided: it is not, once that has failed.
    if (!answer || this.open === 0) this.settle(mark, answer);
    return answer;
  }

  /** Takes back what was assumed since; what holds is decided. */
  private settle(mark: number, answer: boolean): void {
    for (const each of this.trail.splice(mark)) {
      this.assumed.delete(each);
      if (answer) this.decided.set(each, true);
    }
  }

  private keyOf(schemas: Conjunction): string {
    return schemas
      .map((schema) => {
        const known = this.keys.get(schema) ?? ++this.count;
        this.keys.set(schema, known);
        return known;
      })
      .join("&");
  }

  /** True where each instance of one way to be an instance is one of the others'. */
  isIn(one: Alternative, others: readonly Alternative[]): boolean {
    const same = others.filter(({ type }) => type === one.type);
    if (one.values)
      return one.values.every((value) => same.some((other) => this.takes(other, value, one.opaque)));
    const few = same.some(isListed) ? allOf(one) : undefined;
    if (few?.every((value) => same.some((other) => this.takes(other, value, one.opaque)))) return true;
    return same.some((other) => this.isWithin(one, other)) || this.isSplitIn(one, same);
  }

  /** An object whose tag has several values may be in several alternatives, one a value. */
  private isSplitIn(one: Alternative, others: readonly Alternative[]): boolean {
    if (others.length < 2) return false;
    return [...one.properties].some(([name, property]) => {
      if (!property.required) return false;
      const alternatives = this.inner.of(property.schemas);
      const values = alternatives.flatMap((each) => each.values ?? []);
      if (values.length < 2 || values.length > MAX_SPLIT || alternatives.some((each) => !each.values))
        return false;
      return values.every((value) => {
        const literal: Schema = {
          kind: "literals",
          keyword: "const",
          values: [value],
          origin: property.origin,
          examples: [],
        };
        const narrowed = new Map(one.properties).set(name, { ...property, schemas: [literal] });
        return others.some((other) => this.isWithin({ ...one, properties: narrowed }, other));
      });
    });
  }

  /** @param opaque what is known of the value besides. */
  private takes(set: Alternative, value: JsonValue, opaque: Alternative["opaque"]): boolean {
    if (set.values && !holds(set.values, value)) return false;
    const isKnown = [...set.opaque].every(
      ([key, each]) =>
        opaque.has(key) ||
        (each.keyword === "pattern" && typeof value === "string" && matchesPattern(each.text, value)) ||
        (listedInNot(each).length > 0 && !isListedInNot(set.opaque, value)),
    );
    if (!isKnown || !fitsFacets(set.facets, value)) return false;
    if (isArray(value))
      return value.every((item, index) => this.takesAny(set.prefixItems[index] ?? set.items, item));
    if (!isObject(value)) return true;
    const hasAll = [...set.properties].every(
      ([name, { required }]) => !required || Object.hasOwn(value, name),
    );
    return (
      hasAll &&
      Object.entries(value).every(([name, member]) =>
        memberSchemas(set, name).every((each) => this.takesAny(each, member)),
      )
    );
  }

  private takesAny(schemas: Conjunction, value: JsonValue): boolean {
    return this.outer
      .of(schemas)
      .some((each) => each.type === typeOf(value) && this.takes(each, value, new Map()));
  }

  private isWithin(inner: Alternative, outer: Alternative): boolean {
    if (outer.values) return false;
    const [one, other] = [withListedNames(inner), withListedNames(outer)];
    if (![...other.opaque].every(([key, each]) => this.impliesOpaque(one, key, each))) return false;
    if (!impliesFacets(one, other.facets)) return false;
    if (one.type === "object") return this.isObjectWithin(one, other);
    return one.type !== "array" || this.isArrayWithin(one, other);
  }

  /** True where what an alternative says includes a constraint. */
  impliesOpaque(one: Alternative, key: string, { keyword, text, schema, needs }: Opaque): boolean {
    if (one.opaque.has(key)) return true;
    if (needs !== undefined) return one.properties.get(needs)?.required === true;
    const own = [...one.opaque.values()].filter((each) => each.keyword === keyword);
    if (keyword === "format")
      return own.some((each) => isFormatWithin(each.text, text)) || isInRange(one, rangeOfFormat(text));
    if (keyword === "pattern") return this.isPatternWithin(one, text);
    if (!schema) return false;
    const known = own.flatMap((each) => each.schema ?? []);
    // Who forbids more leaves less.
    if (keyword === "not") return known.some((each) => this.reversed.includes([schema], [each]));
    // With a greatest number of them, more may be too many; and of several, nobody can tell which the numbers are of.
    if (keyword === "contains" && (known.length > 1 || one.facets.bounds.has("maxContains"))) return false;
    return [...(keyword === "propertyNames" ? [NAME] : []), ...known].some((each) =>
      this.includes([each], [schema]),
    );
  }

  private isPatternWithin(one: Alternative, outer: string): boolean {
    const { bounds } = one.facets;
    const [minLength, maxLength] = [bounds.get("minLength"), bounds.get("maxLength")];
    return this.areTextsWithin(
      {
        patterns: patternsOf(one),
        minLength: minLength?.value ?? 0,
        maxLength: maxLength?.value ?? Infinity,
      },
      outer,
    );
  }

  /** True where each name that matches a pattern matches one of the others: they are compared one by one, and all together. */
  areNamesWithin(inner: string, outer: readonly string[]): boolean {
    const all = outer.length > 1 ? [...outer, outer.join("|")] : outer;
    return (
      outer.some((each) => isPatternWithin(inner, each)) ||
      all.some((each) => this.areTextsWithin({ patterns: [inner] }, each))
    );
  }

  private areTextsWithin(inner: PatternTexts, outer: string): boolean {
    const key = JSON.stringify([inner, outer]);
    const known = this.patterns.get(key);
    if (known !== undefined || this.patterns.size >= MAX_PATTERNS) return known ?? false;
    const isWithin = areTextsWithin(inner, outer);
    this.patterns.set(key, isWithin);
    return isWithin;
  }

  /** Of the other side within this one. */
  private get reversed(): Subsets {
    if (this.otherWay) return this.otherWay;
    const made = new Subsets(this.outer, this.inner, (inner, outer) => this.isSame(outer, inner));
    made.otherWay = this;
    this.otherWay = made;
    return made;
  }

  private isArrayWithin(one: Alternative, other: Alternative): boolean {
    const length = Math.max(one.prefixItems.length, other.prefixItems.length);
    const indices = Array.from({ length }, (_, index) => index);
    // There is nothing behind the last item.
    const isEnd = (one.facets.bounds.get("maxItems")?.value ?? Infinity) <= length;
    return (
      indices.every((index) =>
        this.includes(one.prefixItems[index] ?? one.items, other.prefixItems[index] ?? other.items),
      ) &&
      (isEnd || this.includes(one.items, other.items))
    );
  }

  private isObjectWithin(one: Alternative, other: Alternative): boolean {
    const names = new Set([...one.properties.keys(), ...other.properties.keys()]);
    const properties = [...names].every((name) => {
      const isRequired = one.properties.get(name)?.required ?? false;
      if (other.properties.get(name)?.required && !isRequired) return false;
      return memberSchemas(other, name).every((outer) =>
        this.includes(memberSchemas(one, name).flat(), outer),
      );
    });
    if (!properties) return false;
    const patterns = [...other.patternProperties].every(([pattern, outer]) =>
      this.namesBy(one, pattern).every((each) => this.includes(each, outer)),
    );
    const known = [...other.patternProperties.keys()];
    const further = [...one.patternProperties].every(
      ([pattern, own]) => this.areNamesWithin(pattern, known) || this.includes(own, other.additional),
    );
    return patterns && further && this.includes(one.additional, other.additional);
  }

  /** What an object may say of members whose names match a pattern: what its patterns say that match all of those, or else any of it. */
  private namesBy({ patternProperties, additional }: Alternative, pattern: string): readonly Conjunction[] {
    const around = [...patternProperties].filter(([own]) => this.areNamesWithin(pattern, [own]));
    if (around.length > 0) return [around.flatMap(([, schemas]) => schemas)];
    const isNamed = this.areNamesWithin(pattern, [...patternProperties.keys()]);
    return [...patternProperties.values(), ...(isNamed ? [] : [additional])];
  }
}

/** Every value of an alternative that has few. */
function allOf({ type, facets, opaque }: Alternative): readonly JsonValue[] | undefined {
  if (type === "null") return [null];
  if (type === "boolean") return [true, false].filter((value) => !isListedInNot(opaque, value));
  if (type === "string") return textsOf(opaque)?.filter((text) => fitsFacets(facets, text));
  if (type !== "number" || !holdsIntegers(facets)) return undefined;
  const [least, most] = rangeOf(facets);
  if (!(most - least < MAX_SPLIT)) return undefined;
  const integers = Array.from({ length: Math.max(0, most - least + 1) }, (_, index) => least + index);
  return integers.filter((value) => fitsFacets(facets, value));
}

/** What texts match, by their patterns and by their formats. */
function patternsOf({ opaque }: Alternative): readonly string[] {
  return [...opaque.values()].flatMap(({ keyword, text }) =>
    keyword === "pattern" ? text : keyword === "format" ? (patternOf(text) ?? []) : [],
  );
}

/** The texts that one of the patterns leaves. */
function textsOf(opaque: Alternative["opaque"]): readonly string[] | undefined {
  const patterns = [...opaque.values()].filter(({ keyword }) => keyword === "pattern");
  return patterns.map(({ text }) => textsOfPattern(text, MAX_SPLIT)).find((texts) => texts !== undefined);
}

/** True for what is told value by value, or by a pattern. */
function isListed({ values, opaque }: Alternative): boolean {
  return values !== undefined || [...opaque.values()].some(({ keyword }) => keyword === "pattern");
}

/** True for whole numbers that go no further. */
function isInRange(one: Alternative, range: ReturnType<typeof rangeOfFormat>): boolean {
  if (one.type !== "number" || !range || !holdsIntegers(one.facets)) return false;
  return impliesBound(one, "minimum", range[0]) && impliesBound(one, "maximum", range[1]);
}
