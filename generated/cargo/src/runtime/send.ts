import createFetchClient, { type Middleware } from "openapi-fetch";
import { authorize, type AuthParts, type Credentials } from "./auth.js";
import { writeBody } from "./body.js";
import { RequestError } from "./errors.js";
import { withinLimits } from "./limits.js";
import { bodyRules, type BodyRule, type OperationRule, type SecuritySchemes } from "./operation.js";
import { defined, type ClientOptions } from "./options.js";
import type { Result } from "./result.js";
import { mayRetry, retryDelay, sleep } from "./retry.js";
import { argumentOf, serializeParameter, serializePath } from "./serialize.js";

/** What all operations of a package share. */
export interface ApiRule {
  readonly baseUrl: string;
  readonly securitySchemes: SecuritySchemes;
}

/** Parameters by their argument's name, and `body`. */
export type Args = { readonly [argument: string]: unknown };

interface Call {
  readonly api: ApiRule;
  readonly operation: OperationRule;
  readonly args: Args;
  readonly options: ClientOptions<object>;
  readonly signal: AbortSignal;
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
  return withinLimits(operation.id, options, (signal) =>
    sendWithRetries({ api, operation, args, options, signal }),
  );
}

async function sendWithRetries(call: Call): Promise<Result> {
  const { operation, args, options, signal } = call;
  const retries = args["body"] instanceof ReadableStream ? 0 : (options.retry ?? 0);
  for (let attempt = 0; ; attempt++) {
    const maySend = (outcome: Response | "network") =>
      attempt < retries && !signal.aborted && mayRetry(operation.method, outcome);
    try {
      const response = await sendOnce(call);
      if (!maySend(response)) return await readResult(operation, response);
      await discard(response);
      await sleep(retryDelay(attempt, response), signal);
    } catch (error) {
      if (!(error instanceof TransportFailure)) throw error;
      if (!maySend("network")) throw networkError(operation, error);
      await sleep(retryDelay(attempt, "network"), signal);
    }
  }
}

/** Marks what `fetch` or a broken connection threw. */
class TransportFailure extends Error {}

function networkError(operation: OperationRule, { cause }: TransportFailure): RequestError {
  return new RequestError("network", operation.id, { reason: "the request failed", cause });
}

/** One request through openapi-fetch. It is given the serialized parts, and hands the response over unread. */
async function sendOnce({ api, operation, args, options, signal }: Call): Promise<Response> {
  const auth = await authorize(operation, api.securitySchemes, (options.auth ?? {}) as Credentials);
  const rule = operation.body[0];
  const path = serializePath(operation.path, operation.parameters, args);
  const { fetch = globalThis.fetch } = options;
  let received: Response | undefined;
  const take = (response: Response) => {
    received = response;
    return new Response(null, { status: 204 });
  };
  const client = createFetchClient<Record<string, Record<string, object>>>({
    baseUrl: options.baseUrl ?? api.baseUrl,
    fetch: (request) => fetch(request),
    pathSerializer: (url) => url.slice(0, url.length - operation.path.length) + path,
    querySerializer: () =>
      [...(operation.query ?? []), ...parametersIn("query", operation, args), ...auth.query].join("&"),
    bodySerializer: (body) => writeBody(rule, body) as never,
  });
  client.use(
    {
      onResponse: ({ response }) => take(response),
      onError: ({ error }) => new TransportFailure("the connection failed", { cause: error }),
    },
    ...(options.middleware ?? []).map((middleware) => answering(middleware, take)),
  );
  const init = {
    params: { path: args, query: args },
    headers: headersOf({ operation, args, options, auth }),
    body: args["body"],
    // What a body that is a stream needs.
    duplex: "half",
    redirect: redirectOf(auth),
    signal,
  };
  await client.request(operation.method.toLowerCase() as never, operation.path as never, init as never);
  return received!;
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
 * `fetch` follows a redirect to another origin without `Authorization` and `Cookie`, but with every other header. Where a key
 * travels in such a header, redirects are refused: no browser tells where one leads before it has followed it.
 */
function redirectOf(auth: AuthParts): RequestRedirect {
  const hasKey = Object.keys(auth.headers).some((name) => name.toLowerCase() !== "authorization");
  return hasKey ? "error" : "follow";
}

async function transport<T>(attempt: () => Promise<T>): Promise<T> {
  try {
    return await attempt();
  } catch (cause) {
    throw new TransportFailure("the connection failed", { cause });
  }
}

/** Lets go of a body that nobody wants: one that is broken, or that a middleware has read, is none the worse. */
async function discard(response: Response): Promise<void> {
  await response.body?.cancel().catch(() => undefined);
}

function headersOf(parts: {
  operation: OperationRule;
  args: Args;
  options: ClientOptions<object>;
  auth: AuthParts;
}): Record<string, string | undefined> {
  const { operation, args, options, auth } = parts;
  const own = operation.parameters.flatMap((rule) => {
    const text = rule.in === "header" ? serializeParameter(rule, argumentOf(rule, args)) : undefined;
    return text === undefined ? [] : [[rule.name, text] as const];
  });
  const cookies = [...parametersIn("cookie", operation, args), ...auth.cookies];
  const rule = operation.body[0];
  // The type of a multipart body holds the boundary between its parts, which fetch chooses.
  const isTyped = args["body"] !== undefined && rule && rule.as !== "multipart";
  return {
    Accept: acceptOf(operation),
    ...(isTyped && { "Content-Type": rule.mediaType }),
    ...auth.headers,
    ...(cookies.length > 0 && { Cookie: cookies.join("; ") }),
    ...Object.fromEntries(own),
    ...defined(options.headers ?? {}),
  };
}

function acceptOf(operation: OperationRule): string {
  const types = Object.values(operation.responses).flatMap((rules) =>
    rules.map(({ mediaType }) => mediaType),
  );
  return [...new Set(types)].join(", ") || "*/*";
}

function parametersIn(place: "query" | "cookie", operation: OperationRule, args: Args): string[] {
  return operation.parameters.flatMap((rule) => {
    const text = rule.in === place ? serializeParameter(rule, argumentOf(rule, args)) : undefined;
    return text === undefined ? [] : [text];
  });
}

async function readResult(operation: OperationRule, response: Response): Promise<Result> {
  const rules = bodyRules(operation, response.status);
  if (!rules) {
    const body = await transport(() => response.text());
    const reason = `the document describes no response of status ${response.status}`;
    throw new RequestError("unexpectedStatus", operation.id, { reason, response, body });
  }
  const body = await readBody(operation, response, rules);
  const { ok, status } = response;
  return ok ? { ok, status, data: body, response } : { ok, status, error: body, response };
}

async function readBody(
  operation: OperationRule,
  response: Response,
  rules: readonly BodyRule[],
): Promise<unknown> {
  const [first] = rules;
  if (!first || operation.method === "HEAD") {
    await discard(response);
    return undefined;
  }
  const type = response.headers.get("Content-Type")?.split(";")[0]?.trim().toLowerCase();
  const rule = rules.find(({ mediaType }) => mediaType.split(";")[0]?.trim().toLowerCase() === type) ?? first;
  if (rule.as === "binary") return transport(() => response.blob());
  const text = await transport(() => response.text());
  return rule.as === "text" ? text : parseJson(operation, response, text);
}

function parseJson(operation: OperationRule, response: Response, body: string): unknown {
  try {
    return JSON.parse(body);
  } catch (cause) {
    const reason = `the body of status ${response.status} is not JSON`;
    throw new RequestError("unreadableBody", operation.id, { reason, response, body, cause });
  }
}
