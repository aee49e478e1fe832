import { objectsIn } from "../../source/grammar.js";
import { pointerOfFragment, valueAt } from "../../source/pointer.js";
import { visitedNode, type Node, type ObjectNode } from "../reader.js";
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
  for (const visited of objectsIn(document.value, "document")) {
    const { operationId } = visited.value;
    if (visited.kind === "link") links.push(visitedNode(visited, document.origin.source));
    if (visited.kind === "operation" && typeof operationId === "string") ids.add(operationId);
  }
  return { ids, links };
}

/** References to other documents are not followed: a client has no use for links. */
function isNothing({ value }: Node, document: ObjectNode): boolean {
  if (typeof value !== "string" || !value.startsWith("#")) return false;
  const pointer = pointerOfFragment(value.slice(1));
  return pointer === undefined || valueAt(document.value, pointer) === undefined;
}
