import { isObject, own } from "../../source/json.js";
import { isFieldCarried, isHeaderCarried } from "../field-name.js";
import { below } from "../reader.js";
import type { Rule } from "./rule.js";

/** The name of a parameter or a key, be it used or not; what other documents bring is looked at where it is read. */
export const fieldNameRule: Rule = (reader, node) => {
  isFieldCarried(reader, node);
};

/** Those of the headers of a response or a part. */
export const headerNamesRule: Rule = (reader, node) => {
  const headers = own(node.value, "headers");
  for (const name of isObject(headers) ? Object.keys(headers) : [])
    isHeaderCarried(reader, name, below(node.origin, "headers", name));
};
