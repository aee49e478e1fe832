import { JSONPathEnvironment, JSONPathError, type JSONPathQuery, type JSONValue } from "json-p3";
import type { JsonValue } from "./json.js";

/** The only importer of json-p3. */

/** The tokens that lead from the root of a document to one of its values. */
export type Location = readonly (string | number)[];

/** A JSONPath query (RFC 9535), ready to be asked. */
export type JsonPath = {
  /** Where the values stand that the query selects, in its order, none twice; or why it cannot be answered. */
  select(document: JsonValue): readonly Location[] | JsonPathFault;
};

/** What is wrong with a query, and at which of its characters, counted from 0. */
export type JsonPathFault = { readonly reason: string; readonly index: number };

/** Levels of a document that `..` goes down to. The library's own limit of 50 is less than schemas have. */
const MAX_DEPTH = 1_000;

/** Reads a query; what is no query of RFC 9535 is a fault. */
export function parseJsonPath(text: string): JsonPath | JsonPathFault {
  const parsed = attempt(() => new JSONPathEnvironment({ maxRecursionDepth: MAX_DEPTH }).compile(text));
  return "reason" in parsed ? parsed : { select: (document) => attempt(() => locationsOf(parsed, document)) };
}

export function isFault(result: object): result is JsonPathFault {
  return "reason" in result;
}

function locationsOf(query: JSONPathQuery, document: JsonValue): readonly Location[] {
  // The library reads its argument alone; its type of a JSON value does not say so.
  const locations = query.query(document as JSONValue).locations();
  return [...new Map(locations.map((location) => [JSON.stringify(location), location])).values()];
}

function attempt<T>(run: () => T): T | JsonPathFault {
  try {
    return run();
  } catch (error) {
    if (!(error instanceof JSONPathError)) throw error;
    // Its messages end in the query itself: "… ('$.a[':4)".
    return { reason: error.message.replace(/ \('[\s\S]*'?:\d+\)$/, ""), index: error.token.index };
  }
}
