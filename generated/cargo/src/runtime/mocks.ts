import { http, HttpResponse, type HttpHandler } from "msw";
import { bodyRules, type OperationRule } from "./operation.js";

/** What a mock answers with. */
export interface MockAnswer {
  readonly status: number;
  readonly body?: unknown;
}

export interface MockOptions {
  /** The address that the mocked client calls. Default: the document's first server. */
  readonly baseUrl?: string | undefined;
}

/** A handler of MSW (2 or 3) that gives the answer to every request of the operation. */
export function mock(operation: OperationRule, baseUrl: string, answer: MockAnswer): HttpHandler {
  const method = operation.method.toLowerCase() as
    "get" | "put" | "post" | "delete" | "options" | "head" | "patch";
  return http[method](patternOf(baseUrl, operation.path), () => respond(operation, answer));
}

function respond(operation: OperationRule, { status, body }: MockAnswer): Response {
  const rule = bodyRules(operation, status)?.[0];
  if (body === undefined || !rule) return new HttpResponse(null, { status });
  const headers = { "Content-Type": rule.mediaType };
  return new HttpResponse(rule.as === "json" ? JSON.stringify(body) : String(body), { status, headers });
}

/** A regular expression, because a path template may hold characters that MSW's own patterns give a meaning to. */
function patternOf(baseUrl: string, path: string): RegExp {
  const literals = (baseUrl.replace(/\/$/, "") + path).split(/\{[^{}]*\}/);
  const escaped = literals.map((text) => text.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&"));
  return new RegExp(`^${escaped.join("[^/?#]+")}(?:[?#].*)?$`);
}
