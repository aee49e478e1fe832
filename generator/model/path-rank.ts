import type { Operation } from "./model.js";

/**
 * Which of the paths that a request fits is meant, the least: concrete ones go before templated ones (OpenAPI 3.2.0, Paths Object), and
 * those that ask for a query before others.
 */
export function pathRank({ path, query }: Pick<Operation, "path" | "query">): string {
  const segments = path.split("/").map((segment) => {
    if (!segment.includes("{")) return "0";
    return segment.startsWith("{") && segment.endsWith("}") && segment.lastIndexOf("{") === 0 ? "2" : "1";
  });
  return `${segments.join("")} ${query ? 0 : 1}`;
}
