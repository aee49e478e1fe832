import { DEFAULT_LIMITS, type Limits } from "../source/limits.js";
import { shortenChains } from "../source/chains.js";
import { resolveDynamic } from "../source/dynamic.js";
import { atPositions } from "../diagnostics/diagnostic.js";
import { problem, type Problem, type Staged } from "../diagnostics/problem.js";
import { loadDocuments, type FetchText, type Loaded } from "../source/load.js";
import { isOverlay } from "../source/overlay-document.js";
import { parse } from "../source/parse.js";
import { unicodePatterns } from "../source/patterns.js";
import type { ReadingOptions } from "../source/reading-options.js";
import type { SourceDocument, SourceId, SourceText } from "../source/source.js";
import { upgrade, type Upgraded } from "../source/upgrade.js";
import { validateOthers } from "../source/validity/parts.js";
import { validateEntry } from "../source/validity/validate.js";
import { filterDocuments, keptProblems, overlayDocument, unparsed, type Shape } from "./shape.js";

/** What documents are read from. */
export type ReadInput = Shape & {
  /** The API's name. */
  readonly api: string;
  readonly source: SourceText;
  /** Reads the other documents that it refers to. */
  readonly fetchText: FetchText;
  /** Default: strictly. */
  readonly reading?: ReadingOptions;
  /** What the document may ask for. Default: {@link DEFAULT_LIMITS}. */
  readonly limits?: Limits | undefined;
};

/** Documents ready for the model, undefined where there is no point in going on; and all whose lines may be shown. */
type Read = Staged<Upgraded | undefined> & { readonly shown: ReadonlyMap<SourceId, SourceDocument> };

/** Parse → overlays → validate → load what is referred to → validate that → upgrade → respell patterns → filters → resolve dynamic references → shorten chains. */
export async function readDocuments({ source, api, reading, ...input }: ReadInput): Promise<Read> {
  const { limits = DEFAULT_LIMITS } = input;
  const parsed = parse(source, limits);
  if (!parsed.value)
    return { value: undefined, problems: parsed.problems, shown: new Map([[source.id, unparsed(source)]]) };
  if (isOverlay(parsed.value.value)) return overlayAlone(parsed.value);
  const overlaid = overlayDocument(parsed.value, input.overlays, limits);
  const texts = new Map([[source.id, parsed.value], ...overlaid.overlays]);
  if (!overlaid.value) return { value: undefined, problems: overlaid.problems, shown: texts };
  const valid = await validateEntry(overlaid.value, { ...reading, api });
  const loaded = await loadDocuments(valid.value, input.fetchText, limits);
  const others = await validateOthers(loaded.value, source.id, { ...reading, api });
  const upgraded = unicodePatterns(upgrade(others.value), others.value.places);
  const filtered = filterDocuments(upgraded, { entry: source.id, filters: input.filters });
  const resolved = resolveDynamic(refiltered(upgraded, filtered.value, others.value), others.value.places);
  const value = shortenChains(resolved.value, others.value.places);
  const ofWritten = (found: readonly Problem[]) => atPositions(found, loaded.value.documents);
  const problems = [
    ...parsed.problems,
    ...overlaid.problems,
    ...ofWritten(loaded.problems),
    ...resolved.problems,
    ...keptProblems(ofWritten([...valid.problems, ...others.problems]), upgraded.documents, filtered.value),
    ...filtered.problems,
  ];
  return { value, problems, shown: new Map([...texts, ...value.documents]) };
}

function overlayAlone(document: SourceDocument): Read {
  const origin = { source: document.id, pointer: "/overlay" };
  const problems = [problem("overlay-alone", {}, { origin, place: "key" })];
  return { value: undefined, problems, shown: new Map([[document.id, document]]) };
}

/** The references of the documents as the filters have left them. */
function refiltered(upgraded: Upgraded, documents: Upgraded["documents"], { places }: Loaded): Upgraded {
  if (documents === upgraded.documents) return upgraded;
  return { documents, references: upgraded.references.withDocuments(documents, places) };
}
