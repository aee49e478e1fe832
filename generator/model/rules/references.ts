import type { Kind } from "../../source/grammar.js";
import { below, type ObjectNode, type Reader } from "../reader.js";
import { isOfKind } from "../reference-kind.js";

/** References of the entry, be they read or not; those of other documents are looked at where they are read. */
export function referenceRule(reader: Reader, node: ObjectNode, kind: Kind): void {
  const ref = node.value["$ref"];
  if (typeof ref === "string") isOfKind(reader, { value: ref, origin: below(node.origin, "$ref") }, kind);
}
