import type { Problem } from "../../generator/diagnostics/problem.js";
import { filterDocuments, overlayDocument, type Shape } from "../../generator/pipeline/shape.js";
import { dialectOf } from "../../generator/source/dialect.js";
import { References } from "../../generator/source/references.js";
import type { SourceDocument, SourceId } from "../../generator/source/source.js";
import { upgrade, type Upgraded } from "../../generator/source/upgrade.js";

/** A document that refers to no other, as 3.1 says it. */
export function upgradedAlone(document: SourceDocument): Upgraded {
  const dialect = dialectOf(document.value) ?? "3.1";
  const references = new References(dialect);
  references.add(document);
  const place = { source: document.id, pointer: "", kind: "document" } as const;
  references.scan(place, "document");
  return upgrade({ documents: new Map([[document.id, document]]), references, places: [place], dialect });
}

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
  const filtered = filterDocuments(upgradedAlone(overlaid.value), { entry: document.id, filters });
  return {
    document: filtered.value.get(document.id)!,
    problems: [...overlaid.problems, ...filtered.problems],
    overlays: overlaid.overlays,
  };
}
