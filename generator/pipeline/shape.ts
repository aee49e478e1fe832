import { hasErrors, type Problem, type Staged } from "../diagnostics/problem.js";
import { filterOperations, type Filter } from "../source/filter.js";
import { applyOverlays } from "../source/overlay.js";
import { readOverlay, type Overlay } from "../source/overlay-document.js";
import { DEFAULT_LIMITS, type Limits } from "../source/limits.js";
import { parse } from "../source/parse.js";
import type { JsonValue } from "../source/json.js";
import { isWithin, join, pointerOfFragment, tokensOf, valueAt, type JsonPointer } from "../source/pointer.js";
import type { Upgraded } from "../source/upgrade.js";
import { Sources } from "../source/sources.js";
import type { SourceDocument, SourceId, SourceText } from "../source/source.js";

/** What is made of a document before it is read: overlays change it, and filters leave parts of it out. */
export type Shape = {
  /** The texts of overlays, applied one after the other. */
  readonly overlays?: readonly SourceText[] | undefined;
  /** An operation is kept that all of them keep. */
  readonly filters?: readonly Filter[] | undefined;
};

/** The document with its overlays in it, undefined where one is refused; and the overlays, whose lines are shown as well. */
export type Overlaid = {
  readonly value: SourceDocument | undefined;
  readonly problems: readonly Problem[];
  readonly overlays: ReadonlyMap<SourceId, SourceDocument>;
};

/** Overlays speak of the document as its author wrote it: before it is validated and upgraded. */
export function overlayDocument(
  document: SourceDocument,
  overlays: Shape["overlays"] = [],
  limits: Limits = DEFAULT_LIMITS,
): Overlaid {
  const read = overlays.map((overlay) => parseOverlay(overlay, limits));
  const isRead = read.every(({ overlay }) => overlay !== undefined);
  const known = read.flatMap(({ overlay }) => overlay ?? []);
  const applied = isRead ? applyOverlays(document, known) : { value: document, problems: [] };
  const problems = [...read.flatMap((each) => each.problems), ...applied.problems];
  const documents = new Map(read.map((each) => [each.document.id, each.document]));
  return { value: hasErrors(problems) ? undefined : applied.value, problems, overlays: documents };
}

/** Filters speak of operations, in any version: they come after the upgrade. */
export function filterDocuments(
  { documents, references }: Upgraded,
  { entry, filters = [] }: { entry: SourceId; filters: Shape["filters"] },
): Staged<ReadonlyMap<SourceId, SourceDocument>> {
  if (filters.length === 0) return { value: documents, problems: [] };
  return filterOperations(new Sources(documents, entry, references), filters);
}

/** Without the problems of what the filters have left out. */
export function keptProblems(
  problems: readonly Problem[],
  before: ReadonlyMap<SourceId, SourceDocument>,
  after: ReadonlyMap<SourceId, SourceDocument>,
): readonly Problem[] {
  const isKept = ({ origin }: Problem) => {
    const [old, now] = [before.get(origin.source), after.get(origin.source)];
    if (!old || !now || old === now) return true;
    const tokens = tokensOf(origin.pointer);
    // What stands in an operation that goes may be kept for a reference that names it.
    if (refersInto(old.value, origin.pointer)) return true;
    const known = tokens.findLastIndex(
      (_, end) => valueAt(old.value, join("", ...tokens.slice(0, end + 1))) !== undefined,
    );
    return known === -1 || valueAt(now.value, join("", ...tokens.slice(0, known + 1))) !== undefined;
  };
  return problems.filter(isKept);
}

/** True where a `$ref` names an operation's part that holds the place. */
function refersInto(value: JsonValue, pointer: JsonPointer): boolean {
  const refs = JSON.stringify(value).matchAll(/"\$ref":"#(\/paths\/[^"\\]*)"/g);
  const targets = [...refs].flatMap(([, fragment = ""]) => pointerOfFragment(fragment) ?? []);
  return targets.some((target) => isWithin(pointer, target));
}

type ReadOverlay = {
  readonly overlay: Overlay | undefined;
  readonly document: SourceDocument;
  readonly problems: readonly Problem[];
};

function parseOverlay(source: SourceText, limits: Limits): ReadOverlay {
  const parsed = parse(source, limits);
  if (!parsed.value) return { overlay: undefined, document: unparsed(source), problems: parsed.problems };
  const { value: overlay, problems } = readOverlay(parsed.value);
  return { overlay, document: parsed.value, problems: [...parsed.problems, ...problems] };
}

/** A document that did not parse still has lines to show. */
export function unparsed(source: SourceText): SourceDocument {
  return { ...source, value: null, locate: () => ({ line: 1, column: 1 }) };
}
