import { describe, expect, it, vi } from "vitest";
import { loadInstalled } from "../support/installed.js";
import { json, startServer } from "../support/server.js";
import { subjectsOf, type Subject } from "../support/subjects.js";

const subjects = subjectsOf(await loadInstalled());

// What hangs here has failed.
vi.setConfig({ testTimeout: 5000 });

/** What a call was rejected with. */
async function rejectionOf(call: Promise<unknown>): Promise<unknown> {
  return call.then(
    (value) => expect.fail(`resolved with ${JSON.stringify(value)}`),
    (reason: unknown) => reason,
  );
}

async function requestErrorOf(subject: Subject, call: Promise<unknown>) {
  const error = await rejectionOf(call);
  if (!(error instanceof subject.errors.RequestError)) throw new Error("no RequestError", { cause: error });
  expect(error).toMatchObject({ name: "RequestError", operationId: subject.operationId });
  expect(error.message).toContain(subject.operationId);
  return error;
}

describe.each(subjects)("a response that $name's document does not describe", (subject) => {
  it.each([202, 204, 302, 418 + 100, 503])(
    "of status %i is an unexpectedStatus with its text",
    async (status) => {
      const body = status === 204 ? "" : "<html>later</html>";
      const server = await startServer({ status, headers: { "X-Request-Id": "req_1" }, body });
      const error = await requestErrorOf(subject, subject.call({ baseUrl: server.url }));
      expect(error).toMatchObject({ kind: "unexpectedStatus", body, response: { status } });
      expect(error.response?.headers.get("X-Request-Id")).toBe("req_1");
      expect(error.message).toContain(String(status));
    },
  );

  it.each([
    ["success", '{"half":'],
    ["success", ""],
    ["failure", "<html>Bad Gateway</html>"],
  ] as const)("of a %s whose body is %j is an unreadableBody with that text", async (outcome, body) => {
    const { status } = subject[outcome];
    const server = await startServer({ status, headers: { "Content-Type": "application/json" }, body });
    const error = await requestErrorOf(subject, subject.call({ baseUrl: server.url }));
    expect(error).toMatchObject({ kind: "unreadableBody", body, response: { status } });
    expect(error.cause).toBeInstanceOf(SyntaxError);
  });
});

describe.each(subjects)("time and $name", (subject) => {
  it.each(["silence", "stall"] as const)("%s of the server is a timeout", async (reaction) => {
    const server = await startServer(reaction);
    const started = performance.now();
    const error = await requestErrorOf(subject, subject.call({ baseUrl: server.url, timeout: 80 }));
    expect(error.kind).toBe("timeout");
    expect(error.message).toContain("80 ms");
    expect(performance.now() - started).toBeLessThan(2000);
    expect(server.requests).toHaveLength(1);
  });

  it("a timeout of the call comes before that of the client", async () => {
    const server = await startServer("silence");
    const call = subject.call({ baseUrl: server.url, timeout: 60_000 }, { timeout: 50 });
    expect((await requestErrorOf(subject, call)).kind).toBe("timeout");
  });

  it("a timeout ends the wait for a credential", async () => {
    const server = await startServer("silence");
    const auth = { bearerAuth: () => new Promise<string>(() => undefined) };
    const error = await requestErrorOf(subject, subject.call({ baseUrl: server.url, auth, timeout: 50 }));
    expect(error).toMatchObject({ kind: "timeout", cause: { name: "TimeoutError" } });
    expect(server.requests).toEqual([]);
  });

  it("a timeout ends the wait for another attempt", async () => {
    const server = await startServer({ status: 503, headers: { "Retry-After": "20" } });
    const call = subject.call({ baseUrl: server.url, timeout: 100, retry: 3 });
    expect((await requestErrorOf(subject, call)).kind).toBe("timeout");
    expect(server.requests).toHaveLength(1);
  });

  it("an answer in time is no timeout, and leaves no timer that throws", async () => {
    const server = await startServer(json(subject.success.status, subject.success.data));
    const result = await subject.call({ baseUrl: server.url, timeout: 500 });
    expect(result.ok).toBe(true);
  });
});

describe.each(subjects)("abort of $name", (subject) => {
  const reason = new Error("the user left");

  it("before the call sends nothing", async () => {
    const server = await startServer("silence");
    const call = subject.call({ baseUrl: server.url, signal: AbortSignal.abort(reason) });
    expect(await requestErrorOf(subject, call)).toMatchObject({ kind: "aborted", cause: reason });
    expect(server.requests).toEqual([]);
  });

  it.each(["silence", "stall"] as const)("during the %s of the server", async (reaction) => {
    const server = await startServer(reaction);
    const controller = new AbortController();
    setTimeout(() => controller.abort(reason), 50);
    const call = subject.call({ baseUrl: server.url, timeout: 60_000 }, { signal: controller.signal });
    expect(await requestErrorOf(subject, call)).toMatchObject({ kind: "aborted", cause: reason });
  });

  it("during the wait for another attempt", async () => {
    const server = await startServer({ status: 503, headers: { "Retry-After": "20" } });
    const signal = AbortSignal.timeout(100);
    const error = await requestErrorOf(subject, subject.call({ baseUrl: server.url, signal, retry: 3 }));
    expect(error).toMatchObject({ kind: "aborted", cause: signal.reason as unknown });
    expect(server.requests).toHaveLength(1);
  });
});

describe.each(subjects)("a broken connection of $name", (subject) => {
  it("to a server that is gone", async () => {
    const server = await startServer("silence");
    await server.close();
    const error = await requestErrorOf(subject, subject.call({ baseUrl: server.url }));
    expect(error).toMatchObject({ kind: "network", response: undefined, body: undefined });
    expect(error.cause).toMatchObject({ message: "fetch failed", cause: { code: "ECONNREFUSED" } });
  });

  it.each(["hangUp", "breakOff"] as const)("by a server's %s", async (reaction) => {
    const server = await startServer(reaction);
    const error = await requestErrorOf(subject, subject.call({ baseUrl: server.url }));
    expect(error.kind).toBe("network");
    expect(error.cause).toBeInstanceOf(TypeError);
  });

  it("in a fetch of one's own has what it threw for its cause", async () => {
    const cause = new Error("offline");
    const error = await requestErrorOf(subject, subject.call({ fetch: () => Promise.reject(cause) }));
    expect(error).toMatchObject({ kind: "network", cause });
  });
});
