import { getEventListeners } from "node:events";
import { setTimeout as wait } from "node:timers/promises";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { json, startServer, type Reaction } from "../support/server.js";
import { BINARY_BODY, call, failureOf, JSON_BODY, listen } from "./rules.js";

const OK = json(200, 1);
const BUSY: Reaction = { status: 503, headers: { "Retry-After": "0" } };
const LATER: Reaction = { status: 429, headers: { "Retry-After": "20" } };
const NEVER = new Promise<never>(() => undefined);

/** What keeps a call busy: the server, the wait before a repetition, a credential, a middleware, a `fetch` without a signal. */
const BUSY_WITH: Readonly<Record<string, Parameters<typeof call>[0] & { readonly reaction?: Reaction }>> = {
  "the headers": { reaction: "silence" },
  "the body": { reaction: "stall" },
  "the next attempt": { reaction: LATER, retry: 1 },
  "a credential": {
    rule: { security: [["a"]] },
    schemes: { a: { kind: "bearer" } },
    auth: { a: () => NEVER },
  },
  "a middleware": { middleware: [{ onRequest: () => NEVER }] },
  "a fetch that cannot be ended": { fetch: () => NEVER },
};

async function busy({ reaction = OK, ...options }: (typeof BUSY_WITH)[string]) {
  const { url } = await startServer(reaction);
  return failureOf(call({ baseUrl: url, ...options }));
}

describe.each(Object.entries(BUSY_WITH))("a call that waits for %s", (_name, options) => {
  it("ends when its time is up", async () => {
    const started = performance.now();
    const error = await busy({ ...options, timeout: 60 });
    expect(performance.now() - started).toBeLessThan(5000);
    expect(error).toMatchObject({ kind: "timeout", operationId: "getThings", response: undefined });
    expect(error.message).toBe("getThings: no answer within 60 ms");
    expect(error.cause).toMatchObject({ name: "TimeoutError" });
  });

  it("ends when it is aborted, and leaves no listener", async () => {
    const controller = new AbortController();
    const ended = busy({ ...options, signal: controller.signal, timeout: 60_000 });
    await wait(60);
    controller.abort("enough");
    expect(await ended).toMatchObject({ kind: "aborted", message: "getThings: aborted", cause: "enough" });
    expect(getEventListeners(controller.signal, "abort")).toEqual([]);
  });
});

describe("the caller's signal", () => {
  it.each([["before"], [null], [undefined]])("stops a call that has not begun: %j", async (reason) => {
    const server = await startServer(OK);
    const token = vi.fn<() => string>(() => "t");
    const secured = {
      rule: { security: [["a"]] },
      schemes: { a: { kind: "bearer" as const } },
      auth: { a: token },
    };
    const signal = AbortSignal.abort(reason);
    expect(await failureOf(call({ baseUrl: server.url, ...secured, signal }))).toMatchObject({
      kind: "aborted",
      cause: signal.reason as unknown,
    });
    expect([server.requests.length, token.mock.calls.length]).toEqual([0, 0]);
  });

  it("is no reason for a call that is over, and keeps no listener of it", async () => {
    const { url } = await startServer(OK);
    const controller = new AbortController();
    const results = Array.from({ length: 5 }, () =>
      call({ baseUrl: url, signal: controller.signal, timeout: 9999 }),
    );
    expect(await Promise.all(results)).toHaveLength(5);
    expect(getEventListeners(controller.signal, "abort")).toEqual([]);
  });

  it("is told to the server", async () => {
    const controller = new AbortController();
    const closed = vi.fn<() => void>();
    const baseUrl = await listen((request) => {
      request.on("close", closed);
      controller.abort();
    });
    expect(await failureOf(call({ baseUrl, signal: controller.signal }))).toMatchObject({ kind: "aborted" });
    await expect.poll(() => closed).toHaveBeenCalled();
  });
});

describe("the time of a call", () => {
  it.each([Infinity, 2 ** 31, NaN])("has no end with a timeout of %d", async (timeout) => {
    const baseUrl = await listen((_request, response) => void setTimeout(() => response.end("1"), 30));
    expect(await call({ baseUrl, timeout })).toMatchObject({ data: 1 });
  });

  it("is that of all attempts together", async () => {
    const server = await startServer({ status: 503, headers: { "Retry-After": "0" } }, "silence");
    expect(await failureOf(call({ baseUrl: server.url, retry: 5, timeout: 100 }))).toMatchObject({
      kind: "timeout",
    });
    expect(server.requests).toHaveLength(2);
  });

  it.each<[name: string, options: Parameters<typeof call>[0], reaction: Reaction, timer: number]>([
    ["when it is over", { timeout: 123_456 }, OK, 123_456],
    ["when it is given up before the next attempt", { timeout: 60, retry: 1 }, LATER, 20_000],
  ])("leaves no timer %s", async (_name, options, reaction, ms) => {
    const { url } = await startServer(reaction);
    const started = vi.spyOn(globalThis, "setTimeout");
    const cleared = vi.spyOn(globalThis, "clearTimeout");
    onTestFinished(() => void vi.restoreAllMocks());
    await call({ baseUrl: url, ...options }).catch(() => undefined);
    const timer: unknown =
      started.mock.results[started.mock.calls.findIndex((each) => each[1] === ms)]?.value;
    expect(timer).toBeDefined();
    await expect.poll(() => cleared.mock.calls.map(([each]) => each as unknown)).toContain(timer);
  });
});

/** Milliseconds until a call is repeated whose first response has this header. */
async function retriedAfter(retryAfter: string): Promise<number> {
  const server = await startServer({ status: 429, headers: { "Retry-After": retryAfter } }, OK);
  const started = performance.now();
  expect(await call({ baseUrl: server.url, retry: 1 })).toMatchObject({ ok: true });
  return performance.now() - started;
}

describe("repetitions", () => {
  const responses = { "200": [JSON_BODY], "503": [] };

  it.each<[name: string, reactions: Reaction[], retry: number, requests: number, result: object]>([
    ["none by default", [BUSY, OK], 0, 1, { ok: false, status: 503 }],
    ["until one is well", [BUSY, BUSY, OK, BUSY], 5, 3, { ok: true, data: 1 }],
    ["so many, then the last response", [BUSY], 2, 3, { ok: false, status: 503 }],
    ["after a connection that broke", ["hangUp", OK], 1, 2, { ok: true }],
    ["after a body that broke off", ["breakOff", OK], 1, 2, { ok: true }],
    ["not after other statuses", [json(500, 1), OK], 1, 1, { ok: false, status: 500 }],
    [
      "not where it is asked to come back later",
      [{ status: 503, headers: { "Retry-After": "31" } }],
      1,
      1,
      { ok: false },
    ],
  ])("%s", async (_name, reactions, retry, requests, result) => {
    const server = await startServer(...reactions);
    const rule = { responses: { ...responses, "500": [JSON_BODY] } };
    expect(await call({ baseUrl: server.url, rule, retry })).toMatchObject(result);
    expect(server.requests).toHaveLength(requests);
  });

  it.each(["POST", "PATCH"])("none of %s", async (method) => {
    const server = await startServer(BUSY, "hangUp");
    const rule = { method, responses };
    expect(await call({ baseUrl: server.url, rule, retry: 3 })).toMatchObject({ status: 503 });
    expect(await failureOf(call({ baseUrl: server.url, rule, retry: 3 }))).toMatchObject({ kind: "network" });
    expect(server.requests).toHaveLength(2);
  });

  it("end with the reason of the last", async () => {
    const server = await startServer("hangUp");
    const error = await failureOf(call({ baseUrl: server.url, retry: 1 }));
    expect(error).toMatchObject({ kind: "network", message: "getThings: the request failed" });
    expect(error.cause).toMatchObject({ name: "TypeError", message: "fetch failed" });
    expect(server.requests).toHaveLength(2);
  });

  it("wait as long as Retry-After says, in seconds or until a date", async () => {
    const waits = await Promise.all([
      retriedAfter("1"),
      retriedAfter(new Date(Date.now() + 2500).toUTCString()),
    ]);
    for (const ms of waits) expect(Math.ceil(ms)).toBeGreaterThanOrEqual(1000);
  });

  it("send the same body and fresh credentials", async () => {
    const server = await startServer(BUSY, OK);
    const tokens = ["old", "new"];
    await call({
      baseUrl: server.url,
      rule: { method: "PUT", body: [JSON_BODY], security: [["a"]] },
      schemes: { a: { kind: "bearer" } },
      auth: { a: () => tokens.shift()! },
      args: { body: { a: 1 } },
      retry: 1,
    });
    expect(server.requests.map(({ body, headers }) => [body, headers.authorization])).toEqual([
      ['{"a":1}', "Bearer old"],
      ['{"a":1}', "Bearer new"],
    ]);
  });

  it("send a body again that has a property `next`, which is no iterator", async () => {
    const server = await startServer(BUSY, OK);
    const rule = { method: "PUT", body: [JSON_BODY] };
    const args = { body: { next: "/pages/2" } };
    expect(await call({ baseUrl: server.url, rule, args, retry: 1 })).toMatchObject({ ok: true });
    expect(server.requests.map(({ body }) => body)).toEqual(Array(2).fill('{"next":"/pages/2"}'));
  });

  it("are none of a stream, which is read once", async () => {
    const server = await startServer(BUSY, OK);
    const rule = { method: "PUT", body: [BINARY_BODY], responses };
    const args = { body: new Blob(["x"]).stream() };
    expect(await call({ baseUrl: server.url, rule, args, retry: 3 })).toMatchObject({ status: 503 });
    expect(server.requests.map(({ body }) => body)).toEqual(["x"]);
  });

  it("do not mind how a response that nobody reads ends", async () => {
    let requests = 0;
    const baseUrl = await listen((_request, response) => {
      if (requests++ > 0) return void response.end("1");
      response
        .writeHead(503, { "Content-Length": "1000", "Retry-After": "0" })
        .write("x", () => response.destroy());
    });
    const brokenFirst = { onResponse: () => wait(30) };
    expect(await call({ baseUrl, retry: 1, middleware: [brokenFirst] })).toMatchObject({ data: 1 });
  });
});
