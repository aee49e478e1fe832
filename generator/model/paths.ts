import type { Operation } from "./model.js";

/**
 * Which of the paths that a request fits is meant, the least: concrete ones go before templated ones (OpenAPI 3.2.0, Paths Object), and
 * those that ask for more of a query before others.
 */
export function pathRank({ path, ...asked }: Pick<Operation, "path" | "query" | "queryKeys">): string {
  const segments = path.split("/").map((segment) => {
    if (!segment.includes("{")) return "0";
    return segment.startsWith("{") && segment.endsWith("}") && segment.lastIndexOf("{") === 0 ? "2" : "1";
  });
  return `${segments.join("")} ${queryRank(asked)}`;
}

/** The least for the path that asks for most of a query. */
function queryRank({ query = [], queryKeys = [] }: Pick<Operation, "query" | "queryKeys">): string {
  return String(Number.MAX_SAFE_INTEGER - query.length - queryKeys.length);
}

/** Names of templates are no part of what is sent: `/users/{id}` and `/users/{userId}` are one path. */
export function templateKey(path: string): string {
  return path.replace(/\{[^{}]*\}/g, "{}");
}
