import type { Change } from "../change.js";
import type { ProvedChange } from "../finding.js";
import { levelOf, ruleOf } from "../rules/rules.js";
import type { WitnessSearch } from "./witness-search.js";

/** The changes with what proves them. What nobody could tell from the schemas is decided where a value shows it. */
export function proved(changes: readonly Change[], search: WitnessSearch): ProvedChange[] {
  return [...changes.map((change) => provedChange(change, search)), ...search.unexplained(changes)];
}

function provedChange(change: Change, search: WitnessSearch): ProvedChange {
  if (levelOf(change) === "error")
    return ruleOf(change.rule).unprovable === undefined ? { ...change, witness: search.of(change) } : change;
  if (change.effect !== "unknown" || change.guard || ruleOf(change.rule).area !== "schema") return change;
  const witness = search.of(change);
  if (!witness) return change;
  return { ...change, effect: change.direction === "request" ? "narrows" : "widens", witness };
}
