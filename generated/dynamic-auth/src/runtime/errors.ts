import type { Issue } from "./check.js";
import type { ParameterRule } from "./operation.js";
import type { Failure } from "./result.js";

/** The operations that responses came of: a result has no place for them. */
const operationIds = /* @__PURE__ */ new WeakMap<Response, string>();

export function rememberOperation(response: Response, operationId: string): void {
  operationIds.set(response, operationId);
}

/** A failure that the document describes, thrown by `unwrap`. */
export class ApiError<Status extends number = number, Body = unknown> extends Error {
  override readonly name = "ApiError";
  readonly status: Status;
  /** The body of the response. */
  readonly error: Body;
  /** The text of the body where the document describes none for this status. */
  readonly body: string | undefined;
  /** The headers that the document describes, parsed. */
  readonly headers: object | undefined;
  readonly response: Response;
  /** The operation that was called. */
  readonly operationId: string | undefined;

  constructor(failure: Failure<Status, Body> & { readonly headers?: object }) {
    const { status, error, body, headers, response } = failure;
    const operationId = operationIds.get(response);
    super(`${operationId === undefined ? "" : `${operationId}: `}${status} ${response.statusText}`.trim());
    this.status = status;
    this.error = error;
    this.body = body;
    this.headers = headers;
    this.response = response;
    this.operationId = operationId;
  }
}

/**
 * Why no result came of a request:
 * - `network`: the request could not be sent or the connection broke, and `cause` is the reason of `fetch`; or a redirect was refused,
 *   which might have carried a key to another origin;
 * - `timeout`: the option `timeout` ran out; `cause` is a `TimeoutError`;
 * - `aborted`: the caller's `signal` was aborted; `cause` is its reason;
 * - `unexpectedStatus`: the document describes no response of this status;
 * - `unreadableBody`: the body, or an item of a stream, is not what the document describes (JSON that does not parse; `cause`
 *   is the parser's error), or no stream of events comes where one is described;
 * - `tooLarge`: the body, or an item of a stream, has more bytes than the option `maxResponseBytes` allows;
 * - `invalidRequest`: the arguments are not what the document describes, and nothing was sent, but of items that come those before the
 *   one that is wrong; `issues` says where;
 * - `invalidResponse`: a header, the body, or an item of a stream is not what the document describes. Both only where `validators`
 *   are given.
 */
export type RequestErrorKind =
  | "network"
  | "timeout"
  | "aborted"
  | "unexpectedStatus"
  | "unreadableBody"
  | "tooLarge"
  | "invalidRequest"
  | "invalidResponse";

/** What is wrong with a part of a request or of a response; `pointer` and `path` lead from that part. */
export interface PartIssue extends Issue {
  readonly in: ParameterRule["in"] | "body";
  /** The name of the parameter, or of the response's header. */
  readonly name?: string;
}

/** A request that brought no response which the document describes. */
export class RequestError extends Error {
  override readonly name = "RequestError";
  readonly kind: RequestErrorKind;
  /** The operation that was called. */
  readonly operationId: string;
  /** The response, where one came; its body is already read, or given up. */
  readonly response: Response | undefined;
  /** The text of the response's body, or of the item that is unreadable, where it was read. */
  readonly body: string | undefined;
  /** What validators hold against the request or the response. */
  readonly issues: readonly PartIssue[] | undefined;

  constructor(
    kind: RequestErrorKind,
    operationId: string,
    details: {
      reason: string;
      cause?: unknown;
      response?: Response;
      body?: string;
      issues?: readonly PartIssue[];
    },
  ) {
    super(`${operationId}: ${details.reason}`, { cause: details.cause });
    this.kind = kind;
    this.operationId = operationId;
    this.response = details.response;
    this.body = details.body;
    this.issues = details.issues;
  }
}
