import { walk } from "../../source/grammar.js";
import { isObject } from "../../source/json.js";
import { pointerOfFragment, valueAt } from "../../source/pointer.js";
import type { Node, ObjectNode } from "../reader.js";
import type { Rule } from "./rule.js";

/** A link leads to an operation that there is (OpenAPI 3.1.2, Link Object): by its operationId, or by a reference to it. */
export const linkRule: Rule = (reader, document) => {
  const { ids, links } = collect(document);
  for (const link of links) {
    const id = reader.child(link, "operationId");
    if (typeof id?.value === "string" && !ids.has(id.value))
      reader.report("link-unknown", { field: "operationId", target: id.value }, id.origin);
    const ref = reader.child(link, "operationRef");
    if (ref && isNothing(ref, document))
      reader.report("link-unknown", { field: "operationRef", target: String(ref.value) }, ref.origin);
  }
};

function collect(document: ObjectNode): { ids: ReadonlySet<string>; links: readonly ObjectNode[] } {
  const ids = new Set<string>();
  const links: ObjectNode[] = [];
  const { source } = document.origin;
  walk({ kind: "document", pointer: "", value: document.value }, ({ kind, pointer, value }) => {
    if (!isObject(value)) return;
    if (kind === "link") links.push({ value, origin: { source, pointer } });
    if (kind === "operation" && typeof value["operationId"] === "string") ids.add(value["operationId"]);
  });
  return { ids, links };
}

/** References to other documents are not followed: a client has no use for links. */
function isNothing({ value }: Node, document: ObjectNode): boolean {
  if (typeof value !== "string" || !value.startsWith("#")) return false;
  const pointer = pointerOfFragment(value.slice(1));
  return pointer === undefined || valueAt(document.value, pointer) === undefined;
}
