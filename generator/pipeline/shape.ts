import type { Problem } from "../diagnostics/problem.js";
import { hasErrors } from "../diagnostics/problem.js";
import { filterOperations, type Filter } from "../source/filter.js";
import { applyOverlays } from "../source/overlay.js";
import { readOverlay, type Overlay } from "../source/overlay-document.js";
import { parse } from "../source/parse.js";
import { Sources } from "../source/sources.js";
import type { SourceDocument, SourceId, SourceText } from "../source/source.js";
import { upgrade } from "../source/upgrade.js";

/** What is made of a document before it is read: overlays change it, and filters leave parts of it out. */
export type Shape = {
  /** The texts of overlays, applied one after the other. */
  readonly overlays?: readonly SourceText[] | undefined;
  /** An operation is kept that all of them keep. */
  readonly filters?: readonly Filter[] | undefined;
};

/** A document of OpenAPI 3.1 or 3.2, undefined where an overlay is refused, and the overlays, whose lines are shown as well. */
export type Shaped = {
  readonly document: SourceDocument | undefined;
  readonly problems: readonly Problem[];
  readonly overlays: ReadonlyMap<SourceId, SourceDocument>;
};

/** Overlays → upgrade → filters: overlays speak of the document as its author wrote it, filters of operations in any version. */
export function shapeDocument(document: SourceDocument, { overlays = [], filters = [] }: Shape): Shaped {
  const read = overlays.map(parseOverlay);
  const applied = read.every(({ overlay }) => overlay !== undefined)
    ? applyOverlays(
        document,
        read.map(({ overlay }) => overlay as Overlay),
      )
    : { value: document, problems: [] };
  const problems = [...read.flatMap((each) => each.problems), ...applied.problems];
  const documents = new Map(read.map((each) => [each.document.id, each.document]));
  if (hasErrors(problems)) return { document: undefined, problems, overlays: documents };
  const upgraded = upgrade(applied.value);
  const sources = new Sources(new Map([[document.id, upgraded]]), document.id);
  const filtered = filterOperations(sources, filters);
  return {
    document: filtered.value.get(document.id)!,
    problems: [...problems, ...filtered.problems],
    overlays: documents,
  };
}

type ReadOverlay = {
  readonly overlay: Overlay | undefined;
  readonly document: SourceDocument;
  readonly problems: readonly Problem[];
};

function parseOverlay(source: SourceText): ReadOverlay {
  const parsed = parse(source);
  if (!parsed.value) return { overlay: undefined, document: unparsed(source), problems: parsed.problems };
  const { value: overlay, problems } = readOverlay(parsed.value);
  return { overlay, document: parsed.value, problems };
}

/** A document that did not parse still has lines to show. */
export function unparsed(source: SourceText): SourceDocument {
  return { ...source, value: null, locate: () => ({ line: 1, column: 1 }) };
}
