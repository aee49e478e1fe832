import { problem, type Problem, type Staged } from "../diagnostics/problem.js";
import { globMatcher } from "./glob.js";
import { fieldsOf } from "./grammar.js";
import { isArray, isObject, own, type JsonObject, type JsonValue } from "./json.js";
import { join, valueAt } from "./pointer.js";
import { prune } from "./prune.js";
import { keyOf, type Sources } from "./sources.js";
import type { Origin, SourceDocument, SourceId } from "./source.js";

/** What operations are chosen by. A list that is empty chooses by nothing. */
export type Criteria = {
  /** An operation matches that has one of the tags. */
  readonly tags?: readonly string[];
  /** Paths as the document writes them, or with `*` for any characters but `/` and `**` for any at all: `/users/**`. */
  readonly paths?: readonly string[];
  readonly operationIds?: readonly string[];
  /** True for operations that are deprecated, false for those that are not. */
  readonly deprecated?: boolean;
};

/** An operation is kept that matches every criterion of `include` and none of `exclude`. */
export type Filter = { readonly include?: Criteria; readonly exclude?: Criteria };

/** An operation, and the member of `paths` or `webhooks` that leads to it; a webhook has no path. */
type Candidate = {
  readonly origin: Origin;
  readonly value: JsonObject;
  readonly entry: Origin;
  readonly path: string | undefined;
};

/** One thing that is asked of operations, and the values of it that they have. */
type Criterion = {
  readonly name: string;
  readonly wanted: string;
  readonly matches: (candidate: Candidate) => boolean;
  readonly known: (candidate: Candidate) => readonly string[];
};

/** True where a filter asks for anything. */
function isActive({ include = {}, exclude = {} }: Filter): boolean {
  return [...groupsOf(include), ...groupsOf(exclude)].length > 0;
}

/**
 * The documents with those operations alone that all filters keep, and with what these reach. A callback belongs to its operation; a
 * link to an operation that is gone goes with it. What goes is not read any further, faulty as it may be.
 */
export function filterOperations(
  sources: Sources,
  filters: readonly Filter[],
): Staged<ReadonlyMap<SourceId, SourceDocument>> {
  const active = filters.filter(isActive);
  if (active.length === 0) return { value: sources.documents, problems: [] };
  const all = candidatesIn(sources);
  const kept = all.filter((candidate) => active.every((filter) => keeps(filter, candidate)));
  const problems = [...unmatched(active, all, sources.entry)];
  if (kept.length === 0)
    problems.push(problem("filter-empty", { count: all.length }, pathsOf(sources.entry)));
  return { value: prune(sources, { kept: kept.map(operationOf), gone: goneOf(all, kept) }), problems };
}

/** A path item in several places of a document is one: its operations stay if one of the places keeps them. */
function goneOf(all: readonly Candidate[], kept: readonly Candidate[]) {
  const keptOperations = new Set(kept.map(({ origin }) => keyOf(origin)));
  const keptEntries = new Set(kept.map(({ entry }) => keyOf(entry)));
  const gone = all.filter(({ origin }) => !keptOperations.has(keyOf(origin)));
  const entries = all.filter(({ entry }) => !keptEntries.has(keyOf(entry))).map(({ entry }) => entry);
  return { operations: gone.map(operationOf), entries };
}

function operationOf({ origin, value }: Candidate) {
  const id = own(value, "operationId");
  return { origin, ...(typeof id === "string" && { id }) };
}

function keeps({ include = {}, exclude = {} }: Filter, candidate: Candidate): boolean {
  const matchesSome = (group: readonly Criterion[]) => group.some(({ matches }) => matches(candidate));
  return groupsOf(include).every(matchesSome) && !groupsOf(exclude).some(matchesSome);
}

/** The criteria that are given, each with its alternatives. */
function groupsOf({ tags = [], paths = [], operationIds = [], deprecated }: Criteria): Criterion[][] {
  const groups = [
    tags.map((wanted) => listed("tag", wanted, ({ value }) => stringsOf(own(value, "tags")))),
    operationIds.map((wanted) =>
      listed("operationId", wanted, ({ value }) => stringsOf([own(value, "operationId") ?? null])),
    ),
    paths.map((wanted): Criterion => {
      const isMatch = globMatcher(wanted);
      const matches = ({ path }: Candidate) => path !== undefined && isMatch(path);
      return { name: "path", wanted, matches, known: ({ path }) => (path === undefined ? [] : [path]) };
    }),
    deprecated === undefined
      ? []
      : [
          listed("deprecated", String(deprecated), ({ value }) => [
            String(own(value, "deprecated") === true),
          ]),
        ],
  ];
  return groups.filter((group) => group.length > 0);
}

function listed(name: string, wanted: string, known: Criterion["known"]): Criterion {
  return { name, wanted, known, matches: (candidate) => known(candidate).includes(wanted) };
}

function stringsOf(value: JsonValue | undefined): readonly string[] {
  return isArray(value) ? value.filter((item) => typeof item === "string") : [];
}

/** Names that no operation has: most likely misspelt. That nothing is deprecated is no fault. */
function unmatched(filters: readonly Filter[], all: readonly Candidate[], entry: SourceId): Problem[] {
  const criteria = filters.flatMap(({ include = {}, exclude = {} }) => [
    ...groupsOf(include),
    ...groupsOf(exclude),
  ]);
  return criteria.flat().flatMap(({ name, wanted, matches, known }) => {
    if (name === "deprecated" || all.some(matches)) return [];
    const names = [...new Set(all.flatMap(known))];
    return [problem("filter-unmatched", { name, wanted, known: names }, pathsOf(entry))];
  });
}

function pathsOf(entry: SourceId) {
  return { origin: { source: entry, pointer: "/paths" }, place: "key" } as const;
}

function candidatesIn(sources: Sources): Candidate[] {
  return ["paths", "webhooks"].flatMap((field) => {
    const map = valueAt(sources.documents.get(sources.entry)!.value, join("", field));
    if (!isObject(map)) return [];
    return Object.keys(map)
      .filter((name) => !name.startsWith("x-"))
      .flatMap((name) => {
        const entry = { source: sources.entry, pointer: join("", field, name) };
        const path = field === "paths" ? name : undefined;
        return operationsAt(sources, entry).map((operation) => ({ ...operation, entry, path }));
      });
  });
}

/** The operations of a path item, wherever its `$ref` leads. */
function operationsAt(sources: Sources, entry: Origin): Pick<Candidate, "origin" | "value">[] {
  const item = sources.follow(entry);
  if (!item) return [];
  const { source } = item.origin;
  return fieldsOf({ kind: "pathItem", pointer: item.origin.pointer, value: item.value }).flatMap(
    ({ kind, pointer, value }) =>
      kind === "operation" && isObject(value) ? [{ origin: { source, pointer }, value }] : [],
  );
}
