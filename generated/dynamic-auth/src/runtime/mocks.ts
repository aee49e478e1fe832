import { delay, http, HttpResponse, type HttpHandler } from "msw";
import { addressOf } from "./address.js";
import type { OperationValidators } from "./contract.js";
import type { PartIssue } from "./errors.js";
import { isBlob } from "./files.js";
import { InvalidRequestError } from "./invalid-request.js";
import { closest } from "./media-type.js";
import {
  bodyTexts,
  concreteType,
  headerTexts,
  presetHeaders,
  type HeaderFixtures,
  type ItemWriter,
} from "./mock-response.js";
import { responseKey, type OperationRule } from "./operation.js";
import { readRequest } from "./parse-request.js";
import { hasPathQuery, matchPath } from "./path-template.js";

/** What a mock answers with. */
export interface MockAnswer {
  /** Default: that of the success. */
  readonly status?: number;
  /** Of the media types of the document, another than the first. */
  readonly contentType?: string;
  /** Of a stream, its items. */
  readonly body?: unknown;
  /** In place of a body, the name of a fixture. Default: `full`. */
  readonly fixture?: PropertyKey;
  /** In place of the fixtures of the headers that the document describes; undefined leaves one out. */
  readonly headers?: object;
  readonly delay?: number;
}

/** The names of the fixtures of a response. */
export type FixtureName<
  Fixtures extends { readonly responses: object },
  Status extends keyof Fixtures["responses"],
> = keyof Fixtures["responses"][Status];

/** Headers that an answer has in place of their fixtures; undefined leaves one out. */
export type GivenHeaders<Headers> = { readonly [Name in keyof Headers]?: Headers[Name] | undefined };

/** An answer, or several for one request after the other; each after a `delay` of so many milliseconds. */
export type Answers<Answer> = Delayed<Answer> | readonly [Delayed<Answer>, ...Delayed<Answer>[]];
type Delayed<Answer> = Answer & { readonly delay?: number };

export interface MockOptions {
  /**
   * The address that the mocked client calls; of a relative one, at any host. Default: the first server of the operation, or of the document.
   */
  readonly baseUrl?: string | undefined;
  /** Looks at each request; one that the document does not describe is answered by a 400 with `application/problem+json`. */
  readonly validateRequests?: boolean | undefined;
  /**
   * What else becomes of such a request. `throw`: the error is thrown outside of the request, where no code under test can catch it,
   * so that the run of the tests fails with its message; `respond`: nothing; or a function of yours is given the error, as that of
   * `watchRequests`, which fails the very test. Default: `throw`.
   */
  readonly onInvalid?: "throw" | "respond" | ((error: InvalidRequestError) => void) | undefined;
}

/** An operation, and what a mock of it can answer. */
export interface MockedOperation {
  readonly operation: OperationRule;
  /** The document's first server. */
  readonly baseUrl: string;
  readonly validators: Pick<OperationValidators<object, object>, "request" | "rules">;
  /** The status of the success. */
  readonly preset?: number;
  /** The fixtures of the responses' bodies, of streams of their items; by status, then by name. */
  readonly fixtures?: { readonly [status: string]: { readonly [name: string]: unknown } };
  /** Those of the headers, by status. */
  readonly headers?: { readonly [status: string]: HeaderFixtures };
  /** For responses that are sent item by item. */
  readonly write?: ItemWriter;
}

/** The methods that MSW has a function for. */
const METHODS: { readonly [method: string]: typeof http.all } = {
  GET: http.get,
  PUT: http.put,
  POST: http.post,
  DELETE: http.delete,
  OPTIONS: http.options,
  HEAD: http.head,
  PATCH: http.patch,
};

/** A handler of MSW (2 or 3). */
export function mock(
  mocked: MockedOperation,
  answer: MockAnswer | readonly MockAnswer[],
  options: MockOptions,
): HttpHandler {
  const { operation } = mocked;
  const baseUrl = addressOf({
    api: mocked.baseUrl,
    operation: operation.baseUrl,
    given: options.baseUrl,
  });
  const answers: readonly MockAnswer[] = Array.isArray(answer) ? answer : [answer];
  let calls = 0;
  const handle = Object.hasOwn(METHODS, operation.method) ? METHODS[operation.method]! : http.all;
  return handle(patternOf(baseUrl, operation.path), async ({ request }) => {
    const isMeant = request.method.toUpperCase() === operation.method.toUpperCase();
    if (!isMeant || !hasPathQuery(operation, new URL(request.url).search.slice(1))) return undefined;
    const refusal = options.validateRequests
      ? await refusalOf(mocked, request, { ...options, baseUrl })
      : undefined;
    if (refusal) return refusal;
    const next = answers[Math.min(calls++, answers.length - 1)] ?? {};
    if (next.delay !== undefined) await delay(next.delay);
    return respond(mocked, next);
  });
}

function respond(
  { operation, preset, fixtures = {}, headers: headerFixtures = {}, write }: MockedOperation,
  answer: MockAnswer,
): Response {
  const { status = preset ?? 200, contentType, fixture = "full" } = answer;
  const key = responseKey(operation, status) ?? "";
  const rules = operation.responses[key] ?? [];
  const rule = contentType === undefined ? rules[0] : closest(rules, contentType);
  const named = Object.hasOwn(fixtures, key) ? fixtures[key]![String(fixture)] : undefined;
  const isStream = rule?.as === "jsonLines" || rule?.as === "jsonSequence";
  const given = answer.body !== undefined || named === undefined ? answer.body : isStream ? [named] : named;
  const body = given ?? (rule?.as === "binary" ? NO_BYTES : given);
  const own = Object.hasOwn(headerFixtures, key) ? headerFixtures[key]! : {};
  const described = { ...presetHeaders(own, String(fixture)), ...answer.headers };
  const headers = headerTexts(operation.headers?.rules[key] ?? {}, described);
  if (body === undefined || !rule) return new HttpResponse(null, { status, headers });
  const ownType = isBlob(body) && body.type !== "" ? body.type : undefined;
  const typed = { ...headers, "Content-Type": contentType ?? ownType ?? concreteType(rule) };
  const content = rule.as === "binary" ? (body as Blob) : bodyTexts(rule, body, write).join("");
  return new HttpResponse(content, { status, headers: typed });
}

/** What a file holds that nobody gives. */
const NO_BYTES = "";

/** What a request is answered with that the document does not describe. */
async function refusalOf(
  { operation, validators }: MockedOperation,
  request: Request,
  { baseUrl = "", onInvalid = "throw" }: MockOptions,
): Promise<Response | undefined> {
  const url = new URL(request.url);
  const base = basePathOf(baseUrl);
  const contentType = request.headers.get("Content-Type") ?? undefined;
  const bytes = new Uint8Array(await request.clone().arrayBuffer());
  const read = await readRequest(operation, validators, {
    path: matchPath(operation.path, url.pathname.slice(base.length)) ?? {},
    query: url.search.slice(1),
    header: (name) => request.headers.get(name) ?? undefined,
    body: { contentType, bytes },
  });
  if (read.kind === "valid") return undefined;
  const issues = read.kind === "invalid" ? read.issues : [unsupported(contentType)];
  const error = new InvalidRequestError(operation.id, request, { issues, body: textOf(bytes, contentType) });
  if (typeof onInvalid === "function") onInvalid(error);
  if (onInvalid === "throw")
    queueMicrotask(() => {
      throw error;
    });
  const problem = {
    type: "about:blank",
    title: "Bad Request",
    status: 400,
    detail: error.message,
    errors: error.issues,
  };
  return new HttpResponse(JSON.stringify(problem), {
    status: 400,
    headers: { "Content-Type": "application/problem+json" },
  });
}

/** A body that a person can read; else nothing. */
function textOf(bytes: Uint8Array, contentType = ""): string {
  return /json|text|xml|urlencoded/i.test(contentType) ? new TextDecoder().decode(bytes) : "";
}

function unsupported(contentType = "application/octet-stream"): PartIssue {
  const message = `cannot be ${contentType}`;
  return { in: "body", pointer: "", path: [], keyword: "contentMediaType", message };
}

/** Where paths begin, at whatever host. */
function basePathOf(baseUrl: string): string {
  return new URL(baseUrl, "http://any.invalid").pathname.replace(/\/$/, "");
}

/**
 * A regular expression, because a path template may hold characters that MSW's own patterns give a meaning to. Where the server is relative
 * (OpenAPI 3.1.1, Server Object, `url`), the client knows the host, and the mock does not.
 */
function patternOf(baseUrl: string, path: string): RegExp {
  const isAbsolute = /^[a-z][a-z\d+.-]*:/i.test(baseUrl);
  const base = isAbsolute ? normalized(baseUrl).replace(/\/$/, "") : basePathOf(baseUrl);
  const literals = (base + path).split(/\{[^{}]*\}/);
  const literal = literals.map(eitherWay).join("[^/?#]+");
  return new RegExp(`^${isAbsolute ? "" : "[^/?#]+//[^/?#]+"}${literal}(?:[?#].*)?$`);
}

/** An address as `fetch` asks for it: without the preset port, capitals of the host and dots in the path (WHATWG URL, section 4.4). */
function normalized(url: string): string {
  // The braces of a variable that has no default stand for any text.
  return URL.canParse(url) ? new URL(url).href.replace(/%7B([^{}]*?)%7D/g, "{$1}") : url;
}

/** An expression for a text of an address, percent-encoded or not: requests have some characters only in one way, and some in either. */
function eitherWay(text: string): string {
  const parts = text.split(/([^!-~]|["<>[\\\]^`{|}])/u);
  return parts
    .map((part, index) =>
      index % 2 === 0 ? exactly(part) : `(?:${exactly(part)}|${encodeURIComponent(part)})`,
    )
    .join("");
}

function exactly(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&");
}
