import { isObject, own } from "./json.js";
import type { SourceDocument } from "./source.js";
import { originalPointer, upgradeFrom20 } from "./upgrade-2.0.js";
import { upgradeFrom30 } from "./upgrade-3.0.js";

/**
 * The document as OpenAPI 3.1 says it, so that everything after it knows one dialect. It still finds each of its values where its
 * author wrote it. Documents of 3.1 and 3.2, and what is no OpenAPI document, stay as they are.
 */
export function upgrade(document: SourceDocument): SourceDocument {
  const { value } = document;
  if (!isObject(value)) return document;
  if (own(value, "swagger") === "2.0") {
    const locate: SourceDocument["locate"] = (pointer, at) => document.locate(originalPointer(pointer), at);
    return { ...document, value: upgradeFrom30(upgradeFrom20(value), "document"), locate };
  }
  return /^3\.0\.\d+/.test(String(own(value, "openapi")))
    ? { ...document, value: upgradeFrom30(value, "document") }
    : document;
}
