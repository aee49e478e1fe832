import { groupedBy, sortedBy } from "../model/order.js";
import { join, tokensOf, type JsonPointer } from "../source/pointer.js";
import type { Origin, SourceId } from "../source/source.js";
import type { Change, ChangeDirection, Difference, Pair, Subject } from "./change.js";
import { adviceOn, LEVELS, levelOf, ruleOf, type Level } from "./rules/rules.js";
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

/** A place in a text: what an editor opens. */
export type TextPlace = {
  readonly file: SourceId;
  readonly line: number;
  readonly column: number;
  readonly pointer: JsonPointer;
};

/** A place in a document, which is not the text where an overlay brought it. */
export type Location = TextPlace & { readonly source: SourceId };

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
  /** Of the responses that hold what has changed. */
  readonly statuses: ReadonlySet<string>;
};

/**
 * Changes → root causes.
 *
 * @param keyOf what makes two changes one.
 * @param tell which of the changes of one is told of, and what proves it.
 */
export function rootCauses<T extends Change>(
  changes: readonly T[],
  keyOf: (change: Change) => string,
  tell: (group: readonly T[]) => ProvedChange,
): RootCause[] {
  return [...groupedBy(changes, keyOf)].map(([key, group]) => ({
    key,
    told: tell(group),
    operations: new Set(group.flatMap(({ operation }) => operation ?? [])),
    statuses: new Set(group.flatMap(({ subject }) => ("status" in subject ? subject.status : []))),
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
  const findings = toldApart([...groups].map(([key, group]) => findingOf(group, digest(key).slice(0, 16))));
  // What stands at one place, as the values of one list, stays in its order.
  const order = ({ level, rule, base, head }: Omit<Finding, "id">) => {
    const place = head ?? base;
    return [LEVELS.indexOf(level), place?.source, place?.pointer, rule, base?.pointer].join(" ");
  };
  return sortedBy(findings, order).map((finding, index) => ({ id: `F${index + 1}`, ...finding }));
}

/** What makes two changes one: neither the message nor where the documents lie, which may move. */
export function keyOfChanges(pathTo: Pair<(source: SourceId) => string>): (change: Change) => string {
  return ({ rule, direction, base, head, before, after, operation, subject }) => {
    // A tag is one thing, wherever its name stands.
    if (rule.startsWith("api-tag-")) return JSON.stringify([rule, before ?? after]);
    const places = [base && placeOf(base, pathTo.base, subject), head && placeOf(head, pathTo.head, subject)];
    // A schema is one thing, whether a body is it or has it somewhere.
    const about = rule.replace(/^(request|response)-(?:body|property)-/, "$1-");
    // What stands at no shared place belongs to its operation.
    const isShared = SHARED.test(places[0] ?? places[1] ?? "") || rule.startsWith("api-path-");
    const owner = isShared ? "" : `${operation ?? ""} ${subject.kind}`;
    return JSON.stringify([
      about,
      direction,
      places[0] ?? "",
      places[1] ?? "",
      before ?? null,
      after ?? null,
      owner,
    ]);
  };
}

/** What several operations may use: components, the parameters of a path, and all that stands in a file of its own. */
const SHARED = /^(?:\/components\/|\/security$|\/paths\/[^/]*\/parameters\/|[^/])/;

/** A place in documents, seen from the entry. The parameters of a list have no order: theirs are their names. */
function placeOf(
  { source, pointer }: Origin,
  pathTo: (source: SourceId) => string,
  subject: Subject,
): string {
  const path = pathTo(source);
  const named =
    subject.kind === "parameter"
      ? pointer.replace(/\/parameters\/\d+/, () => join("/parameters", `${subject.location} ${subject.name}`))
      : pointer;
  return path === "" ? named : `${path}#${named}`;
}

/** A finding without its number, and the media type of the body that it speaks of. */
type Draft = Omit<Finding, "id"> & { readonly mediaType: string | undefined };

/** The same may be said of the same operations by their several media types, or in several schemas: then those are named. */
function toldApart(drafts: readonly Draft[]): Omit<Finding, "id">[] {
  const alike = groupedBy(drafts, ({ message, operations }) => JSON.stringify([message, operations]));
  return [...alike.values()].flatMap((group) => {
    const nameOf = [({ mediaType }: Draft) => mediaType, schemaOf].find(
      (each) => new Set(group.map(each)).size > 1,
    );
    return group.map((draft) => {
      const { mediaType: _told, ...finding } = draft;
      const name = nameOf?.(draft);
      return name === undefined ? finding : { ...finding, message: `${finding.message} (${name})` };
    });
  });
}

/** The component that holds what a finding is about. */
function schemaOf({ base, head }: Draft): string | undefined {
  const [components, schemas, name] = tokensOf((head ?? base)?.pointer ?? "");
  return components === "components" && schemas === "schemas" ? `schema \`${name}\`` : undefined;
}

/** What any of the causes has, in order. */
function allOf(group: readonly RootCause[], of: (cause: RootCause) => ReadonlySet<string>): string[] {
  return sortedBy(new Set(group.flatMap((cause) => [...of(cause)])), (name) => name);
}

/** What is compared apart may have one cause. What is proved is told before what is not. */
function findingOf(group: readonly RootCause[], fingerprint: string): Draft {
  const all = group.map((cause) => cause.told);
  const told = worstOf([...all.filter(({ witness }) => witness), ...all.filter(({ witness }) => !witness)]);
  const { rule, direction, subject, path, base, head, before, after, witness } = told;
  return {
    fingerprint,
    rule,
    level: levelOf(told),
    direction,
    operations: allOf(group, ({ operations }) => operations),
    path,
    base,
    head,
    before,
    after,
    witness,
    message: ruleOf(rule).message({ ...told, statuses: allOf(group, ({ statuses }) => statuses) }),
    advice: adviceOn(told),
    mediaType: "mediaType" in subject ? subject.mediaType : undefined,
  };
}
