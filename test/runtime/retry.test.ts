import { getEventListeners } from "node:events";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { mayRetry, retryDelay, sleep } from "../../generator/runtime/retry.js";

function answer(status: number, retryAfter?: string): Response {
  return new Response(null, {
    status,
    ...(retryAfter !== undefined && { headers: { "Retry-After": retryAfter } }),
  });
}

beforeEach(() => {
  vi.useFakeTimers({ now: Date.UTC(1994, 10, 6, 8, 49, 37) });
  vi.spyOn(Math, "random").mockReturnValue(1);
});

afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

describe("mayRetry", () => {
  it.each(["GET", "HEAD", "OPTIONS", "TRACE", "PUT", "DELETE"])("repeats %s", (method) => {
    expect(mayRetry(method, "network")).toBe(true);
    expect(mayRetry(method, answer(503))).toBe(true);
  });

  it.each(["POST", "PATCH"])("never repeats %s", (method) => {
    expect(mayRetry(method, "network")).toBe(false);
    expect(mayRetry(method, answer(503))).toBe(false);
  });

  it("repeats for the statuses that pass", () => {
    const statuses = [200, 304, 400, 401, 404, 408, 409, 429, 500, 501, 502, 503, 504, 505];
    expect(statuses.filter((status) => mayRetry("GET", answer(status)))).toEqual([429, 502, 503, 504]);
  });

  it.each([
    ["30", true],
    ["31", false],
    ["99999999999", false],
    ["Sun, 06 Nov 1994 08:50:07 GMT", true],
    ["Sun, 06 Nov 1994 08:50:08 GMT", false],
    ["later", true],
  ])("hands a response over that asks for more than half a minute: %s → %s", (retryAfter, repeats) => {
    expect(mayRetry("GET", answer(429, retryAfter))).toBe(repeats);
  });
});

describe("retryDelay", () => {
  it("doubles from a quarter of a second to half a minute", () => {
    const delays = [0, 1, 2, 6, 7, 2000].map((attempt) => retryDelay(attempt, "network"));
    expect(delays).toEqual([250, 500, 1000, 16_000, 30_000, 30_000]);
  });

  it("takes up to half off, so that clients do not come back all at once", () => {
    vi.mocked(Math.random).mockReturnValue(0);
    expect(retryDelay(1, answer(503))).toBe(250);
  });

  it.each([
    ["0", 0],
    ["2", 2000],
    ["Sun, 06 Nov 1994 08:49:40 GMT", 3000],
    ["Sunday, 06-Nov-94 08:49:40 GMT", 3000],
  ])("obeys Retry-After: %s", (retryAfter, delay) => {
    expect(retryDelay(0, answer(429, retryAfter))).toBe(delay);
  });

  // `Date.parse` alone finds a date in most of these.
  it.each(["Sun, 06 Nov 1994 08:49:00 GMT", "1.5", "-5", "", "soon 3", "1e3", "0x10", "2 s"])(
    "takes %j for no answer",
    (retryAfter) => {
      expect(retryDelay(0, answer(429, retryAfter))).toBe(250);
    },
  );
});

describe("sleep", () => {
  it("resolves in time, and leaves no listener", async () => {
    const { signal } = new AbortController();
    const done = vi.fn<() => void>();
    const asleep = sleep(100, signal).then(done);
    await vi.advanceTimersByTimeAsync(99);
    expect(done).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(1);
    await asleep;
    expect(getEventListeners(signal, "abort")).toEqual([]);
  });

  it("rejects with the reason as soon as it is aborted, and leaves neither timer nor listener", async () => {
    const controller = new AbortController();
    const asleep = sleep(100, controller.signal);
    controller.abort("enough");
    await expect(asleep).rejects.toBe("enough");
    expect(vi.getTimerCount()).toBe(0);
    expect(getEventListeners(controller.signal, "abort")).toEqual([]);
  });

  it("does not begin where it is aborted", async () => {
    await expect(sleep(100, AbortSignal.abort("before"))).rejects.toBe("before");
    expect(vi.getTimerCount()).toBe(0);
  });
});
