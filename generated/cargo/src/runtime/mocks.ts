import { http, HttpResponse, type HttpHandler } from "msw";
import { closest, isRange } from "./media-type.js";
import { responseKey, type BodyRule, type HeaderRules, type OperationRule } from "./operation.js";
import { styledText } from "./styles.js";

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

/** Writes an item of a stream. */
type ItemWriter = (rule: BodyRule, item: unknown) => string;

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
  return new HttpResponse(bodyText(rule, body, write), { status, headers: typed });
}

function bodyText(rule: BodyRule, body: unknown, write: ItemWriter | undefined): string {
  if (write && ITEMS.has(rule.as))
    return [...(body as Iterable<unknown>)].map((item) => write(rule, item)).join("");
  return rule.as === "json" ? JSON.stringify(body) : String(body);
}

const ITEMS = new Set<BodyRule["as"]>(["events", "jsonLines", "jsonSequence"]);

/** What a range (`text/*`) stands for where the answer does not say it. */
function concreteType({ mediaType, as }: BodyRule): string {
  if (!isRange(mediaType)) return mediaType;
  return as === "json" ? "application/json" : "text/plain";
}

/** Headers as the document describes them: in the style `simple`, or as JSON. */
function headerTexts(rules: HeaderRules, headers: object): Record<string, string> {
  const given = Object.entries(headers).filter(([, value]) => value !== undefined);
  return Object.fromEntries(
    given.map(([name, value]) => {
      const rule = Object.hasOwn(rules, name) ? rules[name] : undefined;
      if (rule?.as === "json") return [name, JSON.stringify(value)];
      const explode = rule?.as === "object" && rule.explode;
      return [name, styledText({ name, style: "simple", explode }, value, (text) => text)];
    }),
  );
}

/** A regular expression, because a path template may hold characters that MSW's own patterns give a meaning to. */
function patternOf(baseUrl: string, path: string): RegExp {
  const literals = (baseUrl.replace(/\/$/, "") + path).split(/\{[^{}]*\}/);
  const escaped = literals.map((text) => text.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&"));
  return new RegExp(`^${escaped.join("[^/?#]+")}(?:[?#].*)?$`);
}
