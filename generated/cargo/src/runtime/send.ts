import createFetchClient, { type Middleware } from "openapi-fetch";
import { addressOf } from "./address.js";
import { authorize, type AuthParts, type Credentials } from "./auth.js";
import { bodyOf, type WrittenBody } from "./body.js";
import { RequestError } from "./errors.js";
import { withinLimits, type Limits } from "./limits.js";
import type { BodyContext, OperationRule, ParameterRule, SecuritySchemes } from "./operation.js";
import { guardOf, headersIn, type ClientOptions } from "./options.js";
import { discard, readResult, TransportFailure } from "./response.js";
import type { Result } from "./result.js";
import { mayRetry, retryDelay, sleep } from "./retry.js";
import { argumentOf, serializeParameter, serializePath } from "./serialize.js";

/** What all operations of a package share. */
export interface ApiRule {
  readonly baseUrl: string;
  readonly securitySchemes: SecuritySchemes;
}

/** Parameters by their argument's name, and `body` with what is said of it. */
export type Args = { readonly [argument: string]: unknown };

interface Call {
  readonly api: ApiRule;
  readonly operation: OperationRule;
  readonly args: Args;
  readonly options: ClientOptions<object>;
  readonly limits: Limits;
}

/**
 * Calls an operation and reads the response that the document describes.
 *
 * @throws {RequestError} where none came. @throws {TypeError} where the arguments make no request.
 */
export function send(
  api: ApiRule,
  operation: OperationRule,
  args: Args,
  options: ClientOptions<object>,
): Promise<Result> {
  return withinLimits(operation.id, options, (limits) =>
    sendWithRetries({ api, operation, args, options, limits }),
  );
}

async function sendWithRetries(call: Call): Promise<Result> {
  const { operation, args, options, limits } = call;
  const { signal } = limits;
  guardOf(operation.id, options)?.guardRequest(args, options.validate?.requests);
  const retries = isSentOnce(bodyArgument(operation, args)) ? 0 : (options.retry ?? 0);
  for (let attempt = 0; ; attempt++) {
    const maySend = (outcome: Response | "network") =>
      attempt < retries && !signal.aborted && mayRetry(operation.method, outcome);
    try {
      const response = await sendOnce(call);
      if (!maySend(response)) return await readResult({ ...call, response });
      discard(response);
      await sleep(retryDelay(attempt, response), signal);
    } catch (error) {
      if (!(error instanceof TransportFailure)) throw error;
      if (!maySend("network")) throw networkError(operation, error);
      await sleep(retryDelay(attempt, "network"), signal);
    }
  }
}

/** A parameter may be called `body` where there is none. */
function bodyArgument({ body }: OperationRule, args: Args): unknown {
  return body.length > 0 ? args["body"] : undefined;
}

/** True for what is gone when it has been read: a stream, a generator. `next` is also what a page of JSON calls its successor. */
function isSentOnce(body: unknown): boolean {
  if (typeof body !== "object" || body === null || Array.isArray(body)) return false;
  if (body instanceof ReadableStream || Symbol.asyncIterator in body) return true;
  return "next" in body && typeof body.next === "function";
}

/** What validates items as they are written; those of a list are validated before. What it throws ends the call: a stream would lose it. */
function itemGuardOf({ operation, args, options, limits }: Call): BodyContext["look"] {
  const guard = guardOf(operation.id, options);
  if (!guard || Array.isArray(bodyArgument(operation, args))) return undefined;
  return (item, index) => {
    try {
      guard.guardItem({ args, item, index }, options.validate?.requests);
    } catch (error) {
      limits.fail(error as Error);
      throw error;
    }
  };
}

function networkError(operation: OperationRule, { cause }: TransportFailure): RequestError {
  return new RequestError("network", operation.id, { reason: "the request failed", cause });
}

/**
 * The request of each response that is still in use. An abort reaches a body that is being read through the request's own signal:
 * where nobody holds the request, it may be collected, and the connection is never closed.
 */
const requests = new WeakMap<Response, Request>();

/** One request through openapi-fetch. It is given the serialized parts, and hands the response over unread. */
async function sendOnce(call: Call): Promise<Response> {
  const { api, operation, args, options, limits } = call;
  const baseUrl = baseUrlOf(call);
  const auth = await authorize(operation, api.securitySchemes, (options.auth ?? {}) as Credentials);
  const body = bodyOf(operation, args, { signal: limits.signal, look: itemGuardOf(call) });
  const path = serializePath(operation.path, operation.parameters, args);
  const redirects = redirectsOf(operation, auth);
  const { fetch = globalThis.fetch } = options;
  let received: Response | undefined;
  const take = (response: Response) => {
    received = response;
    return new Response(null, { status: 204 });
  };
  const client = createFetchClient<Record<string, Record<string, object>>>({
    baseUrl,
    fetch: async (made) => {
      const request = inItsCase(made, operation);
      const response = await fetch(request);
      requests.set(response, request);
      if (redirects === "refuse" && isRedirect(response)) throw refusalOf(operation, response);
      return response;
    },
    pathSerializer: (url) => url.slice(0, url.length - operation.path.length) + path,
    querySerializer: () =>
      [
        ...(operation.query ?? []),
        ...parametersIn("query", operation, args),
        ...parametersIn("querystring", operation, args),
        ...auth.query,
      ].join("&"),
    bodySerializer: () => body?.content as never,
  });
  client.use(
    {
      onResponse: ({ response }) => take(response),
      onError: ({ error }) =>
        error instanceof RefusedRedirect
          ? error
          : new TransportFailure("the connection failed", { cause: error }),
    },
    ...(options.middleware ?? []).map((middleware) => answering(middleware, take)),
  );
  const init = {
    params: paramsOf(operation, args),
    headers: headersOf({ operation, args, options, auth, body }),
    body: bodyArgument(operation, args),
    ...options.requestInit,
    // What a body that is a stream needs.
    duplex: "half",
    redirect: redirects === "follow" ? "follow" : "manual",
    signal: limits.signal,
  };
  await client.request(operation.method.toLowerCase() as never, operation.path as never, init as never);
  return received!;
}

/** Methods are told apart by case (RFC 9110, section 9.1), and sent as they are described: openapi-fetch writes all in capitals. */
function inItsCase(request: Request, { method }: OperationRule): Request {
  const isMeant = request.method === method || request.method !== method.toUpperCase();
  return isMeant ? request : new Request(request, { method });
}

/** What middleware is told of the arguments; headers are those of the request, and openapi-fetch would write them again. */
function paramsOf({ parameters }: OperationRule, args: Args): { readonly [place: string]: object } {
  const at = (place: ParameterRule["in"]) =>
    Object.fromEntries(
      parameters.flatMap((rule) => {
        const value = rule.in === place ? argumentOf(rule, args) : undefined;
        return value === undefined ? [] : [[rule.name, value]];
      }),
    );
  return { path: at("path"), query: at("query"), cookie: at("cookie") };
}

/**
 * A server may be relative to where the document stands (OpenAPI 3.1.1, Server Object, `url`), and is `/` where there is none. A browser
 * takes such an address from its page; elsewhere nobody knows the host.
 *
 * @throws {TypeError} where no request can be made to it.
 */
function baseUrlOf({ api, operation, options }: Call): string {
  const baseUrl = addressOf({ api: api.baseUrl, operation: operation.baseUrl, given: options.baseUrl });
  try {
    const { protocol, pathname } = new URL(new Request(baseUrl).url);
    // The path would become a part of them (OpenAPI 3.2.0, Server Object, `url`).
    if (/[?#]/.test(baseUrl)) throw new TypeError("it has a query or a fragment");
    // Of `localhost:8080`, the host is the scheme, and the port no path that another is appended to.
    if (!pathname.startsWith("/")) throw new TypeError(`${protocol} is its scheme`);
    return baseUrl;
  } catch (cause) {
    const fault = `${JSON.stringify(baseUrl)} is no address that a request can be sent to`;
    throw new TypeError(`${operation.id}: ${fault}: give the client a baseUrl`, { cause });
  }
}

/** A middleware whose `onRequest` may answer in place of the server: openapi-fetch would read that answer. */
function answering(middleware: Middleware, take: (answer: Response) => Response): Middleware {
  return {
    onRequest: async (call) => {
      const result = await middleware.onRequest?.(call);
      return result instanceof Response ? take(result) : result;
    },
    onResponse: (call) => middleware.onResponse?.(call),
    onError: (call) => middleware.onError?.(call),
  };
}

/**
 * What becomes of redirects. One that the document describes is a result, but in a browser, which shows none. Others are followed: `fetch` does
 * so to another origin without `Authorization` and `Cookie`, but with every other header. Where a key travels in such a header, redirects
 * are refused: no browser tells where one leads before it has followed it.
 */
function redirectsOf({ responses }: OperationRule, auth: AuthParts): "follow" | "give" | "refuse" {
  const isDescribed = Object.keys(responses).some((status) => REDIRECTS.has(status));
  if (isDescribed && !isBrowser()) return "give";
  const hasKey = Object.keys(auth.headers).some((name) => name.toLowerCase() !== "authorization");
  return hasKey ? "refuse" : "follow";
}

/** A browser shows that a redirect came, and nothing of it (Fetch, "opaque-redirect filtered response"). */
function isRedirect({ type, status, headers }: Response): boolean {
  return type === "opaqueredirect" || (REDIRECTS.has(String(status)) && headers.has("Location"));
}

/** Unlike what `fetch` refuses, it does not look like a broken connection, which is tried again. */
class RefusedRedirect extends RequestError {}

function refusalOf({ id }: OperationRule, response: Response): RefusedRedirect {
  discard(response);
  // What follows may be a key of its own.
  const [address = ""] = (response.headers.get("Location") ?? "").split(/[?#]/);
  const where = address === "" ? "" : ` to ${address}`;
  const reason = `a redirect${where} was refused: it would take the key of the request along`;
  return new RefusedRedirect("network", id, { reason, response });
}

/** True in a page and in its workers: every browser calls itself so (HTML, "Client identification"), and no server does. */
function isBrowser(): boolean {
  const { navigator } = globalThis as { navigator?: { userAgent?: string } };
  return "document" in globalThis || (navigator?.userAgent ?? "").startsWith("Mozilla/");
}

/** Statuses with a `Location` to go to (RFC 9110, section 15.4), and their range. */
const REDIRECTS: ReadonlySet<string> = new Set(["301", "302", "303", "307", "308", "3XX"]);

function headersOf(parts: {
  operation: OperationRule;
  args: Args;
  options: ClientOptions<object>;
  auth: AuthParts;
  body: WrittenBody | undefined;
}): Record<string, string | undefined> {
  const { operation, args, options, auth, body } = parts;
  const own = operation.parameters.flatMap((rule) => {
    const text = rule.in === "header" ? serializeParameter(rule, argumentOf(rule, args)) : undefined;
    return text === undefined ? [] : [[rule.name, text] as const];
  });
  const cookies = [...parametersIn("cookie", operation, args), ...auth.cookies];
  const headers = {
    Accept: acceptOf(operation),
    ...(body?.contentType !== undefined && { "Content-Type": body.contentType }),
    ...auth.headers,
    ...(cookies.length > 0 && { Cookie: cookies.join("; ") }),
    ...Object.fromEntries(own),
    ...headersIn(options.headers),
  };
  for (const [name, text] of Object.entries(headers)) checkCarried(name, text);
  return headers;
}

/**
 * Control characters but the tab, and what is no byte (RFC 9110, section 5.5). `fetch` refuses the same, and does not say which header it
 * is; of some it only says that the connection failed.
 */
function checkCarried(name: string, text: string): void {
  const [refused] = /[^\t -~\x80-\xff]/u.exec(text) ?? [];
  if (refused !== undefined) throw new TypeError(`${name}: a header cannot carry ${JSON.stringify(refused)}`);
}

function acceptOf(operation: OperationRule): string {
  const types = Object.values(operation.responses).flatMap((rules) =>
    rules.map(({ mediaType }) => mediaType),
  );
  return [...new Set(types)].join(", ") || "*/*";
}

function parametersIn(
  place: "query" | "querystring" | "cookie",
  operation: OperationRule,
  args: Args,
): string[] {
  return operation.parameters.flatMap((rule) => {
    const text = rule.in === place ? serializeParameter(rule, argumentOf(rule, args)) : undefined;
    return text === undefined ? [] : [text];
  });
}
