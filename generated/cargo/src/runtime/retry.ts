const IDEMPOTENT = new Set(["GET", "HEAD", "OPTIONS", "TRACE", "PUT", "DELETE", "QUERY"]);
const RETRIED_STATUSES = new Set([429, 502, 503, 504]);
const FIRST_DELAY_MS = 250;
const LONGEST_DELAY_MS = 30_000;
/** `Sun, 06 Nov 1994 08:49:37 GMT` and its long obsolete form; `Date.parse` alone would take `1.5` for the fifth of January. */
const HTTP_DATE = /^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]*, .+ GMT$/;

/**
 * True where repeating a call does no harm (RFC 9110, section 9.2.2) and may help, and the server does not ask for more patience
 * than we have.
 */
export function mayRetry(method: string, outcome: Response | "network"): boolean {
  if (!IDEMPOTENT.has(method)) return false;
  return outcome === "network" || (RETRIED_STATUSES.has(outcome.status) && isSoon(askedDelay(outcome)));
}

function isSoon(delay = 0): boolean {
  return delay <= LONGEST_DELAY_MS;
}

/** Milliseconds before the next attempt: what `Retry-After` asks, else twice the last, with jitter. */
export function retryDelay(attempt: number, outcome: Response | "network"): number {
  const asked = outcome === "network" ? undefined : askedDelay(outcome);
  return Math.min(asked ?? FIRST_DELAY_MS * 2 ** attempt * (0.5 + Math.random() / 2), LONGEST_DELAY_MS);
}

/** `Retry-After` (RFC 9110, section 10.2.3): seconds, or a date. A date that is past or none asks for nothing. */
function askedDelay({ headers }: Response): number | undefined {
  const asked = headers.get("Retry-After") ?? "";
  if (/^\d+$/.test(asked)) return Number(asked) * 1000;
  const delay = HTTP_DATE.test(asked) ? Date.parse(asked) - Date.now() : 0;
  return delay > 0 ? delay : undefined;
}

/** Resolves after `ms`, rejects with the signal's reason as soon as it is aborted. */
export function sleep(ms: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = () => {
      clearTimeout(timer);
      reject(signal?.reason as Error);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener("abort", stop);
      resolve();
    }, ms);
    if (signal?.aborted) stop();
    else signal?.addEventListener("abort", stop, { once: true });
  });
}
