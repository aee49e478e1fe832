import { sortedBy } from "../../model/order.js";
import type { Change, Guard } from "../change.js";
import { lawfulLevel, type Level } from "./law.js";
import type { Rule } from "./rule.js";
import { BODY_RULES, RESPONSE_RULES } from "./bodies.js";
import { DOCUMENTATION_RULES, LIFE_CYCLE_RULES, OPERATION_RULES } from "./operations.js";
import { PARAMETER_RULES } from "./parameters.js";
import { SCHEMA_RULES } from "./schemas.js";
import { SECURITY_RULES, SERVER_RULES } from "./security.js";

export { LEVELS, type Level } from "./law.js";
export type { Area, Rule } from "./rule.js";

/** Every rule, by id. */
export const RULES: ReadonlyMap<string, Rule> = new Map(
  sortedBy(
    [
      ...OPERATION_RULES,
      ...LIFE_CYCLE_RULES,
      ...DOCUMENTATION_RULES,
      ...PARAMETER_RULES,
      ...BODY_RULES,
      ...RESPONSE_RULES,
      ...SECURITY_RULES,
      ...SERVER_RULES,
      ...SCHEMA_RULES,
    ],
    ({ id }) => id,
  ).map((rule) => [rule.id, rule]),
);

/** The row of a rule; a change without one is a fault of ours. */
export function ruleOf(id: string): Rule {
  const rule = RULES.get(id);
  if (!rule) throw new Error(`there is no rule ${id}`);
  return rule;
}

/** Guards that hold for clients, which read what servers send: of what a server reads, they say nothing. */
const OF_READERS: ReadonlySet<Guard> = new Set(["addition", "optional"]);

/** What to do about a change. Where it harms nobody, or was announced by its deprecation, there is nothing to do. */
export function adviceOn(change: Change): string | undefined {
  const isToBeDone = levelOf(change) !== "info" && change.guard !== "deprecated";
  return isToBeDone ? ruleOf(change.rule).advice?.[change.direction] : undefined;
}

/** The level of a change: its rule's own, or the law's. */
export function levelOf(change: Change): Level {
  const { level, guard } = ruleOf(change.rule);
  const isMilder = guard !== undefined && !(OF_READERS.has(guard) && change.direction === "request");
  return level ?? lawfulLevel({ ...change, guard: change.guard ?? (isMilder ? guard : undefined) });
}
