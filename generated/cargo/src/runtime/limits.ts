import { RequestError } from "./errors.js";
import type { RequestOptions } from "./options.js";

/** A longer timer would fire at once. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

/** What ends a call. */
export interface Limits {
  /** Aborted with the caller's signal, or when the time is up. */
  readonly signal: AbortSignal;
  /** For a stream: once the call is settled, the caller's signal goes on to end it, until the returned function is called. */
  readonly outlive: () => () => void;
  /** Ends the call with an error that would get lost where it is thrown. */
  readonly fail: (error: Error) => void;
}

/**
 * A call, until it is over, the caller's signal is aborted or its time is up, whatever it is busy with. The call is given a signal
 * of its own; once it is settled, neither a timer nor (but for a stream) a listener is left behind.
 */
export function withinLimits<T>(
  operationId: string,
  { signal, timeout = Infinity }: RequestOptions,
  call: (limits: Limits) => Promise<T>,
): Promise<T> {
  const controller = new AbortController();
  return new Promise((resolve, reject) => {
    let isStream = false;
    const letGo = () => signal?.removeEventListener("abort", onAbort);
    const release = () => {
      clearTimeout(timer);
      if (!isStream) letGo();
    };
    const fail = (error: Error, cause: unknown = error) => {
      clearTimeout(timer);
      letGo();
      reject(error);
      controller.abort(cause);
    };
    const stop = (kind: "aborted" | "timeout", reason: string, cause: unknown) =>
      fail(new RequestError(kind, operationId, { reason, cause }), cause);
    const onAbort = () => stop("aborted", "aborted", signal?.reason);
    const onTimeout = () => {
      const reason = `no answer within ${timeout} ms`;
      stop("timeout", reason, new DOMException(reason, "TimeoutError"));
    };
    const outlive = () => {
      isStream = true;
      return letGo;
    };
    const timer = timeout <= LONGEST_TIMER_MS ? setTimeout(onTimeout, timeout) : undefined;
    if (signal?.aborted) return onAbort();
    signal?.addEventListener("abort", onAbort);
    void call({ signal: controller.signal, outlive, fail }).finally(release).then(resolve, reject);
  });
}
