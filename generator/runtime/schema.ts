import type { Format } from "./formats.js";
import type { StandardIssue, StandardProps, StandardSchemaV1 } from "./standard-schema.js";

/** What is wrong with a value: at which JSON Pointer (RFC 6901), by which keyword of JSON Schema. */
export interface Issue extends StandardIssue {
  readonly message: string;
  readonly keyword: string;
  readonly pointer: string;
  readonly path: readonly (string | number)[];
}

/** A validator of one schema: a Standard Schema v1, and what is handier where no library stands between. */
export interface Schema<T> extends StandardSchemaV1<unknown, T> {
  /** All that is wrong with the value; empty where it is valid. */
  issues(value: unknown): readonly Issue[];
  /** True where the value is valid. */
  is(value: unknown): value is T;
}

/** Where a value stands: the names that lead to it, the last first. */
type Path = { readonly parent: Path; readonly key: string | number } | undefined;
/** Reports what is wrong with a value to `issues`. True where nothing is. */
export type Check = (value: unknown, path: Path, issues: Issue[]) => boolean;

/** The validator of a check, which is built when it is first used: so schemas may name each other in any order. */
export function schema<T>(build: () => Check): Schema<T> {
  let check: Check | undefined;
  const issuesOf = (value: unknown): readonly Issue[] => {
    const issues: Issue[] = [];
    (check ??= build())(value, undefined, issues);
    return issues;
  };
  const validate: StandardProps<unknown, T>["validate"] = (value) => {
    const issues = issuesOf(value);
    return issues.length > 0 ? { issues } : { value: value as T };
  };
  return {
    "~standard": { version: 1, vendor: "clientsmith", validate },
    issues: issuesOf,
    is: (value): value is T => issuesOf(value).length === 0,
  };
}

/** `$ref`: the check of another validator, asked for when it is needed. */
export function ref<T>(target: () => Schema<T>): Check {
  return (value, path, issues) => {
    const found = target().issues(value);
    issues.push(...found.map((issue) => moved(issue, path)));
    return found.length === 0;
  };
}

function moved(issue: Issue, path: Path): Issue {
  const parents = keysOf(path);
  return { ...issue, path: [...parents, ...issue.path], pointer: pointerOf(parents) + issue.pointer };
}

function keysOf(path: Path): (string | number)[] {
  const keys: (string | number)[] = [];
  for (let step = path; step; step = step.parent) keys.unshift(step.key);
  return keys;
}

function pointerOf(keys: readonly (string | number)[]): string {
  return keys.map((key) => `/${String(key).replaceAll("~", "~0").replaceAll("/", "~1")}`).join("");
}

function fail(issues: Issue[], at: Path, keyword: string, message: string): false {
  const path = keysOf(at);
  issues.push({ message, keyword, pointer: pointerOf(path), path });
  return false;
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
    const length = bounded ? [...value].length : 0;
    let valid = true;
    if (length < minLength)
      valid = fail(issues, path, "minLength", `must have at least ${minLength} characters`);
    if (length > maxLength)
      valid = fail(issues, path, "maxLength", `must have at most ${maxLength} characters`);
    if (pattern && !pattern.test(value))
      valid = fail(issues, path, "pattern", `must match ${pattern.source}`);
    if (format && !format[1](value)) valid = fail(issues, path, "format", `must be a ${format[0]}`);
    return valid;
  };
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
  return (value, path, issues) => {
    if (!Array.isArray(value)) return rules.loose ?? fail(issues, path, "type", "must be a list");
    let valid = true;
    if (value.length < minItems)
      valid = fail(issues, path, "minItems", `must have at least ${minItems} items`);
    if (value.length > maxItems)
      valid = fail(issues, path, "maxItems", `must have at most ${maxItems} items`);
    if (rules.uniqueItems && !isUnique(value))
      valid = fail(issues, path, "uniqueItems", "must not repeat an item");
    if (rules.contains && !checkContains(rules.contains, value, path, issues)) valid = false;
    value.forEach((item: unknown, key) => {
      if (!(prefixItems[key] ?? items)(item, { parent: path, key }, issues)) valid = false;
    });
    return valid;
  };
}

function checkContains(
  rule: NonNullable<ArrayRules["contains"]>,
  items: readonly unknown[],
  path: Path,
  issues: Issue[],
): boolean {
  const { check, minimum, maximum = Infinity } = rule;
  const count = items.filter((item) => check(item, path, [])).length;
  if (count < minimum) return fail(issues, path, "contains", `must contain at least ${minimum} such items`);
  return count <= maximum || fail(issues, path, "contains", `must contain at most ${maximum} such items`);
}

function isUnique(items: readonly unknown[]): boolean {
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
  readonly patternProperties?: readonly (readonly [pattern: RegExp, check: Check])[];
  readonly additionalProperties?: Check;
  readonly propertyNames?: Check;
  readonly dependentRequired?: { readonly [name: string]: readonly string[] };
  readonly minProperties?: number;
  readonly maxProperties?: number;
}

type Properties = readonly { readonly name: string; readonly check: Check; readonly required: boolean }[];

export function object(rules: ObjectRules = {}): Check {
  const properties: Properties = Object.entries(rules.properties ?? {}).map(([name, rule]) => {
    const required = typeof rule === "function";
    return { name, required, check: required ? rule : rule.optional };
  });
  const known = new Set(properties.map(({ name }) => name));
  const checkOthers = rules.patternProperties || rules.additionalProperties || rules.propertyNames;
  return (value, path, issues) => {
    if (!isObject(value)) return rules.loose ?? fail(issues, path, "type", "must be an object");
    let valid = checkProperties(properties, value, path, issues);
    if (checkOthers && !checkNames(rules, known, value, path, issues)) valid = false;
    return checkCounts(rules, value, path, issues) && valid;
  };
}

type JsonObject = { readonly [name: string]: unknown };

function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** A member that is undefined is not there, as in JSON. */
function membersOf(value: JsonObject): [name: string, member: unknown][] {
  return Object.entries(value).filter(([, member]) => member !== undefined);
}

function has(value: JsonObject, name: string): boolean {
  return Object.hasOwn(value, name) && value[name] !== undefined;
}

function checkProperties(properties: Properties, value: JsonObject, path: Path, issues: Issue[]): boolean {
  let valid = true;
  for (const { name, check, required } of properties) {
    if (has(value, name)) {
      if (!check(value[name], { parent: path, key: name }, issues)) valid = false;
    } else if (required) {
      valid = fail(issues, path, "required", `must have the property ${JSON.stringify(name)}`);
    }
  }
  return valid;
}

function checkNames(
  rules: ObjectRules,
  known: ReadonlySet<string>,
  value: JsonObject,
  path: Path,
  issues: Issue[],
): boolean {
  let valid = true;
  for (const [key, member] of membersOf(value)) {
    const at = { parent: path, key };
    const matching = (rules.patternProperties ?? []).filter(([pattern]) => pattern.test(key));
    const isAdditional = !known.has(key) && matching.length === 0;
    const checks =
      isAdditional && rules.additionalProperties
        ? [rules.additionalProperties]
        : matching.map(([, check]) => check);
    for (const check of checks) if (!check(member, at, issues)) valid = false;
    if (rules.propertyNames && !rules.propertyNames(key, at, issues)) valid = false;
  }
  return valid;
}

function checkCounts(rules: ObjectRules, value: JsonObject, path: Path, issues: Issue[]): boolean {
  const { minProperties = 0, maxProperties = Infinity, dependentRequired = {} } = rules;
  const count = minProperties > 0 || maxProperties < Infinity ? membersOf(value).length : 0;
  let valid = true;
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

/** Every check holds. */
export function allOf(...checks: readonly Check[]): Check {
  return (value, path, issues) => checks.map((check) => check(value, path, issues)).every((valid) => valid);
}

/** At least one check holds. Where none does, the issues of the nearest one are reported. */
export function anyOf(...checks: readonly Check[]): Check {
  return (value, path, issues) => {
    const attempts = checks.map((check) => attempt(check, value, path));
    return attempts.some((found) => found.length === 0) || failNearest(attempts, "anyOf", path, issues);
  };
}

/** A `type` of several: the check of the value's own type holds. */
export function types(...checks: readonly Check[]): Check {
  return (value, path, issues) => {
    const attempts = checks.map((check) => attempt(check, value, path));
    if (attempts.some((found) => found.length === 0)) return true;
    const depth = keysOf(path).length;
    const isOther = (issue: Issue) => issue.keyword === "type" && issue.path.length === depth;
    const own = attempts.find((found) => !found.some(isOther));
    const names = attempts.flatMap((found) =>
      found.filter(isOther).map(({ message }) => message.slice("must be ".length)),
    );
    if (!own) return fail(issues, path, "type", `must be ${names.join(" or ")}`);
    issues.push(...own);
    return false;
  };
}

/** Exactly one check holds. */
export function oneOf(...checks: readonly Check[]): Check {
  return (value, path, issues) => {
    const attempts = checks.map((check) => attempt(check, value, path));
    const count = attempts.filter((found) => found.length === 0).length;
    if (count === 1) return true;
    if (count > 1) return fail(issues, path, "oneOf", `must match one alternative, not ${count}`);
    return failNearest(attempts, "oneOf", path, issues);
  };
}

function attempt(check: Check, value: unknown, path: Path): Issue[] {
  const issues: Issue[] = [];
  check(value, path, issues);
  return issues;
}

/** The nearest alternative is the one that only depths of the value speak against; of several, the one with fewest issues. */
function failNearest(attempts: readonly Issue[][], keyword: string, path: Path, issues: Issue[]): false {
  const depth = keysOf(path).length;
  const deep = attempts.filter((found) =>
    found.every((issue) => issue.path.length > depth || issue.keyword === "required"),
  );
  const fewest = Math.min(...deep.map((found) => found.length));
  const nearest = deep.find((found) => found.length === fewest);
  if (!nearest) return fail(issues, path, keyword, "must match one of the alternatives");
  issues.push(...nearest);
  return false;
}

/** The check does not hold. */
export function not(check: Check): Check {
  return (value, path, issues) =>
    attempt(check, value, path).length > 0 || fail(issues, path, "not", "must not match");
}

/** `if`, `then`, `else`. */
export function conditional(rules: {
  readonly if: Check;
  readonly then?: Check;
  readonly else?: Check;
}): Check {
  return (value, path, issues) => {
    const branch = attempt(rules.if, value, path).length === 0 ? rules.then : rules.else;
    return branch?.(value, path, issues) ?? true;
  };
}

/** Equality of JSON values (JSON Schema Core 2020-12, section 4.2.2). */
function equals(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (Array.isArray(a) && Array.isArray(b)) {
    return a.length === b.length && a.every((item, index) => equals(item, b[index]));
  }
  if (!isObject(a) || !isObject(b)) return false;
  const members = membersOf(a);
  return (
    members.length === membersOf(b).length &&
    members.every(([key, member]) => Object.hasOwn(b, key) && equals(member, b[key]))
  );
}
