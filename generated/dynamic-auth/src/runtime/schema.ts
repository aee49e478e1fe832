import { attempt, fail, judge, type Check, type Issue } from "./check.js";
import { equals } from "./json.js";
import type { StandardProps, StandardSchemaV1 } from "./standard-schema.js";

export type { Check, Issue } from "./check.js";
export * from "./array-check.js";
export * from "./combinators.js";
export * from "./object-check.js";
export * from "./reference.js";
export * from "./scalar-checks.js";

/** A validator of one schema: a Standard Schema v1, and what is handier where no library stands between. */
export interface Schema<T> extends StandardSchemaV1<T> {
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
  const check = () => (built ??= build());
  const issuesOf = (value: unknown) => attempt(check(), value);
  const validate: StandardProps<T, T>["validate"] = (value) => {
    const issues = issuesOf(value);
    // Without issues, it is one.
    return issues.length === 0 ? { value: value as T } : { issues };
  };
  return {
    "~standard": { version: 1, vendor: "clientsmith", validate },
    issues: issuesOf,
    is: (value): value is T => judge(check(), value, undefined),
    get check() {
      return check();
    },
  };
}

/** `true`: everything is valid. */
export const any: Check = () => true;
/** `false`: nothing is valid. */
export const never: Check = (_value, faults) => fail(faults, "false schema", "must not be there");

export const nullValue: Check = (value, faults) => value === null || fail(faults, "type", "must be null");
export const boolean: Check = (value, faults) =>
  typeof value === "boolean" || fail(faults, "type", "must be true or false");

/** `enum` and `const`: one of the values, compared as JSON. */
export function literals(keyword: "enum" | "const", values: readonly unknown[]): Check {
  const simple = new Set(values);
  const others = values.filter((value) => typeof value === "object");
  const listed = values.map((value) => JSON.stringify(value)).join(", ");
  const message =
    listed === "" ? "must not be there" : `must be ${values.length === 1 ? "" : "one of "}${listed}`;
  return (value, faults) =>
    simple.has(value) || others.some((each) => equals(each, value)) || fail(faults, keyword, message);
}
