import type { Fault, Verdict } from "../../fixtures/prove.js";
import { valueOf } from "../../runtime/headers.js";
import { isArray, type JsonValue } from "../../source/json.js";
import { isWithin, valueAt, type JsonPointer } from "../../source/pointer.js";
import { replaced } from "./strain.js";

const OF_JSON: ReadonlySet<string> = new Set(["const", "enum", "type"]);

/** What is said of a text as JSON: only whoever reads it knows the type. What stands deeper than a list of texts is JSON. */
export function isOfJson({ keyword, pointer }: Fault): boolean {
  return OF_JSON.has(keyword) && /^(?:\/[^/]*(?:\/\d+)?)?$/.test(pointer);
}

/**
 * What a value is to who reads its texts: nobody sees of them which were numbers, which were texts before, and which were the only item of a list.
 *
 * @param verdictOf what who reads it says of a value.
 * @param isHeader that a list is one text, too, with commas in between.
 */
export function readAsText(
  value: JsonValue,
  verdictOf: (value: JsonValue) => Verdict,
  isHeader = false,
): JsonValue {
  let found = value;
  for (let left = MAX_READINGS; left > 0; left -= 1) {
    const read = readOnce(found, verdictOf, isHeader);
    if (read === undefined) break;
    found = read;
  }
  return found;
}

/** Reading one part otherwise may ask for another one, and that for the first again. */
const MAX_READINGS = 100;

/** The value with the first part read otherwise that is refused, and is not then; undefined where there is none. */
function readOnce(
  value: JsonValue,
  verdictOf: (value: JsonValue) => Verdict,
  isHeader: boolean,
): JsonValue | undefined {
  const faultsOf = (each: JsonValue) => jsonFaultsIn(verdictOf(each));
  for (const { pointer } of faultsOf(value))
    for (const other of otherReadings(valueAt(value, pointer), isHeader)) {
      const [read] = replaced({ value, pointer }, other);
      if (read !== undefined && faultsOf(read).every(({ pointer: at }) => !isWithin(at, pointer)))
        return read;
    }
  return undefined;
}

/** How what stands at a place is read as something else: a text as a list, or a list as a text. */
export function misreading(value: JsonValue, read: JsonValue, pointer: JsonPointer): string | undefined {
  const [meant, found] = [value, read].map((each) => valueAt(each, pointer));
  if (isArray(meant) === isArray(found)) return undefined;
  const what = pointer === "" ? "it" : pointer;
  return `${what} is read as ${JSON.stringify(found)}, and ${JSON.stringify(meant)} was meant`;
}

function jsonFaultsIn(verdict: Verdict): readonly Fault[] {
  return verdict.kind === "invalid" ? verdict.faults.filter(isOfJson) : [];
}

/** A number as its text, a text as the number that it is; one as the only item of a list, and the only item as one. */
function otherReadings(value: JsonValue | undefined, isHeader: boolean): readonly JsonValue[] {
  if (isArray(value)) {
    const [item] = value;
    if (value.length === 1) return [item!, ...scalarReadings(item)];
    const isText = isHeader && value.every((each) => typeof each !== "object");
    return isText ? [value.join(",")] : [];
  }
  const own = scalarReadings(value);
  return typeof value === "object" || value === undefined
    ? []
    : [...own, [value], ...own.map((each) => [each])];
}

function scalarReadings(value: JsonValue | undefined): readonly JsonValue[] {
  if (typeof value === "number" || typeof value === "boolean") return [String(value)];
  if (typeof value !== "string") return [];
  // What the runtime reads is made of JSON.
  const read = valueOf(["boolean", "number"], value) as JsonValue | undefined;
  return read === undefined ? [] : [read];
}
