import { groupedBy, sortedBy } from "../model/order.js";
import type { JsonPointer } from "../source/pointer.js";
import type { SourceId } from "../source/source.js";
import type { Change, ChangeDirection, Difference } from "./change.js";
import { LEVELS, levelOf, ruleOf, type Level } from "./rules/rules.js";
import type { Witness } from "./proof/witness.js";

/** What a reviewer reads: one root cause, with every operation that it reaches. */
export type Finding = Difference & {
  /** The same in each run over the same two documents: `F1` is the first of the report. */
  readonly id: string;
  /** Stays the same while the cause does, whatever is said of it: for waivers. */
  readonly fingerprint: string;
  readonly rule: string;
  readonly level: Level;
  readonly direction: ChangeDirection;
  readonly operations: readonly string[];
  readonly witness?: Witness | undefined;
  readonly message: string;
  readonly advice?: string | undefined;
};

/** A place in a document: what an editor opens. */
export type Location = {
  readonly file: SourceId;
  readonly line: number;
  readonly column: number;
  readonly pointer: JsonPointer;
};

/** A finding with its places. */
export type LocatedFinding = Omit<Finding, "base" | "head"> & {
  readonly base?: Location | undefined;
  readonly head?: Location | undefined;
};

/** Errors, then warnings, then notes; what is alike stays in its order. */
export function worstFirst<T extends { readonly level: Level }>(findings: readonly T[]): T[] {
  return LEVELS.flatMap((level) => findings.filter((finding) => finding.level === level));
}

/** A change and what proves it. */
export type ProvedChange = Change & { readonly witness?: Witness | undefined };

/** Changes of one rule at one place of both documents: a change of a shared schema is seen at every operation that uses it. */
export type RootCause = {
  /** What makes its changes one. */
  readonly key: string;
  /** The one that is told of. */
  readonly told: ProvedChange;
  readonly operations: ReadonlySet<string>;
};

/**
 * Changes → root causes.
 *
 * @param tell which of the changes of one is told of, and what proves it.
 */
export function rootCauses<T extends Change>(
  changes: readonly T[],
  tell: (group: readonly T[]) => ProvedChange,
): RootCause[] {
  return [...groupedBy(changes, keyOf)].map(([key, group]) => ({
    key,
    told: tell(group),
    operations: new Set(group.flatMap(({ operation }) => operation ?? [])),
  }));
}

/** The first of the worst. */
export function worstOf<T extends Change>(changes: readonly T[]): T {
  const levels = changes.map(levelOf);
  const worst = LEVELS.find((level) => levels.includes(level))!;
  return changes[levels.indexOf(worst)]!;
}

/**
 * Root causes → findings: the worst level of their changes counts.
 *
 * @param digest the SHA-256 of a text, in hexadecimal.
 */
export function findingsOf(causes: readonly RootCause[], digest: (text: string) => string): Finding[] {
  const groups = groupedBy(causes, ({ key }) => key);
  const findings = [...groups].map(([key, group]) => findingOf(group, digest(key).slice(0, 16)));
  const order = ({ level, rule, base, head, fingerprint }: Omit<Finding, "id">) =>
    `${LEVELS.indexOf(level)} ${(head ?? base)?.source ?? ""} ${(head ?? base)?.pointer ?? ""} ${rule} ${fingerprint}`;
  return sortedBy(findings, order).map((finding, index) => ({ id: `F${index + 1}`, ...finding }));
}

/** What makes two changes one: neither the message nor the file's name, which may move. */
function keyOf({ rule, direction, base, head, before, after, operation, subject }: Change): string {
  const place = base?.pointer ?? head?.pointer ?? "";
  // What stands at no shared schema belongs to its operation.
  const isShared = /^\/(?:components\/|security$)/.test(place) || rule.startsWith("api-path-");
  const owner = isShared ? "" : `${operation ?? ""} ${subject.kind}`;
  return JSON.stringify([
    rule,
    direction,
    base?.pointer ?? "",
    head?.pointer ?? "",
    before ?? null,
    after ?? null,
    owner,
  ]);
}

/** What is compared apart may have one cause. What is proved is told before what is not. */
function findingOf(group: readonly RootCause[], fingerprint: string): Omit<Finding, "id"> {
  const all = group.map((cause) => cause.told);
  const told = worstOf([...all.filter(({ witness }) => witness), ...all.filter(({ witness }) => !witness)]);
  const { rule, direction, path, base, head, before, after, witness } = told;
  const { message, advice } = ruleOf(rule);
  return {
    fingerprint,
    rule,
    level: levelOf(told),
    direction,
    operations: sortedBy(new Set(group.flatMap(({ operations }) => [...operations])), (name) => name),
    path,
    base,
    head,
    before,
    after,
    witness,
    message: message(told),
    advice,
  };
}
