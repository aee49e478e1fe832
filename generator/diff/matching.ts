import { Patterns } from "../fixtures/patterns.js";

const patterns = new Patterns();

/** True where a text matches a pattern of a document; false where finding out would take too long. */
export function matchesPattern(pattern: string, text: string): boolean {
  return patterns.matches(pattern, text) === true;
}
