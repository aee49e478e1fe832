import { isObject } from "../../source/json.js";
import { below } from "../reader.js";
import type { Rule } from "./rule.js";

/** The keys of `content` are media types or media type ranges (OpenAPI 3.1.2, Request Body Object; RFC 9110, section 12.5.1). */
export const contentRule: Rule = (reader, node) => {
  const content = reader.child(node, "content");
  if (!content || !isObject(content.value)) return;
  for (const type of Object.keys(content.value).filter((each) => !MEDIA_RANGE.test(each)))
    reader.report("media-type-malformed", { type }, below(content.origin, type), "key");
};

const TOKEN = "[\\w!#$%&'*+.^`|~-]+";
const MEDIA_RANGE = new RegExp(`^${TOKEN}/${TOKEN}\\s*(;.*)?$`);
