import { isVersion } from "../output/versions.js";
import type { Criteria } from "../source/filter.js";
import type { Limits } from "../source/limits.js";
import { adviceOn } from "../source/validity/near.js";
import type { ApiConfig, Config } from "./config.js";

/** What a value must be, in words and as it is judged. */
type ValueRule<T> = {
  readonly kind: "value";
  readonly expected: string;
  readonly holds: (value: unknown) => value is T;
};

/** What a type asks of a value: the compiler refuses a table that misses a setting of it, or means another type. */
type RuleOf<T> = [T] extends [string | number | boolean | readonly string[]]
  ? ValueRule<T>
  : string extends keyof T
    ? { readonly kind: "map"; readonly of: RuleOf<T[string]> }
    : {
        readonly kind: "object";
        readonly fields: { readonly [K in keyof T]-?: RuleOf<NonNullable<T[K]>> };
      };

/** The same, whatever the type. */
type Rule =
  | ValueRule<unknown>
  | { readonly kind: "map"; readonly of: Rule }
  | { readonly kind: "object"; readonly fields: { readonly [name: string]: Rule } };

const TEXT: RuleOf<string> = { kind: "value", expected: "a string", holds: isString };

/** An empty path would be that of the configuration's folder. */
const PATH: RuleOf<string> = {
  kind: "value",
  expected: "a path",
  holds: (value): value is string => isString(value) && value !== "",
};

const TEXTS: RuleOf<readonly string[]> = {
  kind: "value",
  expected: "a list of strings",
  holds: (value) => Array.isArray(value) && value.every(isString),
};

const FLAG: RuleOf<boolean> = {
  kind: "value",
  expected: "true or false",
  holds: (value) => typeof value === "boolean",
};

const LIMIT: RuleOf<number> = {
  kind: "value",
  expected: "a whole number over 0",
  holds: (value): value is number => Number.isSafeInteger(value) && Number(value) > 0,
};

/** What npm takes (package.json, `version`). */
const VERSION: RuleOf<string> = {
  kind: "value",
  expected: "a version, as 1.0.0 or 1.0.0-beta.1",
  holds: (value): value is string => isString(value) && isVersion(value),
};

const CRITERIA: RuleOf<Criteria> = {
  kind: "object",
  fields: { tags: TEXTS, paths: TEXTS, operationIds: TEXTS, deprecated: FLAG },
};

const LIMITS: RuleOf<Limits> = {
  kind: "object",
  fields: {
    bytes: LIMIT,
    depth: LIMIT,
    nodes: LIMIT,
    schemas: LIMIT,
    operations: LIMIT,
    references: LIMIT,
    evaluations: LIMIT,
    alternatives: LIMIT,
  },
};

const API: RuleOf<ApiConfig> = {
  kind: "object",
  fields: {
    input: PATH,
    overlays: TEXTS,
    include: CRITERIA,
    exclude: CRITERIA,
    out: PATH,
    packageName: TEXT,
    version: VERSION,
    license: TEXT,
    openEnums: FLAG,
    openapi: FLAG,
    lenient: FLAG,
  },
};

const CONFIG: RuleOf<Config> = {
  kind: "object",
  fields: {
    scope: TEXT,
    license: TEXT,
    repository: TEXT,
    openEnums: FLAG,
    openapi: FLAG,
    lenient: FLAG,
    allowRefs: TEXTS,
    limits: LIMITS,
    waivers: TEXT,
    apis: { kind: "map", of: API },
  },
};

/**
 * What is wrong with a configuration, each fault with the setting's name. A configuration is not type-checked where it runs, and a setting
 * that is misspelt would do nothing: a filter would keep what its author meant to leave out.
 */
export function faultsOfConfig(config: unknown): readonly string[] {
  return faultsAt("", config, CONFIG);
}

function faultsAt(place: string, value: unknown, rule: Rule): readonly string[] {
  if (rule.kind === "value") return rule.holds(value) ? [] : [`${place} must be ${rule.expected}`];
  if (!isRecord(value)) return [`${place || "the configuration"} must be an object`];
  return Object.entries(value).flatMap(([name, member]) => {
    const at = place === "" ? name : `${place}.${name}`;
    if (rule.kind === "map") return faultsAt(at, member, rule.of);
    if (!Object.hasOwn(rule.fields, name)) return [`${at} is unknown: ${adviceIn(name, rule.fields)}`];
    return member === undefined ? [] : faultsAt(at, member, rule.fields[name]!);
  });
}

function adviceIn(name: string, fields: object): string {
  const names = Object.keys(fields);
  return adviceOn(name, names, `use ${names.join(", ")}`);
}

function isString(value: unknown): value is string {
  return typeof value === "string";
}

/** True for an object that is read by its names: what a list, a `Map` or a promise holds would go unseen. */
function isRecord(value: unknown): value is { readonly [name: string]: unknown } {
  return /^\[object (?:Object|Module)\]$/.test(Object.prototype.toString.call(value));
}
