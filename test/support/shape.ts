import type { Problem } from "../../generator/diagnostics/problem.js";
import { filterDocuments, overlayDocument, type Shape } from "../../generator/pipeline/shape.js";
import type { SourceDocument, SourceId } from "../../generator/source/source.js";
import { upgrade } from "../../generator/source/upgrade.js";

/** Overlays → upgrade → filters, as a compilation does them; no document where an overlay is refused. */
export function shapeDocument(
  document: SourceDocument,
  { overlays, filters }: Shape,
): {
  document: SourceDocument | undefined;
  problems: Problem[];
  overlays: ReadonlyMap<SourceId, SourceDocument>;
} {
  const overlaid = overlayDocument(document, overlays);
  if (!overlaid.value)
    return { document: undefined, problems: [...overlaid.problems], overlays: overlaid.overlays };
  const documents = new Map([[document.id, upgrade(overlaid.value)]]);
  const filtered = filterDocuments(documents, document.id, filters);
  return {
    document: filtered.value.get(document.id)!,
    problems: [...overlaid.problems, ...filtered.problems],
    overlays: overlaid.overlays,
  };
}
