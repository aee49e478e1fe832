import type { JsonValue } from "../source/json.js";

/** The pattern of the names of headers, cookies and methods. */
export const TOKEN = "^[0-9A-Za-z!#$%&'*+.^_`|~-]+$";

/** The patterns of the schemas of OpenAPI, in words. */
const PATTERNS: { readonly [pattern: string]: string } = {
  "^[^#]*$": "hold no fragment",
  "^[^#]*#?$": "hold no fragment",
  [TOKEN]: "be made of the characters of an HTTP token alone",
  "^[^{}]+$": "hold no { and no }",
  "^/": "start with /",
};

/** What a keyword of JSON Schema asks of a value: `hold an item`. `found` is what the value is. */
export function ruleOf(keyword: string, limit: JsonValue | undefined, found: string): string {
  switch (keyword) {
    case "pattern":
      return PATTERNS[String(limit)] ?? `match ${String(limit)}`;
    case "minItems":
      return limit === 1 ? "hold an item" : `hold ${String(limit)} items`;
    case "minProperties":
      return limit === 1 ? "hold an entry" : `hold ${String(limit)} entries`;
    case "maxProperties":
      return limit === 1 ? "hold one entry only" : `hold ${String(limit)} entries at most`;
    case "uniqueItems":
      return "hold no item twice";
    case "minimum":
      return `be ${String(limit)} or more, not ${found}`;
    case "exclusiveMinimum":
      return `be more than ${String(limit)}, not ${found}`;
    case "contains":
      return "hold one querystring parameter at most";
    case "not":
      return "be the field of that method";
    default:
      return "fit one form only";
  }
}
