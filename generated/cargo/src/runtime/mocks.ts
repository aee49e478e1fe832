import { http, HttpResponse, type HttpHandler } from "msw";
import { closest } from "./media-type.js";
import { bodyTexts, concreteType, headerTexts, type ItemWriter } from "./mock-response.js";
import { responseKey, type OperationRule } from "./operation.js";

/** What a mock answers with. */
export interface MockAnswer {
  readonly status: number;
  /** Of the media types of the document, another than the first. */
  readonly contentType?: string;
  /** Of a stream, its items. */
  readonly body?: unknown;
  /** Headers that the document describes. */
  readonly headers?: object;
}

export interface MockOptions {
  /** The address that the mocked client calls. Default: the document's first server. */
  readonly baseUrl?: string | undefined;
}

/** A handler of MSW (2 or 3) that gives the answer to every request of the operation; `write` is for one that answers with items. */
export function mock(
  operation: OperationRule,
  baseUrl: string,
  answer: MockAnswer,
  write?: ItemWriter,
): HttpHandler {
  const method = operation.method.toLowerCase() as
    "get" | "put" | "post" | "delete" | "options" | "head" | "patch";
  return http[method](patternOf(baseUrl, operation.path), () => respond(operation, answer, write));
}

function respond(operation: OperationRule, answer: MockAnswer, write: ItemWriter | undefined): Response {
  const { status, body, contentType } = answer;
  const key = responseKey(operation, status) ?? "";
  const rules = operation.responses[key] ?? [];
  const rule = contentType === undefined ? rules[0] : closest(rules, contentType);
  const headers = headerTexts(operation.headers?.rules[key] ?? {}, answer.headers ?? {});
  if (body === undefined || !rule) return new HttpResponse(null, { status, headers });
  const typed = { ...headers, "Content-Type": contentType ?? concreteType(rule) };
  return new HttpResponse(bodyTexts(rule, body, write).join(""), { status, headers: typed });
}

/** A regular expression, because a path template may hold characters that MSW's own patterns give a meaning to. */
function patternOf(baseUrl: string, path: string): RegExp {
  const literals = (baseUrl.replace(/\/$/, "") + path).split(/\{[^{}]*\}/);
  const escaped = literals.map((text) => text.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&"));
  return new RegExp(`^${escaped.join("[^/?#]+")}(?:[?#].*)?$`);
}
