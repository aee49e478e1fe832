import type { Example } from "./model.js";
import { sortedBy, sortedKeys } from "./order.js";
import type { Node, ObjectNode, Reader } from "./reader.js";

/**
 * `example` and `examples` of a Parameter, Header or Media Type Object (OpenAPI 3.2.0, Example Object); what stands at an `externalValue`
 * is not fetched.
 *
 * @param isText whether what is exemplified is handed over as its text: that is `serializedValue`; else it is `dataValue`
 */
export function readExamples(reader: Reader, node: ObjectNode, isText = false): Example[] {
  const fields = isText ? ["serializedValue", "value", "dataValue"] : ["dataValue", "value"];
  const single = reader.child(node, "example");
  const named = sortedBy(reader.entries(node, "examples"), ([name]) => name).flatMap(([name, example]) => {
    const object = reader.deref(example, "an example");
    const [value] = object ? fields.flatMap((field) => reader.child(object, field) ?? []) : [];
    return value ? [exampleOf(name, value)] : [];
  });
  return [...(single ? [exampleOf("example", single)] : []), ...named];
}

function exampleOf(name: string, node: Node): Example {
  return { origin: node.origin, name, value: sortedKeys(node.value) };
}
