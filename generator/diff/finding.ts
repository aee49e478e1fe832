import { sortedBy } from "../model/order.js";
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

/**
 * Changes → findings. Changes of one rule at one place of both documents are one finding: a change of a shared schema is seen at every
 * operation that uses it. The worst level of them counts.
 *
 * @param digest the SHA-256 of a text, in hexadecimal.
 */
export function findingsOf(changes: readonly ProvedChange[], digest: (text: string) => string): Finding[] {
  const groups = new Map<string, ProvedChange[]>();
  for (const change of changes) {
    const cause = causeOf(change);
    const known = groups.get(cause);
    if (known) known.push(change);
    else groups.set(cause, [change]);
  }
  const findings = [...groups].map(([cause, group]) => findingOf(group, digest(cause).slice(0, 16)));
  const order = ({ level, rule, base, head, fingerprint }: Omit<Finding, "id">) =>
    `${LEVELS.indexOf(level)} ${(head ?? base)?.source ?? ""} ${(head ?? base)?.pointer ?? ""} ${rule} ${fingerprint}`;
  return sortedBy(findings, order).map((finding, index) => ({ id: `F${index + 1}`, ...finding }));
}

/** What makes two changes one: neither the message nor the file's name, which may move. */
function causeOf({ rule, direction, base, head, before, after, operation, subject }: Change): string {
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

function findingOf(group: readonly ProvedChange[], fingerprint: string): Omit<Finding, "id"> {
  const worst = LEVELS.find((level) => group.some((change) => levelOf(change) === level))!;
  const first =
    group.find((change) => levelOf(change) === worst && change.witness) ??
    group.find((change) => levelOf(change) === worst)!;
  const { rule, direction, path, base, head, before, after, witness } = first;
  const { message, advice } = ruleOf(rule);
  const operations = sortedBy(
    new Set(group.flatMap(({ operation }) => (operation === undefined ? [] : [operation]))),
    (name) => name,
  );
  return {
    fingerprint,
    rule,
    level: worst,
    direction,
    operations,
    path,
    base,
    head,
    before,
    after,
    witness,
    message: message(first),
    advice,
  };
}
