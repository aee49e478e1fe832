import type { Format } from "./formats.js";
import {
  attempt,
  explain,
  equals,
  fail,
  has,
  isObject,
  membersOf,
  type Check,
  type Issue,
  type Issues,
  type JsonObject,
  type Path,
  type Seen,
} from "./check.js";
import type { StandardProps, StandardSchemaV1 } from "./standard-schema.js";

export type { Check, Issue } from "./check.js";
export * from "./combinators.js";

/** A validator of one schema: a Standard Schema v1, and what is handier where no library stands between. */
export interface Schema<T> extends StandardSchemaV1<unknown, T> {
  /** All that is wrong with the value; empty where it is valid. */
  issues(value: unknown): readonly Issue[];
  /** True where the value is valid. */
  is(value: unknown): value is T;
  /** What other schemas that refer to this one check. */
  readonly check: Check;
}

/** The validator of a check, which is built when it is first used: so schemas may name each other in any order. */
export function schema<T>(build: () => Check): Schema<T> {
  let built: Check | undefined;
  const check: Check = (value, path, issues, seen) => (built ??= build())(value, path, issues, seen);
  const is = (value: unknown): value is T => check(value, undefined, undefined);
  const issuesOf = (value: unknown) => attempt(check, value, undefined);
  const validate: StandardProps<unknown, T>["validate"] = (value) => {
    return is(value) ? { value } : { issues: issuesOf(value) };
  };
  return {
    "~standard": { version: 1, vendor: "clientsmith", validate },
    issues: issuesOf,
    is,
    get check() {
      return (built ??= build());
    },
  };
}

/** `$ref`: the check of another validator, asked for when it is needed. */
export function ref<T>(target: () => Schema<T>): Check {
  let check: Check | undefined;
  return (value, path, issues, seen) => (check ??= target().check)(value, path, issues, seen);
}

/** `true`: everything is valid. */
export const any: Check = () => true;
/** `false`: nothing is valid. */
export const never: Check = (_value, path, issues) => fail(issues, path, "false schema", "must not be there");

export const nullValue: Check = (value, path, issues) =>
  value === null || fail(issues, path, "type", "must be null");
export const boolean: Check = (value, path, issues) =>
  typeof value === "boolean" || fail(issues, path, "type", "must be true or false");

/** `enum` and `const`: one of the values, compared as JSON. */
export function literals(keyword: "enum" | "const", values: readonly unknown[]): Check {
  const simple = new Set(values);
  const message = `must be ${values.length === 1 ? "" : "one of "}${values.map((value) => JSON.stringify(value)).join(", ")}`;
  return (value, path, issues) =>
    simple.has(value) || values.some((each) => equals(each, value)) || fail(issues, path, keyword, message);
}

interface StringRules {
  /** True where other types pass. */
  readonly loose?: true;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly pattern?: RegExp;
  readonly format?: readonly [name: string, is: Format];
}

/** Lengths count Unicode code points (JSON Schema Validation 2020-12, section 6.3). */
export function string(rules: StringRules = {}): Check {
  const { minLength = 0, maxLength = Infinity, pattern, format } = rules;
  const bounded = minLength > 0 || maxLength < Infinity;
  return (value, path, issues) => {
    if (typeof value !== "string") return rules.loose ?? fail(issues, path, "type", "must be a string");
    const length = bounded ? lengthOf(value, minLength, maxLength) : 0;
    let valid = true;
    if (bounded && length < minLength)
      valid = fail(issues, path, "minLength", `must have at least ${minLength} characters`);
    if (bounded && length > maxLength)
      valid = fail(issues, path, "maxLength", `must have at most ${maxLength} characters`);
    if (pattern && !pattern.test(value))
      valid = fail(issues, path, "pattern", `must match ${pattern.source}`);
    if (format && !format[1](value)) valid = fail(issues, path, "format", `must be a ${format[0]}`);
    return valid;
  };
}

/** Code points, counted where it matters: they are as many as the code units of a text, or half of them, or between. */
function lengthOf(text: string, minimum: number, maximum: number): number {
  const { length } = text;
  const isDecided = length < minimum || (length >= 2 * minimum && length <= maximum);
  return isDecided ? length : [...text].length;
}

interface NumberRules {
  readonly loose?: true;
  readonly integer?: true;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly exclusiveMinimum?: number;
  readonly exclusiveMaximum?: number;
  readonly multipleOf?: number;
}

export function number(rules: NumberRules = {}): Check {
  const {
    minimum = -Infinity,
    maximum = Infinity,
    exclusiveMinimum = -Infinity,
    exclusiveMaximum = Infinity,
  } = rules;
  return (value, path, issues) => {
    // JSON has no NaN and no infinity.
    if (typeof value !== "number" || !Number.isFinite(value))
      return rules.loose ?? fail(issues, path, "type", "must be a number");
    if (rules.integer && !Number.isInteger(value)) return fail(issues, path, "type", "must be an integer");
    let valid = true;
    if (value < minimum) valid = fail(issues, path, "minimum", `must be at least ${minimum}`);
    if (value > maximum) valid = fail(issues, path, "maximum", `must be at most ${maximum}`);
    if (value <= exclusiveMinimum && exclusiveMinimum > -Infinity) {
      valid = fail(issues, path, "exclusiveMinimum", `must be over ${exclusiveMinimum}`);
    }
    if (value >= exclusiveMaximum && exclusiveMaximum < Infinity) {
      valid = fail(issues, path, "exclusiveMaximum", `must be under ${exclusiveMaximum}`);
    }
    if (rules.multipleOf !== undefined && !isMultiple(value, rules.multipleOf)) {
      valid = fail(issues, path, "multipleOf", `must be a multiple of ${rules.multipleOf}`);
    }
    return valid;
  };
}

/** 0.3 is a multiple of 0.1 on paper; as binary fractions the quotient is off by what rounding three numbers can bring. */
function isMultiple(value: number, of: number): boolean {
  if (Number.isInteger(of)) return value % of === 0;
  const quotient = value / of;
  return Math.abs(quotient - Math.round(quotient)) <= 2 * Number.EPSILON * Math.abs(quotient);
}

interface ArrayRules {
  readonly loose?: true;
  readonly prefixItems?: readonly Check[];
  readonly items?: Check;
  readonly contains?: { readonly check: Check; readonly minimum: number; readonly maximum?: number };
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly uniqueItems?: true;
}

export function array(rules: ArrayRules = {}): Check {
  const { prefixItems = [], items = any, minItems = 0, maxItems = Infinity } = rules;
  return (value, path, issues, seen) => {
    if (!Array.isArray(value)) return rules.loose ?? fail(issues, path, "type", "must be a list");
    let valid = true;
    if (value.length < minItems)
      valid = fail(issues, path, "minItems", `must have at least ${minItems} items`);
    if (value.length > maxItems)
      valid = fail(issues, path, "maxItems", `must have at most ${maxItems} items`);
    if (rules.uniqueItems && !isUnique(value))
      valid = fail(issues, path, "uniqueItems", "must not repeat an item");
    if (rules.contains && !checkContains(rules.contains, value, path, issues, seen)) valid = false;
    for (let key = 0; key < value.length; key++) {
      if (!valid && !issues) return false;
      const check = prefixItems[key] ?? items;
      if (!check(value[key], undefined, undefined)) valid = explain(check, value[key], path, key, issues);
      if (rules.items || key < prefixItems.length) seen?.add(key);
    }
    return valid;
  };
}

function checkContains(
  rule: NonNullable<ArrayRules["contains"]>,
  items: readonly unknown[],
  path: Path,
  issues: Issues,
  seen: Seen | undefined,
): boolean {
  const { check, minimum, maximum = Infinity } = rule;
  const matching = [...items.keys()].filter((key) => check(items[key], undefined, undefined));
  for (const key of matching) seen?.add(key);
  const count = matching.length;
  if (count < minimum) return fail(issues, path, "contains", `must contain at least ${minimum} such items`);
  return count <= maximum || fail(issues, path, "contains", `must contain at most ${maximum} such items`);
}

function isUnique(items: readonly unknown[]): boolean {
  if (!items.some((item) => typeof item === "object")) return new Set(items).size === items.length;
  return items.every((item, index) => items.findIndex((earlier) => equals(earlier, item)) === index);
}

/** A property that may be absent. */
export interface Optional {
  readonly optional: Check;
}

export function optional(check: Check): Optional {
  return { optional: check };
}

interface ObjectRules {
  readonly loose?: true;
  /** Required unless {@link optional}. */
  readonly properties?: { readonly [name: string]: Check | Optional };
  /** Required, and described by no property. */
  readonly required?: readonly string[];
  readonly patternProperties?: readonly (readonly [pattern: RegExp, check: Check])[];
  readonly additionalProperties?: Check;
  readonly propertyNames?: Check;
  readonly dependentRequired?: { readonly [name: string]: readonly string[] };
  readonly minProperties?: number;
  readonly maxProperties?: number;
}

/** A property; `isInherited` of one that every object seems to have. */
type Properties = readonly {
  readonly name: string;
  readonly check: Check;
  readonly required: boolean;
  readonly isInherited: boolean;
}[];

export function object(rules: ObjectRules = {}): Check {
  const properties: Properties = Object.entries(rules.properties ?? {}).map(([name, rule]) => {
    const required = typeof rule === "function";
    return { name, required, check: required ? rule : rule.optional, isInherited: name in {} };
  });
  const known = new Set(properties.map(({ name }) => name));
  const checkOthers = rules.patternProperties || rules.additionalProperties || rules.propertyNames;
  const { required, minProperties, maxProperties, dependentRequired } = rules;
  const checkWhole = required || minProperties || maxProperties !== undefined || dependentRequired;
  return (value, path, issues, seen) => {
    if (!isObject(value)) return rules.loose ?? fail(issues, path, "type", "must be an object");
    let valid = checkProperties(properties, value, path, issues);
    if (!valid && !issues) return false;
    if (checkOthers && !checkNames(rules, known, value, path, issues)) valid = false;
    if (checkWhole && !checkCounts(rules, value, path, issues)) valid = false;
    if (seen) for (const name of looked(rules, known, value)) seen.add(name);
    return valid;
  };
}

function checkProperties(properties: Properties, value: JsonObject, path: Path, issues: Issues): boolean {
  let valid = true;
  for (let index = 0; index < properties.length; index++) {
    const { name, check, required, isInherited } = properties[index]!;
    const member = isInherited && !Object.hasOwn(value, name) ? undefined : value[name];
    if (member !== undefined) {
      if (check(member, undefined, undefined)) continue;
      explain(check, member, path, name, issues);
    } else if (required) {
      failRequired(issues, path, name);
    } else continue;
    if (!issues) return false;
    valid = false;
  }
  return valid;
}

function failRequired(issues: Issues, path: Path, name: string): false {
  return fail(issues, path, "required", `must have the property ${JSON.stringify(name)}`);
}

/** The names of the members that `properties`, `patternProperties` and `additionalProperties` looked at. */
function looked(rules: ObjectRules, known: ReadonlySet<string>, value: JsonObject): string[] {
  const names = membersOf(value).map(([name]) => name);
  if (rules.additionalProperties) return names;
  return names.filter(
    (name) => known.has(name) || rules.patternProperties?.some(([pattern]) => pattern.test(name)),
  );
}

function checkNames(
  rules: ObjectRules,
  known: ReadonlySet<string>,
  value: JsonObject,
  path: Path,
  issues: Issues,
): boolean {
  const { patternProperties = [], additionalProperties, propertyNames } = rules;
  let valid = true;
  for (const key of Object.keys(value)) {
    const member = value[key];
    if (member === undefined) continue;
    if (!valid && !issues) return false;
    let isAdditional = !known.has(key);
    for (const [pattern, check] of patternProperties) {
      if (!pattern.test(key)) continue;
      isAdditional = false;
      if (!check(member, undefined, undefined)) valid = explain(check, member, path, key, issues);
    }
    if (isAdditional && additionalProperties && !additionalProperties(member, undefined, undefined))
      valid = explain(additionalProperties, member, path, key, issues);
    if (propertyNames && !propertyNames(key, undefined, undefined))
      valid = explain(propertyNames, key, path, key, issues);
  }
  return valid;
}

function checkCounts(rules: ObjectRules, value: JsonObject, path: Path, issues: Issues): boolean {
  const { required = [], minProperties = 0, maxProperties = Infinity, dependentRequired = {} } = rules;
  const count = minProperties > 0 || maxProperties < Infinity ? membersOf(value).length : 0;
  let valid = true;
  for (const name of required) if (!has(value, name)) valid = failRequired(issues, path, name);
  if (count < minProperties)
    valid = fail(issues, path, "minProperties", `must have at least ${minProperties} properties`);
  if (count > maxProperties)
    valid = fail(issues, path, "maxProperties", `must have at most ${maxProperties} properties`);
  for (const [name, needed] of Object.entries(dependentRequired)) {
    const missing = has(value, name) ? needed.filter((each) => !has(value, each)) : [];
    for (const each of missing) {
      valid = fail(
        issues,
        path,
        "dependentRequired",
        `must have the property ${JSON.stringify(each)} beside ${JSON.stringify(name)}`,
      );
    }
  }
  return valid;
}
