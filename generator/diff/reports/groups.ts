import { groupedBy } from "../../model/order.js";
import type { LocatedFinding } from "../review.js";
import { worstFirst } from "../finding.js";

/** Findings that are read together. */
export type Group = {
  readonly kind: "operation" | "shared" | "api";
  readonly title: string;
  readonly findings: readonly LocatedFinding[];
};

/**
 * Findings by the operation that they reach. What reaches several stands once, in a group of its own; groups stand in the order of their worst
 * finding, and so do the findings in each.
 */
export function groupsOf(findings: readonly LocatedFinding[]): Group[] {
  const groups = groupedBy(worstFirst(findings), (finding) => JSON.stringify(headOf(finding)));
  return [...groups.values()].map((group) => ({ ...headOf(group[0]), findings: group }));
}

function headOf({ operations }: LocatedFinding): Omit<Group, "findings"> {
  const [only, ...others] = operations;
  if (only === undefined) return { kind: "api", title: "The API" };
  if (others.length > 0) return { kind: "shared", title: "Shared by several operations" };
  return { kind: "operation", title: only };
}

/** The operations that a shared finding is listed with, and how many more there are. */
export function reached(
  operations: readonly string[],
  most: number,
): { readonly shown: readonly string[]; readonly left: number } {
  // One more is no longer than the words that it would be replaced by.
  const shown = operations.length <= most + 1 ? operations : operations.slice(0, most);
  return { shown, left: operations.length - shown.length };
}
