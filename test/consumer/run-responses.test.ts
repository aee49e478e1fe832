import { describe, expect, it } from "vitest";
import { loadInstalled } from "../support/installed.js";
import { json, startServer } from "../support/server.js";
import { codesOf, subjectsOf } from "../support/subjects.js";

const subjects = subjectsOf(await loadInstalled());

describe.each(subjects)("$name answered over a socket", (subject) => {
  const statuses = Object.entries(subject.responses).flatMap(([key, fixtures]) =>
    codesOf(key).map((status) => ({ status, fixtures })),
  );

  it.each(statuses)(
    "$status becomes a result with the body, for every fixture",
    async ({ status, fixtures }) => {
      const server = await startServer(...Object.values(fixtures).map((fixture) => json(status, fixture)));
      for (const fixture of Object.values(fixtures)) {
        const { response, ...rest } = await subject.call({ baseUrl: server.url });
        const ok = status < 300;
        expect(rest).toStrictEqual(ok ? { ok, status, data: fixture } : { ok, status, error: fixture });
        expect(response.status).toBe(status);
      }
      expect(server.requests).toHaveLength(Object.keys(fixtures).length);
    },
  );

  it("keeps the response's headers", async () => {
    const { status, data } = subject.success;
    const server = await startServer(json(status, data, { "X-Request-Id": "req_1" }));
    const { response } = await subject.call({ baseUrl: server.url });
    expect(response.headers.get("X-Request-Id")).toBe("req_1");
    expect(response.bodyUsed).toBe(true);
  });

  it("reads JSON whatever the media type is said to be, and however it is chunked", async () => {
    const { status, data } = subject.success;
    const body = JSON.stringify(data);
    for (const type of ["application/json; charset=utf-8", "APPLICATION/JSON", "application/problem+json"]) {
      const server = await startServer({ status, headers: { "Content-Type": type }, body });
      expect(await subject.call({ baseUrl: server.url })).toMatchObject({ ok: true, status, data });
    }
    const chunked = await startServer({ status, headers: { "Transfer-Encoding": "chunked" }, body });
    expect(await subject.call({ baseUrl: chunked.url })).toMatchObject({ ok: true, status, data });
  });

  it("unwrap gives the data of a success", async () => {
    const { status, data } = subject.success;
    const server = await startServer(json(status, data));
    expect(await subject.unwrap(subject.call({ baseUrl: server.url }))).toStrictEqual(data);
    expect(await subject.unwrap(await subject.call({ baseUrl: server.url }))).toStrictEqual(data);
  });

  it("unwrap throws the failures that the document describes", async () => {
    const { status, error } = subject.failure;
    const server = await startServer(json(status, error));
    const thrown: unknown = await subject.unwrap(subject.call({ baseUrl: server.url })).catch((each) => each);
    expect(thrown).toBeInstanceOf(subject.errors.ApiError);
    expect(thrown).toMatchObject({ name: "ApiError", status, error, response: { status } });
    expect(String(thrown)).toContain(String(status));
  });
});
