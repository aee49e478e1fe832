import type { Middleware } from "openapi-fetch";
import { describe, expect, it } from "vitest";
import { loadInstalled } from "../support/installed.js";
import { json, startServer } from "../support/server.js";
import { subjectsOf } from "../support/subjects.js";

const subjects = subjectsOf(await loadInstalled());

describe.each(subjects)("middleware of openapi-fetch in $name", (subject) => {
  const { status, data } = subject.success;

  it("sees and changes requests in order, responses in reverse order", async () => {
    const server = await startServer(json(status, data));
    const steps: string[] = [];
    const named = (name: string): Middleware => ({
      onRequest({ request, schemaPath }) {
        steps.push(`${name} ${request.method} ${schemaPath}`);
        request.headers.append("X-Seen", name);
      },
      onResponse({ response }) {
        steps.push(`${name} ${response.status}`);
      },
    });
    const result = await subject.call({ baseUrl: server.url, middleware: [named("a"), named("b")] });
    const template = subject.path.replace(/[0-9a-f-]{36}/, "{organizationId}");
    expect(steps).toEqual([`a PUT ${template}`, `b PUT ${template}`, `b ${status}`, `a ${status}`]);
    expect(server.requests[0]?.headers["x-seen"]).toBe("a, b");
    expect(result).toMatchObject({ ok: true, status, data });
  });

  it("can put another request or response in the place of one", async () => {
    const server = await startServer(json(status, { old: true }));
    const replace: Middleware = {
      onRequest: ({ request }) => new Request(`${request.url}?replaced`, request),
      onResponse: () => Response.json(data, { status }),
    };
    const result = await subject.call({ baseUrl: server.url, middleware: [replace] });
    expect(server.requests[0]?.line).toBe(`PUT ${subject.path}?replaced HTTP/1.1`);
    expect(result).toMatchObject({ ok: true, status, data });
  });

  it("can answer in the place of the server", async () => {
    const server = await startServer("hangUp");
    const answers = [Response.json(data, { status }), Response.json(subject.failure.error, subject.failure)];
    const cache: Middleware = { onRequest: () => answers.shift() };
    const options = { baseUrl: server.url, middleware: [cache] };
    expect(await subject.call(options)).toMatchObject({ ok: true, status, data });
    expect(await subject.call(options)).toMatchObject({ ok: false, ...subject.failure });
    expect(server.requests).toEqual([]);
  });

  it("can answer for a broken connection", async () => {
    const server = await startServer("hangUp");
    const rescue: Middleware = { onError: () => Response.json(data, { status }) };
    const result = await subject.call({ baseUrl: server.url, middleware: [rescue] });
    expect(result).toMatchObject({ ok: true, status, data });
  });

  it("is told what fetch threw", async () => {
    const cause = new Error("offline");
    const seen: unknown[] = [];
    const watch: Middleware = {
      onError({ error }) {
        seen.push(error);
      },
    };
    const call = subject.call({ middleware: [watch], fetch: () => Promise.reject(cause) });
    await expect(call).rejects.toMatchObject({ kind: "network", cause });
    expect(seen).toEqual([cause]);
  });

  it("can put its own error in the place of what fetch threw", async () => {
    const own = new Error("offline, try later");
    const rename: Middleware = { onError: () => own };
    const call = subject.call({ middleware: [rename], fetch: () => Promise.reject(new Error("offline")) });
    await expect(call).rejects.toMatchObject({ kind: "network", cause: own });
  });

  it("that throws ends the call with its error", async () => {
    const server = await startServer(json(status, data));
    const reason = new Error("not signed in");
    const guard: Middleware = { onRequest: () => Promise.reject(reason) };
    await expect(subject.call({ baseUrl: server.url, middleware: [guard] })).rejects.toBe(reason);
    expect(server.requests).toEqual([]);
  });
});
