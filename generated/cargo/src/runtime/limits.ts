import { RequestError } from "./errors.js";
import type { RequestOptions } from "./options.js";

/** A longer timer would fire at once. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

/**
 * A call, until it is over, the caller's signal is aborted or its time is up, whatever it is busy with. The call is given a signal
 * of its own; once it is settled, neither a timer nor a listener is left behind.
 */
export function withinLimits<T>(
  operationId: string,
  { signal, timeout = Infinity }: RequestOptions,
  call: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const controller = new AbortController();
  return new Promise((resolve, reject) => {
    const release = () => {
      clearTimeout(timer);
      signal?.removeEventListener("abort", onAbort);
    };
    const stop = (kind: "aborted" | "timeout", reason: string, cause: unknown) => {
      release();
      reject(new RequestError(kind, operationId, { reason, cause }));
      controller.abort(cause);
    };
    const onAbort = () => stop("aborted", "aborted", signal?.reason);
    const onTimeout = () => {
      const reason = `no answer within ${timeout} ms`;
      stop("timeout", reason, new DOMException(reason, "TimeoutError"));
    };
    const timer = timeout <= LONGEST_TIMER_MS ? setTimeout(onTimeout, timeout) : undefined;
    if (signal?.aborted) return onAbort();
    signal?.addEventListener("abort", onAbort);
    void call(controller.signal).finally(release).then(resolve, reject);
  });
}
