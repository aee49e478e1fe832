import { own } from "../source/json.js";
import type { ObjectNode } from "./reader.js";

/** The text of an extension (`x-…`) as a field; none where it is absent or no text: what it holds is nobody's fault. */
export function extensionText<F extends string>(
  node: ObjectNode,
  key: `x-${string}`,
  field: F,
): { readonly [field in F]?: string } {
  const value = own(node.value, key);
  return (typeof value === "string" ? { [field]: value } : {}) as { readonly [field in F]?: string };
}
