import type { Direction } from "../../model/graph.js";
import type { LocatedFinding } from "../finding.js";
import { ruleOf } from "../rules/rules.js";

/** False for what changes no type, and so stops no code from compiling. Of all formats, `binary` alone has a type. */
export function isTyped({ rule, before, after }: Pick<LocatedFinding, "rule" | "before" | "after">): boolean {
  const { keywords, isUntyped } = ruleOf(rule);
  if (keywords?.includes("format")) return before === "binary" || after === "binary";
  return !isUntyped;
}

/** By these, a type becomes another kind of type, whatever values it has: one with an index signature, or a file. */
const RESHAPING: ReadonlySet<string> = new Set(["additionalProperties", "format"]);

/**
 * False for what stops no old argument, or no new result, from being assignable: requests that take more than before, responses that hold
 * less. What keeps the values may change their type all the same.
 */
export function mayRefuse({ rule }: Pick<LocatedFinding, "rule">, direction: Direction): boolean {
  const { effects, keywords = [] } = ruleOf(rule);
  if (keywords.some((keyword) => RESHAPING.has(keyword))) return true;
  const harmless = direction === "request" ? "widens" : "narrows";
  return !effects.includes(harmless) || effects.some((effect) => effect !== harmless && effect !== "keeps");
}
