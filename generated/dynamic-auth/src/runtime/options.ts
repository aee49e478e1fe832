import type { Middleware } from "openapi-fetch";
import type { RequestError } from "./errors.js";

export type { Middleware } from "openapi-fetch";

/**
 * What becomes of what is not valid: an error is thrown, or a warning printed on the console, or a function of yours is given the
 * error and the call goes on; or nobody looks.
 */
export type ValidationMode = "throw" | "warn" | "off" | ((error: RequestError) => void);

/** What `validators` do. Default: they throw. */
export interface Validation {
  readonly requests?: ValidationMode | undefined;
  readonly responses?: ValidationMode | undefined;
}

/** A response, its body read. */
export interface ReceivedBody {
  readonly body: unknown;
  readonly response: Response;
}

/** An item of a body that is no list, and the arguments that it is one of. */
export interface SentItem {
  readonly args: object;
  readonly item: unknown;
  readonly index: number;
}

/** Stands between a call and the wire. */
export interface OperationGuard {
  /** @throws {RequestError} of kind `invalidRequest`, where the mode is `throw`. */
  readonly guardRequest: (args: object, mode: ValidationMode | undefined) => void;
  /** The same of an item, before it is written. */
  readonly guardItem: (sent: SentItem, mode: ValidationMode | undefined) => void;
  /** @returns the body; of a stream, one that looks at each item as it comes. */
  readonly guardResponse: (received: ReceivedBody, mode: ValidationMode | undefined) => unknown;
}

/** The validators of operations, by the operation's id in the document. */
export interface Validators {
  readonly [operationId: string]: OperationGuard;
}

/** What a single call can set. */
export interface RequestOptions {
  /** Aborts the call, and the stream that it gave: a `RequestError` of kind `aborted` is thrown. */
  readonly signal?: AbortSignal | undefined;
  /**
   * Milliseconds until the call is given up, credentials, retries and the response's body included; of a stream, its headers and
   * not its items. Default: never.
   */
  readonly timeout?: number | undefined;
  /**
   * How often a failed call is repeated. Default: 0. Only calls of idempotent methods are (RFC 9110, section 9.2.2), after a
   * broken connection or a status of 429, 502, 503 or 504. `Retry-After` is obeyed; a response that asks for more than half a
   * minute is handed over. A body that is a stream is sent once.
   */
  readonly retry?: number | undefined;
  /**
   * How long a body may be, and an item of a stream; what is longer is given up with a `RequestError` of kind `tooLarge`.
   * Default: 64 MiB for text and JSON; a file has no limit unless one is given.
   */
  readonly maxResponseBytes?: number | undefined;
  /** Further headers; they win over those of the client. `undefined` is no header, and takes that of the client away. */
  readonly headers?: HeaderOptions | undefined;
  /** What else `fetch` is told: `{ credentials: "include" }`, `cache`, `keepalive`. */
  readonly requestInit?: RequestSettings | undefined;
  /**
   * Validates what is sent and what comes: `import { validators } from "…/validators"`. They are given by value, so that nobody else's
   * bundle holds them.
   */
  readonly validators?: Validators | undefined;
  /** What the validators do: `{ requests: "throw", responses: "warn" }`. */
  readonly validate?: Validation | undefined;
  /** Used in place of the global `fetch`. */
  readonly fetch?: ((request: Request) => Promise<Response>) | undefined;
}

/** Headers by their names; or as `fetch` takes them. */
export type HeaderOptions =
  | Readonly<Record<string, string | undefined>>
  | Headers
  | readonly (readonly [name: string, value: string])[];

/** The options of `fetch` that an operation leaves open. */
export type RequestSettings = Omit<RequestInit, "body" | "headers" | "method" | "redirect" | "signal">;

/** What a client sets for all of its calls. */
export interface ClientOptions<Auth> extends RequestOptions {
  /**
   * The address that paths are appended to, and that relative servers of operations stand below. Default: the first server of the operation, or
   * of the document. Outside of a browser it must be absolute.
   */
  readonly baseUrl?: string | undefined;
  /** Credentials by the name of their security scheme. */
  readonly auth?: Auth | undefined;
  /** Middleware of openapi-fetch, called in this order. */
  readonly middleware?: readonly Middleware[] | undefined;
}

/** A credential, or a function that gives one for each call, or none: then those of the next alternative are sent. */
export type Credential<T = string> = T | (() => T | undefined | Promise<T | undefined>);

/** User and password of HTTP Basic (RFC 7617). */
export interface BasicCredential {
  readonly username: string;
  readonly password: string;
}

/** The options of one call: the client's, with those of the call in their place. Headers are joined, and what `fetch` is told. */
export function mergeOptions<Auth>(
  client: ClientOptions<Auth>,
  request: RequestOptions | undefined,
): ClientOptions<Auth> {
  if (!request) return client;
  const headers = mergeHeaders(client.headers, request.headers);
  return {
    ...client,
    ...defined(request),
    headers,
    ...joined("requestInit", client, request),
    ...joined("validate", client, request),
  };
}

/** The headers that are given, by their names. */
export function headersIn(headers: HeaderOptions | undefined): Record<string, string> {
  return defined(namedIn(headers)) as Record<string, string>;
}

function namedIn(headers: HeaderOptions = {}): Record<string, string | undefined> {
  return Symbol.iterator in headers ? joinedByName(headers) : { ...headers };
}

/** In a list, the values of one name are one header (Fetch, "append"). */
function joinedByName(headers: Iterable<readonly [name: string, value: string]>): Record<string, string> {
  const values = new Map<string, string>();
  for (const [name, value] of headers) {
    const key = name.toLowerCase();
    const before = values.get(key);
    values.set(key, before === undefined ? value : `${before}, ${value}`);
  }
  return Object.fromEntries(values);
}

/** An option of which a call says a part. */
function joined(name: "requestInit" | "validate", client: RequestOptions, request: RequestOptions): object {
  return client[name] && request[name] ? { [name]: { ...client[name], ...request[name] } } : {};
}

/** Those of a call in the place of the client's. A name is the same in any case (RFC 9110, section 5.1). */
function mergeHeaders(client: HeaderOptions | undefined, request: HeaderOptions | undefined): HeaderOptions {
  const own = namedIn(request);
  const names = new Set(Object.keys(own).map((name) => name.toLowerCase()));
  const others = Object.entries(namedIn(client)).filter(([name]) => !names.has(name.toLowerCase()));
  return { ...Object.fromEntries(others), ...own };
}

/** The members that are not undefined. */
function defined<T extends object>(options: T): Partial<T> {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined)) as Partial<T>;
}

/** What validates an operation, where someone asks for it. */
export function guardOf(
  operationId: string,
  { validators = {} }: Pick<RequestOptions, "validators">,
): OperationGuard | undefined {
  return Object.hasOwn(validators, operationId) ? validators[operationId] : undefined;
}
