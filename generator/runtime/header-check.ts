import { attempt, fail, judge, type Check, type Issue } from "./check.js";
import type { HeaderChecks } from "./contract-rules.js";
import type { PartIssue } from "./errors.js";
import { FRAMING, itemsOf } from "./headers.js";
import type { HeaderRule } from "./operation.js";
import { alternating, candidates, coerced, members, splitPair } from "./parse-values.js";

/** What is wrong with the headers of a response (OpenAPI 3.2.0, Header Object). */
export function headerIssues(checks: HeaderChecks, { headers, type }: Response): readonly PartIssue[] {
  return Object.entries(checks).flatMap(([name, { required, read, check }]) => {
    const text = headers.get(name);
    // A browser hides the headers of another origin that it does not expose (Fetch, section 4.10): it may be there.
    const isMissed = required && type !== "cors" && !FRAMING.has(name.toLowerCase());
    const issues = text === null ? (isMissed ? attempt(missing, text) : []) : textIssues(read, check, text);
    return issues.map((issue): PartIssue => ({ ...issue, in: "header", name }));
  });
}

const missing: Check = (_value, faults) => fail(faults, "required", "must be given");
const noJson: Check = (_value, faults) => fail(faults, "style", "must be JSON");

/** What a check holds against the text; of the values that it may stand for, against the first. */
function textIssues(read: HeaderRule | undefined, check: Check | undefined, text: string): readonly Issue[] {
  if (!read || !check) return [];
  const values = valuesOf(read, text);
  if (!values) return attempt(noJson, text);
  return values.some((value) => judge(check, value, undefined)) ? [] : attempt(check, values[0]);
}

/** What a text may stand for; what is none of its types stays text, and the check says so. Undefined where it should be JSON and is not. */
function valuesOf(rule: HeaderRule, text: string): unknown[] | undefined {
  switch (rule.as) {
    case "json":
      return jsonValues(text);
    case "value":
      return candidates(text, rule.types);
    case "array":
      return [itemsOf(text).map((item) => coerced(item, rule.types))];
    case "object": {
      const items = itemsOf(text);
      return [members(rule.explode ? items.map(splitPair) : alternating(items), rule, (each) => each)];
    }
  }
}

function jsonValues(text: string): unknown[] | undefined {
  try {
    return [JSON.parse(text)];
  } catch {
    return undefined;
  }
}
