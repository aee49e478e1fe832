import type { JsonValue } from "../json.js";
import { isWithin, join, valueAt, type JsonPointer } from "../pointer.js";
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
  if (known.length === 0 || elsewhere(fault)) return undefined;
  const phrase = phraseOf(owner);
  const more = phrase === "a path item" ? METHODS : REFERRING.has(phrase) ? ["$ref"] : [];
  return nearest(String(at?.token ?? ""), [...known, ...more]);
}

/** A field, by its right name and by the one that the document has. */
type Misspelt = { readonly fault: Fault; readonly right: JsonPointer; readonly wrong: JsonPointer };

/** A document whose misspelt fields have their right names, and what is wrong with it then. */
type Respelt = {
  readonly document: SourceDocument;
  readonly faults: readonly Fault[];
  /** The fields that were misspelt. */
  readonly misspelt: readonly Fault[];
};

/** More fields are only told of. */
const MAX_MISSPELT = 100;
/** What is misspelt inside of what is misspelt, so deep. */
const MAX_ROUNDS = 5;

/**
 * Reads a document as if its fields had their right names, wherever what stands in them can be meant. What stands there is located where the
 * author has it.
 *
 * @param faultsOf what the schema of its version holds against a value of the document.
 */
export function respelt(original: SourceDocument, faultsOf: (value: JsonValue) => readonly Fault[]): Respelt {
  let document = original;
  let faults = faultsOf(document.value);
  const misspelt: Fault[] = [];
  const others = new Set<JsonPointer>();
  for (let round = 0; round < MAX_ROUNDS; round += 1) {
    const found = misspeltFields(faults, document.value).filter(({ wrong }) => !others.has(wrong));
    if (found.length === 0) break;
    let next = withNames(document, found);
    let left = faultsOf(next.value);
    const unfit = new Set(left.filter(isOfItself).map(({ at }) => pointerOf(at)));
    const fit = found.filter(({ right }) => !unfit.has(right));
    if (fit.length < found.length) {
      for (const { right, wrong } of found) if (unfit.has(right)) others.add(wrong);
      next = withNames(document, fit);
      left = faultsOf(next.value);
    }
    misspelt.push(...fit.map(({ fault }) => fault));
    [document, faults] = [next, left];
  }
  // What is no other field is not said to be one.
  const isOther = ({ keyword, at }: Fault) => keyword === "unknown" && others.has(pointerOf(at));
  const told =
    others.size === 0 ? faults : faults.map((each) => (isOther(each) ? { ...each, known: [] } : each));
  return { document, faults: told, misspelt };
}

/** True where a field can be no such field: its value is of another type, or this version does not have it. */
function isOfItself({ keyword }: Fault): boolean {
  return keyword === "type" || keyword === "unknown";
}

/** The fields that nearly have the name of one that their object lacks, one for each of those. */
function misspeltFields(faults: readonly Fault[], document: JsonValue): readonly Misspelt[] {
  const found = faults.flatMap((fault): [JsonPointer, Misspelt][] => {
    const meant = fault.keyword === "unknown" ? meantBy(fault) : undefined;
    if (meant === undefined) return [];
    const right = join(pointerOf(fault.ownerAt), meant);
    const isFree = valueAt(document, right) === undefined;
    return isFree ? [[right, { fault, right, wrong: pointerOf(fault.at) }]] : [];
  });
  return [...new Map(found.toReversed()).values()].toReversed().slice(0, MAX_MISSPELT);
}

function withNames(document: SourceDocument, misspelt: readonly Misspelt[]): SourceDocument {
  if (misspelt.length === 0) return document;
  const written = (pointer: JsonPointer) => {
    const found = misspelt.find(({ right }) => isWithin(pointer, right));
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
