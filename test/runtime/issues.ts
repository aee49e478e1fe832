import { expect } from "vitest";
import * as v from "../../generator/runtime/schema.js";

/** What a check holds against a value. It says no where it reports something, nowhere else, and whether or not it is asked for more. */
export function issuesIn(check: v.Check, value: unknown): readonly v.Issue[] {
  const issues = v.schema(() => check).issues(value);
  expect(check(value, [])).toBe(issues.length === 0);
  expect(check(value, undefined)).toBe(issues.length === 0);
  expect(check(value, undefined, new Set())).toBe(issues.length === 0);
  return issues;
}
