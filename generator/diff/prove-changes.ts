import { groupedBy, sortedBy } from "../model/order.js";
import type { Change } from "./change.js";
import { rootCauses, worstOf, type ProvedChange, type RootCause } from "./finding.js";
import { levelOf, ruleOf } from "./rules/rules.js";
import { first } from "./proof/subjects.js";
import type { WitnessSearch } from "./proof/witness-search.js";

/** So many changes of each root cause are tried: where the nearest show nothing, the others hardly ever do. */
const MAX_TRIED = 12;
/** So many more of all root causes together that nobody could tell: without a value, they are no errors. */
const MAX_MORE = 60;
/** So many of each are tried with values that take longer. */
const MAX_FAR = 2;

/**
 * The root causes of changes with what proves them, and what no rule has found.
 *
 * @param keyOf what makes two changes one.
 */
export function proved(
  changes: readonly Change[],
  search: WitnessSearch,
  keyOf: (change: Change) => string,
): RootCause[] {
  const prover = new Prover(search);
  return [
    ...rootCauses(changes, keyOf, (group) => prover.proved(group)),
    ...rootCauses(search.unexplained(changes), keyOf, worstOf),
  ];
}

class Prover {
  private readonly search: WitnessSearch;
  private more = MAX_MORE;

  constructor(search: WitnessSearch) {
    this.search = search;
  }

  /** The change that a value shows. What nobody could tell from the schemas is decided by it. */
  proved(group: readonly Change[]): ProvedChange {
    const near = nearest(group);
    const told = worstOf(near);
    const { unprovable, area } = ruleOf(told.rule);
    if (levelOf(told) === "error") {
      if (unprovable !== undefined) return told;
      const errors = near.filter((change) => levelOf(change) === "error");
      return this.shown(errors.slice(0, MAX_TRIED)) ?? told;
    }
    if (area !== "schema") return told;
    const found = this.shown(near.filter(isUndecided));
    if (!found) return told;
    return { ...found, guard: undefined, effect: found.direction === "request" ? "narrows" : "widens" };
  }

  private shown(changes: readonly Change[]): ProvedChange | undefined {
    for (const [index, change] of changes.entries()) {
      if (index >= MAX_TRIED && this.more-- <= 0) break;
      const witness = this.search.of(change);
      if (witness) return { ...change, witness };
    }
    return first(changes.slice(0, MAX_FAR), (change) => {
      const witness = this.search.far(change);
      return witness && { ...change, witness };
    });
  }
}

/** True of what a value decides. */
function isUndecided(change: Change): boolean {
  const { effect, guard } = change;
  return guard === "meant" ? levelOf(change) === "warning" : effect === "unknown" && !guard;
}

/** What stands near the top comes first: it is read, and proved, most easily. */
function nearest(changes: readonly Change[]): readonly Change[] {
  const rows = groupedBy(changes, ({ path }) => path.replace(/[^/]+/g, ""));
  return sortedBy(rows, ([depth]) => depth).flatMap(([, row]) => row);
}
