import { groupedBy, sortedBy } from "../../model/order.js";
import type { Change } from "../change.js";
import { rootCauses, worstOf, type ProvedChange, type RootCause } from "../finding.js";
import { levelOf, ruleOf } from "../rules/rules.js";
import { first } from "./subjects.js";
import type { Witness } from "./witness.js";
import type { WitnessSearch } from "./witness-search.js";

/** So many changes of one root cause are tried, and so many with values that take longer: where the nearest show nothing, the others hardly ever do. */
const MAX_TRIED = 12;
const MAX_FAR = 2;

/** The root causes of changes with what proves them, and what no rule has found. */
export function proved(changes: readonly Change[], search: WitnessSearch): RootCause[] {
  return [
    ...rootCauses(changes, (group) => provedChange(group, search)),
    ...rootCauses(search.unexplained(changes), worstOf),
  ];
}

/** The change that a value shows. What nobody could tell from the schemas is decided by it. */
function provedChange(group: readonly Change[], search: WitnessSearch): ProvedChange {
  const near = nearest(group);
  const told = worstOf(near);
  const { unprovable, area } = ruleOf(told.rule);
  if (levelOf(told) === "error") {
    if (unprovable !== undefined) return told;
    return shown(near, search, (change) => levelOf(change) === "error") ?? told;
  }
  const found =
    area === "schema" && shown(near, search, ({ effect, guard }) => effect === "unknown" && !guard);
  return found ? { ...found, effect: found.direction === "request" ? "narrows" : "widens" } : told;
}

function shown(
  changes: readonly Change[],
  search: WitnessSearch,
  isMeant: (change: Change) => boolean,
): ProvedChange | undefined {
  const meant = changes.filter(isMeant);
  return (
    first(meant.slice(0, MAX_TRIED), (change) => provedBy(search.of(change), change)) ??
    first(meant.slice(0, MAX_FAR), (change) => provedBy(search.far(change), change))
  );
}

function provedBy(witness: Witness | undefined, change: Change): ProvedChange | undefined {
  return witness && { ...change, witness };
}

/** What stands near the top comes first: it is read, and proved, most easily. */
function nearest(changes: readonly Change[]): readonly Change[] {
  const rows = groupedBy(changes, ({ path }) => path.replace(/[^/]+/g, ""));
  return sortedBy(rows, ([depth]) => depth).flatMap(([, row]) => row);
}
