import type { Example } from "./model.js";
import { sortedBy, sortedKeys } from "./order.js";
import type { Node, ObjectNode, Reader } from "./reader.js";

/** `example` and `examples` of a Parameter, Header or Media Type Object; what stands at an `externalValue` is not fetched. */
export function readExamples(reader: Reader, node: ObjectNode): Example[] {
  const single = reader.child(node, "example");
  const named = sortedBy(reader.entries(node, "examples"), ([name]) => name).flatMap(([name, example]) => {
    const object = reader.deref(example, "an example");
    const value = object && (reader.child(object, "dataValue") ?? reader.child(object, "value"));
    return value ? [exampleOf(name, value)] : [];
  });
  return [...(single ? [exampleOf("example", single)] : []), ...named];
}

function exampleOf(name: string, node: Node): Example {
  return { origin: node.origin, name, value: sortedKeys(node.value) };
}
