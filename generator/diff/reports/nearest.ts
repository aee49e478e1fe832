import { templateKey } from "../../model/paths.js";
import { isObject, type JsonValue } from "../../source/json.js";
import { join, tokensOf, valueAt, type JsonPointer } from "../../source/pointer.js";
import type { Origin, SourceDocument, SourceId } from "../../source/source.js";
import { pathsFrom, resolveReference, uriOfId } from "../../source/uri.js";

/** The documents of one side. The first is the one that the others are referred from. */
export type Documents = ReadonlyMap<SourceId, SourceDocument>;

/**
 * The innermost place of the other side's documents that is on the way to a place: in the file of the same path, else in what refers to that
 * file; undefined where there is no document.
 */
export function nearestOf(origin: Origin, own: Documents, other: Documents): Origin | undefined {
  const passed = new Set<SourceId>();
  for (let at: Origin | undefined = origin; at && own.has(at.source); at = referrerOf(at.source, own)) {
    const twin = twinOf(at.source, own, other);
    if (twin) return { source: twin.id, pointer: livingParent(twin, at.pointer) };
    if (passed.has(at.source)) break;
    passed.add(at.source);
  }
  const [entry] = other.values();
  return entry && { source: entry.id, pointer: "" };
}

/** The document that is reached from the other entry as this one is from its own. */
function twinOf(source: SourceId, own: Documents, other: Documents): SourceDocument | undefined {
  const same = other.get(source);
  if (same) return same;
  const path = pathsOf(own)(source);
  return [...other.values()].find(({ id }) => pathsOf(other)(id) === path);
}

function pathsOf(documents: Documents): (id: SourceId) => string {
  const [entry = ""] = documents.keys();
  return pathsFrom(entry, documents);
}

function livingParent({ value }: SourceDocument, pointer: JsonPointer): JsonPointer {
  const tokens = inPathOf(value, tokensOf(pointer));
  const depth = tokens.findIndex(
    (_, index) => valueAt(value, join("", ...tokens.slice(0, index + 1))) === undefined,
  );
  return depth === -1 ? join("", ...tokens) : join("", ...tokens.slice(0, depth));
}

/** The tokens by the path of today, where its templates are called otherwise. */
function inPathOf(document: JsonValue, tokens: readonly string[]): readonly string[] {
  const [field, path, ...rest] = tokens;
  const paths = valueAt(document, "/paths");
  if (field !== "paths" || path === undefined || !isObject(paths) || Object.hasOwn(paths, path))
    return tokens;
  const now = Object.keys(paths).find((each) => templateKey(each) === templateKey(path));
  return now === undefined ? tokens : [field, now, ...rest];
}

/** Where the first reference to a document stands, the entry's before those of others. */
function referrerOf(source: SourceId, documents: Documents): Origin | undefined {
  const address = addressOf(source, documents);
  for (const { id, value } of documents.values()) {
    if (id === source) continue;
    const base = addressOf(id, documents);
    for (const { pointer, reference } of referencesIn(value))
      if (resolveReference(reference, base)?.uri === address) return { source: id, pointer };
  }
  return undefined;
}

function addressOf(id: SourceId, documents: Documents): string {
  return documents.get(id)?.uri ?? uriOfId(id);
}

/** The objects with a `$ref`, from the first on. Nothing here recurses, so depth costs no stack. */
function* referencesIn(root: JsonValue): Generator<{ pointer: JsonPointer; reference: string }> {
  const left: { pointer: JsonPointer; value: JsonValue }[] = [{ pointer: "", value: root }];
  for (let at = left.pop(); at; at = left.pop()) {
    const { pointer, value } = at;
    if (typeof value !== "object" || value === null) continue;
    const reference = isObject(value) ? value["$ref"] : undefined;
    if (typeof reference === "string") yield { pointer, reference };
    const parts = Object.entries(value).map(([key, part]) => ({ pointer: join(pointer, key), value: part }));
    left.push(...parts.toReversed());
  }
}
