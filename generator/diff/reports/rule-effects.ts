import { lawfulLevel } from "../rules/law.js";
import { LEVELS, type Level, type Rule } from "../rules/rules.js";

/** The levels that a rule can have in a direction, the worst first. */
export function levelsOf(
  { level, effects, guard }: Rule,
  direction: "request" | "response",
): readonly Level[] {
  if (level) return [level];
  const levels = new Set(effects.map((effect) => lawfulLevel({ effect, direction, guard })));
  return LEVELS.filter((each) => levels.has(each));
}
