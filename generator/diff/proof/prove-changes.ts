import { groupedBy, sortedBy } from "../../model/order.js";
import type { Change } from "../change.js";
import { rootCauses, worstOf, type ProvedChange, type RootCause } from "../finding.js";
import { levelOf, ruleOf } from "../rules/rules.js";
import type { WitnessSearch } from "./witness-search.js";

/** So many changes of one root cause are tried: where the nearest show nothing, the others hardly ever do. */
const MAX_TRIED = 12;

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
  for (const change of changes.filter(isMeant).slice(0, MAX_TRIED)) {
    const witness = search.of(change);
    if (witness) return { ...change, witness };
  }
  return undefined;
}

/** What stands near the top comes first: it is read, and proved, most easily. */
function nearest(changes: readonly Change[]): readonly Change[] {
  const rows = groupedBy(changes, ({ path }) => path.replace(/[^/]+/g, ""));
  return sortedBy(rows, ([depth]) => depth).flatMap(([, row]) => row);
}
