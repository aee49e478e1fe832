import { isObject, own } from "../../source/json.js";
import { below } from "../reader.js";
import { mayHold, partsOf } from "./parts.js";
import type { Rule } from "./rule.js";

/** "The key, being the property name, MUST exist in the schema as a property" (OpenAPI 3.1.2, Media Type Object, `encoding`). */
export const encodingRule: Rule = (reader, { value, origin }, document) => {
  const encoding = own(value, "encoding");
  const schema = own(value, "schema");
  if (!isObject(encoding) || !isObject(schema)) return;
  const parts = [...partsOf(schema, document)];
  for (const property of Object.keys(encoding).filter((name) => !parts.some((part) => mayHold(part, name))))
    reader.report("encoding-unknown", { property }, below(origin, "encoding", property), "key");
};
