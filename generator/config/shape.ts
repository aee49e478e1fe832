import type { Criteria } from "../source/filter.js";
import type { ApiConfig } from "./config.js";

/** What the value of each criterion must be. */
const CRITERIA: { readonly [K in keyof Required<Criteria>]: "strings" | "boolean" } = {
  tags: "strings",
  paths: "strings",
  operationIds: "strings",
  deprecated: "boolean",
};

/**
 * What is wrong with the overlays and filters of an API; undefined where nothing is. A configuration is not type-checked where it runs,
 * and a filter that is misspelt would keep what its author meant to leave out.
 */
export function faultOfShape({ overlays = [], include = {}, exclude = {} }: ApiConfig): string | undefined {
  if (!isStrings(overlays)) return "overlays must be a list of paths";
  return faultOfCriteria("include", include) ?? faultOfCriteria("exclude", exclude);
}

function faultOfCriteria(place: string, criteria: object): string | undefined {
  const faults = Object.entries(criteria).map(([key, value]: [string, unknown]) => {
    const expected = Object.entries(CRITERIA).find(([name]) => name === key)?.[1];
    if (expected === undefined) return `${place}.${key} is unknown: use ${Object.keys(CRITERIA).join(", ")}`;
    if (value === undefined) return undefined;
    if (expected === "strings")
      return isStrings(value) ? undefined : `${place}.${key} must be a list of strings`;
    return typeof value === "boolean" ? undefined : `${place}.${key} must be true or false`;
  });
  return faults.find((fault) => fault !== undefined);
}

function isStrings(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((item) => typeof item === "string");
}
