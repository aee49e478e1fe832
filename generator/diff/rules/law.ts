import type { ChangeDirection, Effect, Guard } from "../change.js";

/** How much a change weighs: an error breaks callers, a warning may, information does not. */
export type Level = "error" | "warning" | "info";
/** The worst first. */
export const LEVELS: readonly Level[] = ["error", "warning", "info"];

/**
 * The law: a request breaks when it takes less than before, a response when it may hold more than before. What `keeps` the set, or is
 * no matter of the wire, is information. What nobody can decide from the documents is a warning.
 */
export function lawfulLevel({
  effect,
  direction,
  guard,
}: {
  effect: Effect;
  direction: ChangeDirection;
  guard?: Guard | undefined;
}): Level {
  if (direction === "none" || guard === "sunset") return "info";
  if (effect === "unknown") return guard === undefined || UNDECIDED.has(guard) ? "warning" : "info";
  const isBreaking = effect === "both" || effect === (direction === "request" ? "narrows" : "widens");
  if (!isBreaking) return "info";
  return guard === undefined ? "error" : "warning";
}

const UNDECIDED: ReadonlySet<Guard> = new Set(["advisory", "meant"]);
