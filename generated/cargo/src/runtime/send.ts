import createFetchClient, { type Middleware } from "openapi-fetch";
import { authorize, type AuthParts, type Credentials } from "./auth.js";
import { RequestError } from "./errors.js";
import { bodyRules, type BodyRule, type OperationRule, type SecuritySchemes } from "./operation.js";
import type { ClientOptions } from "./options.js";
import type { Result } from "./result.js";
import { mayRetry, retryDelay, sleep } from "./retry.js";
import { serializeParameter, serializePath } from "./serialize.js";

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
  readonly signal: AbortSignal | undefined;
}

/**
 * Calls an operation and reads the response that the document describes.
 *
 * @throws {RequestError} where none came. @throws {TypeError} where the arguments make no request.
 */
export async function send(
  api: ApiRule,
  operation: OperationRule,
  args: Args,
  options: ClientOptions<object>,
): Promise<Result> {
  const timeout = options.timeout === undefined ? undefined : AbortSignal.timeout(options.timeout);
  const signals = [options.signal, timeout].filter((signal) => signal !== undefined);
  const signal = signals.length > 1 ? AbortSignal.any(signals) : signals[0];
  try {
    const response = await sendWithRetries({ api, operation, args, options, signal });
    return await readResult(operation, response);
  } catch (error) {
    throw explain(error, { operation, options, timeout });
  }
}

/** The failure of a transport, named by what caused it. Our own errors pass. */
function explain(
  error: unknown,
  call: { operation: OperationRule; options: ClientOptions<object>; timeout: AbortSignal | undefined },
): unknown {
  const { operation, options, timeout } = call;
  if (options.signal?.aborted)
    return new RequestError("aborted", operation.id, { reason: "aborted", cause: options.signal.reason });
  if (timeout?.aborted) {
    return new RequestError("timeout", operation.id, {
      reason: `no answer within ${options.timeout} ms`,
      cause: error,
    });
  }
  return error instanceof TransportFailure
    ? new RequestError("network", operation.id, { reason: "the request failed", cause: error.cause })
    : error;
}

/** Marks what `fetch` or a broken connection threw. */
class TransportFailure extends Error {}

async function sendWithRetries(call: Call): Promise<Response> {
  const { operation, options, signal } = call;
  for (let attempt = 0; ; attempt++) {
    const outcome = await sendOnce(call).catch((error: unknown) => {
      if (error instanceof TransportFailure) return error;
      throw error;
    });
    const seen = outcome instanceof Response ? outcome : "network";
    if (attempt >= (options.retry ?? 0) || signal?.aborted || !mayRetry(operation.method, seen)) {
      if (outcome instanceof Response) return outcome;
      throw outcome;
    }
    if (outcome instanceof Response) await outcome.body?.cancel();
    await sleep(retryDelay(attempt, seen), signal);
  }
}

/** One request through openapi-fetch. It is given the serialized parts, and hands the response over unread. */
async function sendOnce({ api, operation, args, options, signal }: Call): Promise<Response> {
  const auth = await authorize(operation, api.securitySchemes, (options.auth ?? {}) as Credentials);
  const rule = operation.body[0];
  const path = serializePath(operation.path, operation.parameters, args);
  const headers = headersOf({ operation, args, options, auth });
  const fetch = options.fetch ?? globalThis.fetch;
  let received: Response | undefined;
  const capture: Middleware = {
    onResponse({ response }) {
      received = response;
      return new Response(null, { status: 204 });
    },
  };
  const client = createFetchClient<Record<string, Record<string, object>>>({
    baseUrl: options.baseUrl ?? api.baseUrl,
    fetch: (request) => transport(() => fetch(request)),
    pathSerializer: (url) => url.slice(0, url.length - operation.path.length) + path,
    querySerializer: () => [...parametersIn("query", operation, args), ...auth.query].join("&"),
    bodySerializer: (body) => writeBody(rule, body),
  });
  client.use(capture, ...(options.middleware ?? []));
  const init = { params: { path: args, query: args }, headers, body: args["body"], signal } as never;
  await client.request(operation.method.toLowerCase() as never, operation.path as never, init);
  return received!;
}

async function transport<T>(attempt: () => Promise<T>): Promise<T> {
  try {
    return await attempt();
  } catch (cause) {
    throw new TransportFailure("the connection failed", { cause });
  }
}

function headersOf(parts: {
  operation: OperationRule;
  args: Args;
  options: ClientOptions<object>;
  auth: AuthParts;
}): Record<string, string | undefined> {
  const { operation, args, options, auth } = parts;
  const own = operation.parameters.flatMap((rule) => {
    const text = rule.in === "header" ? serializeParameter(rule, args[rule.argument]) : undefined;
    return text === undefined ? [] : [[rule.name, text] as const];
  });
  const cookies = [...parametersIn("cookie", operation, args), ...auth.cookies];
  const mediaType = operation.body[0]?.mediaType;
  return {
    Accept: acceptOf(operation),
    ...(args["body"] !== undefined && mediaType !== undefined && { "Content-Type": mediaType }),
    ...auth.headers,
    ...(cookies.length > 0 && { Cookie: cookies.join("; ") }),
    ...Object.fromEntries(own),
    ...options.headers,
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
    const text = rule.in === place ? serializeParameter(rule, args[rule.argument]) : undefined;
    return text === undefined ? [] : [text];
  });
}

function writeBody(rule: BodyRule | undefined, body: unknown): never {
  return (rule?.as === "json" ? JSON.stringify(body) : body) as never;
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
    await response.body?.cancel();
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
