import { sortedBy } from "../model/order.js";
import { pathRank } from "../model/paths.js";
import { hasPathQuery, matchPath } from "../runtime/path-template.js";
import type { MockApi, MockOperation } from "./mock-api.js";
import type { MockRequest } from "./request.js";

/** An operation that a request is for, and what stands in the place of its path's names. */
export type Route = {
  readonly api: MockApi;
  readonly operation: MockOperation;
  readonly pathValues: { readonly [name: string]: string };
};

/** The operation of a request, or the operations of its path where none has its method; none where nobody knows the path. */
export function route(
  apis: readonly MockApi[],
  { method, path, query }: Pick<MockRequest, "method" | "path" | "query">,
): { readonly found: Route | undefined; readonly others: readonly Route[] } {
  const matching = apis.flatMap((api) =>
    api.operations.flatMap((operation): Route[] => {
      const pathValues = hasPathQuery(operation.rule, query) ? pathValuesOf(operation, path) : undefined;
      return pathValues ? [{ api, operation, pathValues }] : [];
    }),
  );
  const ranked = sortedBy(matching, ({ operation }) => pathRank(operation.rule));
  const own = (name: string) => ranked.find(({ operation }) => operation.rule.method === name);
  return { found: own(method) ?? (method === "HEAD" ? own("GET") : undefined), others: ranked };
}

function pathValuesOf({ rule, basePaths }: MockOperation, path: string): Route["pathValues"] | undefined {
  for (const base of basePaths) {
    const values = path.startsWith(base) ? matchPath(rule.path, path.slice(base.length) || "/") : undefined;
    if (values) return values;
  }
  return undefined;
}
