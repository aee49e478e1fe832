import type { LocatedFinding } from "../finding.js";
import { ruleOf } from "../rules/rules.js";

/** False for what changes no type, and so stops no code from compiling. Of all formats, `binary` alone has a type. */
export function isTyped({ rule, before, after }: Pick<LocatedFinding, "rule" | "before" | "after">): boolean {
  const { keywords, isUntyped } = ruleOf(rule);
  if (keywords?.includes("format")) return before === "binary" || after === "binary";
  return !isUntyped;
}
