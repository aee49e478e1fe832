import type { JsonValue } from "../json.js";
import { join, valueAt, type JsonPointer } from "../pointer.js";
import { writtenPointer, type SourceDocument } from "../source.js";
import { elsewhere } from "./elsewhere.js";
import { pointerOf, type Fault } from "./fault.js";
import { nearest } from "./near.js";
import { phraseOf } from "./owners.js";
import { repaired } from "./repair.js";

/** The fields that the schemas of path items name by a pattern. */
const METHODS = ["get", "put", "post", "delete", "options", "head", "patch", "trace", "query"];

/** What may be a reference, where its schema knows that as another object. */
const REFERRING = new Set([
  "a schema",
  "a parameter",
  "a header",
  "a request body",
  "a response",
  "an example",
  "a link",
  "a security scheme",
]);

/** The field that is most likely meant by one that the object does not have, unless that belongs elsewhere. */
export function meantBy(fault: Fault): string | undefined {
  const { owner, at, known } = fault;
  if (elsewhere(fault)) return undefined;
  const phrase = phraseOf(owner);
  const more = phrase === "a path item" ? METHODS : REFERRING.has(phrase) ? ["$ref"] : [];
  return nearest(String(at?.token ?? ""), [...known, ...more]);
}

/** A field, by its right name and by the one that the document has. */
export type Misspelt = { readonly fault: Fault; readonly right: JsonPointer; readonly wrong: JsonPointer };

/** More fields are only told of. */
const MAX_MISSPELT = 100;

/** The fields that nearly have the name of one that their object lacks, one for each of those. */
export function misspeltFields(faults: readonly Fault[], document: JsonValue): readonly Misspelt[] {
  const found = faults.flatMap((fault): [JsonPointer, Misspelt][] => {
    const meant = fault.keyword === "unknown" ? meantBy(fault) : undefined;
    if (meant === undefined) return [];
    const owner = pointerOf(fault.ownerAt);
    const right = join(owner, meant);
    const isFree = valueAt(document, right) === undefined;
    return isFree ? [[right, { fault, right, wrong: pointerOf(fault.at) }]] : [];
  });
  return [...new Map(found.toReversed()).values()].toReversed().slice(0, MAX_MISSPELT);
}

/** The document as if its fields had their right names. What stands in them is located where the author has it. */
export function respelt(document: SourceDocument, misspelt: readonly Misspelt[]): SourceDocument {
  const written = (pointer: JsonPointer) => {
    const found = misspelt.find(({ right }) => pointer === right || pointer.startsWith(`${right}/`));
    return found ? found.wrong + pointer.slice(found.right.length) : pointer;
  };
  const edits = misspelt.flatMap(({ right, wrong }) => [
    { pointer: wrong },
    { pointer: right, value: valueAt(document.value, wrong)! },
  ]);
  return {
    ...document,
    value: repaired(document.value, edits),
    locate: (pointer, at) => document.locate(written(pointer), at),
    written: (pointer) => writtenPointer(document, written(pointer)),
  };
}
