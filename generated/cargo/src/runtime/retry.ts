const IDEMPOTENT = new Set(["GET", "HEAD", "OPTIONS", "TRACE", "PUT", "DELETE"]);
const RETRIED_STATUSES = new Set([429, 502, 503, 504]);
const FIRST_DELAY_MS = 250;
const LONGEST_DELAY_MS = 30_000;

/** True where repeating a call does no harm and may help (RFC 9110, section 9.2.2). */
export function mayRetry(method: string, outcome: Response | "network"): boolean {
  return IDEMPOTENT.has(method) && (outcome === "network" || RETRIED_STATUSES.has(outcome.status));
}

/** Milliseconds before the next attempt: what `Retry-After` asks (RFC 9110, section 10.2.3), else twice the last, with jitter. */
export function retryDelay(attempt: number, outcome: Response | "network"): number {
  const asked = outcome === "network" ? undefined : retryAfter(outcome.headers.get("Retry-After"));
  const delay = asked ?? FIRST_DELAY_MS * 2 ** attempt * (0.5 + Math.random() / 2);
  return Math.min(Math.max(delay, 0), LONGEST_DELAY_MS);
}

function retryAfter(header: string | null): number | undefined {
  if (header === null) return undefined;
  const delay = /^\d+$/.test(header) ? Number(header) * 1000 : Date.parse(header) - Date.now();
  return Number.isNaN(delay) ? undefined : delay;
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
