import type { Fault, Verdict } from "../../fixtures/prove.js";
import { valueOf } from "../../runtime/headers.js";
import type { JsonValue } from "../../source/json.js";
import { valueAt } from "../../source/pointer.js";
import { replaced } from "./strain.js";

const OF_JSON: ReadonlySet<string> = new Set(["const", "enum", "type"]);

/** What is said of a text as JSON: only whoever reads it knows the type. What stands deeper than a list of texts is JSON. */
export function isOfJson({ keyword, pointer }: Fault): boolean {
  return OF_JSON.has(keyword) && /^(?:\/[^/]*(?:\/\d+)?)?$/.test(pointer);
}

/**
 * What a value is to who reads its texts: nobody sees of them which were numbers, and which were texts before.
 *
 * @param verdictOf what who reads it says of a value.
 */
export function readAsText(value: JsonValue, verdictOf: (value: JsonValue) => Verdict): JsonValue {
  const faultsOf = (each: JsonValue) => jsonFaultsIn(verdictOf(each));
  for (const { pointer } of faultsOf(value)) {
    const other = otherReading(valueAt(value, pointer));
    const [read] = other === undefined ? [] : replaced({ value, pointer }, other);
    const isRead = read !== undefined && faultsOf(read).every((each) => each.pointer !== pointer);
    if (isRead) return readAsText(read, verdictOf);
  }
  return value;
}

function jsonFaultsIn(verdict: Verdict): readonly Fault[] {
  return verdict.kind === "invalid" ? verdict.faults.filter(isOfJson) : [];
}

/** A number as its text, and a text as the number that it is. */
function otherReading(value: JsonValue | undefined): JsonValue | undefined {
  if (typeof value === "number" || typeof value === "boolean") return String(value);
  // What the runtime reads is made of JSON.
  return typeof value === "string"
    ? (valueOf(["boolean", "number"], value) as JsonValue | undefined)
    : undefined;
}
