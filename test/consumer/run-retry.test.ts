import { describe, expect, it, vi } from "vitest";
import { loadInstalled } from "../support/installed.js";
import { json, startServer, type Reaction } from "../support/server.js";
import { subjectsOf } from "../support/subjects.js";

const subjects = subjectsOf(await loadInstalled());

// What hangs here has failed.
vi.setConfig({ testTimeout: 5000 });

function busy(status: number): Reaction {
  return json(status, { errorMessage: "busy", error: "busy" }, { "Retry-After": "0" });
}

describe.each(subjects)("retry of $name", (subject) => {
  const { status, data } = subject.success;
  const success = json(status, data);

  it.each([429, 502, 503, 504])("repeats the same request after %i", async (code) => {
    const server = await startServer(busy(code), busy(code), success);
    let count = 0;
    const auth = { bearerAuth: () => `token-${++count}` };
    const result = await subject.call({ baseUrl: server.url, retry: 2, auth });
    expect(result).toMatchObject({ ok: true, status, data });
    const body = subject.body === undefined ? "" : JSON.stringify(subject.body);
    expect(server.requests.map(({ line, body: sent }) => ({ line, sent }))).toEqual(
      Array.from({ length: 3 }, () => ({ line: `PUT ${subject.path} HTTP/1.1`, sent: body })),
    );
    expect(server.requests.map(({ headers }) => headers.authorization)).toEqual([
      "Bearer token-1",
      "Bearer token-2",
      "Bearer token-3",
    ]);
  });

  it.each(["hangUp", "breakOff"] as const)("repeats after a %s of the server", async (reaction) => {
    const server = await startServer(reaction, success);
    expect(await subject.call({ baseUrl: server.url, retry: 1 })).toMatchObject({ ok: true, status, data });
    expect(server.requests).toHaveLength(2);
  });

  it("gives the last answer when the attempts are used up", async () => {
    const server = await startServer(busy(503));
    const call = subject.call({ baseUrl: server.url, retry: 2 });
    await expect(call).rejects.toMatchObject({ kind: "unexpectedStatus", response: { status: 503 } });
    expect(server.requests).toHaveLength(3);
  });

  it("is off unless asked for, by the client or by the call", async () => {
    const server = await startServer(busy(503));
    await expect(subject.call({ baseUrl: server.url })).rejects.toMatchObject({ kind: "unexpectedStatus" });
    await expect(subject.call({ baseUrl: server.url, retry: 3 }, { retry: 0 })).rejects.toThrow("503");
    expect(server.requests).toHaveLength(2);
  });

  it("leaves other failures alone", async () => {
    const server = await startServer(json(subject.failure.status, subject.failure.error));
    expect(await subject.call({ baseUrl: server.url, retry: 3 })).toMatchObject({ ok: false });
    expect(server.requests).toHaveLength(1);
  });

  it("hands over a response that asks for more than half a minute", async () => {
    const server = await startServer(json(503, {}, { "Retry-After": "31" }), success);
    await expect(subject.call({ baseUrl: server.url, retry: 3 })).rejects.toThrow("503");
    expect(server.requests).toHaveLength(1);
  });

  it("waits as long as Retry-After asks", async () => {
    const server = await startServer(json(503, {}, { "Retry-After": "1" }), success);
    const started = performance.now();
    expect((await subject.call({ baseUrl: server.url, retry: 1 })).ok).toBe(true);
    expect(performance.now() - started).toBeGreaterThanOrEqual(990);
  });
});
