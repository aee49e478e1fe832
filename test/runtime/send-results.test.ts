import type { Middleware } from "openapi-fetch";
import { describe, expect, it } from "vitest";
import { operationValidators } from "../../generator/runtime/contract.js";
import { ApiError } from "../../generator/runtime/errors.js";
import type { OperationRule } from "../../generator/runtime/operation.js";
import { jsonLinesReader } from "../../generator/runtime/json-lines.js";
import * as v from "../../generator/runtime/schema.js";
import type { ItemStream } from "../../generator/runtime/stream.js";
import { unwrap } from "../../generator/runtime/unwrap.js";
import { json, startServer, type Reaction } from "../support/server.js";
import { call, failureOf, JSON_BODY, listen, parameter, TEXT_BODY } from "./rules.js";

async function answered(reaction: Reaction, options: Parameters<typeof call>[0] = {}) {
  return call({ baseUrl: (await startServer(reaction)).url, ...options });
}

function text(status: number): Reaction {
  return { status, headers: { "Content-Type": "text/plain" }, body: "1" };
}

describe("the response that a status has", () => {
  const DOCUMENTED = { "200": [JSON_BODY], "404": [TEXT_BODY], "4XX": [JSON_BODY], default: [TEXT_BODY] };

  it.each([
    [200, { ok: true, status: 200, data: 1 }],
    [404, { ok: false, status: 404, error: "1" }],
    [400, { ok: false, status: 400, error: 1 }],
    [500, { ok: false, status: 500, error: "1" }],
  ])("%i: a code before its range, a range before the default", async (status, result) => {
    expect(await answered(text(status), { rule: { responses: DOCUMENTED } })).toMatchObject(result);
  });

  it.each([
    ["201 beside another success", 201, DOCUMENTED],
    ["202 beside a range of failures", 202, { "200": [], "4XX": [] }],
    ["404 beside no failure", 404, { "200": [] }],
  ])("is none for %s", async (_name, status, responses) => {
    const error = await failureOf(answered(text(status), { rule: { responses } }));
    expect(error).toMatchObject({
      kind: "unexpectedStatus",
      operationId: "getThings",
      message: `getThings: the document describes no response of status ${status}`,
      body: "1",
    });
    expect(error.response?.status).toBe(status);
  });

  it("is the default also for a success, where no other is documented", async () => {
    expect(await answered(text(201), { rule: { responses: { default: [JSON_BODY] } } })).toMatchObject({
      data: 1,
    });
  });
});

describe("the body of a response", () => {
  const html: Reaction = { status: 200, headers: { "Content-Type": "text/html" }, body: "<p>" };
  const both = { rule: { responses: { "200": [JSON_BODY, TEXT_BODY] } } };

  it.each<[name: string, reaction: Reaction, options: Parameters<typeof call>[0], data: unknown]>([
    ["JSON", json(200, { a: 1 }), {}, { a: 1 }],
    ["JSON of any name", json(200, 1, { "Content-Type": "Application/JSON; charset=utf-8" }), both, 1],
    ["JSON without a name", { status: 200, body: "[1]" }, {}, [1]],
    ["text", json(200, 1, { "Content-Type": "TEXT/plain;charset=utf-8" }), both, "1"],
    ["text of an undocumented type", html, { rule: { responses: { "200": [TEXT_BODY] } } }, "<p>"],
    ["empty text", { status: 200 }, { rule: { responses: { "200": [TEXT_BODY] } } }, ""],
    ["none", { status: 204 }, { rule: { responses: { "204": [] } } }, undefined],
    ["none that is wanted", json(200, 1), { rule: { responses: { "200": [] } } }, undefined],
    ["none of HEAD", json(200, 1), { rule: { method: "HEAD" } }, undefined],
  ])("is read as documented: %s", async (_name, reaction, options, data) => {
    const result = await answered(reaction, options);
    expect(result).toMatchObject({ ok: true, data });
    expect(result.response).toBeInstanceOf(Response);
  });

  it.each([
    ["text/plain; charset=ISO-8859-1", [0x63, 0x61, 0x66, 0xe9], "café"],
    ['text/plain;charset="windows-1251"', [0xcc, 0xe8, 0xf0], "Мир"],
    ["text/plain; charset=utf-16le", [0x61, 0, 0xe9, 0], "aé"],
    ["text/plain; charset=unheard-of", [0x61, 0xc3, 0xa9], "aé"],
    ["text/plain", [0xef, 0xbb, 0xbf, 0xc3, 0xa9], "é"],
  ])("is decoded as its type says: %s", async (type, bytes, data) => {
    const baseUrl = await listen((_request, response) => {
      response.writeHead(200, { "Content-Type": type }).end(Buffer.from(bytes));
    });
    const result = await call({ baseUrl, rule: { responses: { "200": [TEXT_BODY] } } });
    expect(result).toMatchObject({ ok: true, data });
  });

  it.each([
    ["an empty body", { status: 200 }, "", ": it is empty"],
    ["another type", html, "<p>", ": it is text/html"],
    ["half a document", { status: 200, body: '{"a":' }, '{"a":', ""],
  ])("is unreadable where JSON is due: %s", async (_name, reaction, body, why) => {
    const responses = { "200": [JSON_BODY] };
    const error = await failureOf(answered(reaction, { rule: { responses } }));
    expect(error).toMatchObject({ kind: "unreadableBody", body, cause: expect.any(SyntaxError) as unknown });
    expect(error.message).toBe(`getThings: the body of status ${reaction.status} is not JSON${why}`);
    expect(error.response?.status).toBe(reaction.status);
  });

  it.each([
    [204, "2XX", { ok: true, data: undefined }],
    [205, "2XX", { ok: true, data: undefined }],
    [204, "default", { ok: true, data: undefined }],
    [304, "default", { ok: false, error: undefined }],
    [304, "3XX", { ok: false, error: undefined }],
  ])("is undefined for %i under %s: no such status has one", async (status, key, result) => {
    const check = v.object({ properties: { a: v.string() } });
    const responses = { [key]: [{ ...JSON_BODY, check }] };
    const validators = {
      getThings: operationValidators(() => ({ id: "getThings", parameters: {}, body: [], responses })),
    };
    const found = await answered({ status }, { rule: { responses: { [key]: [JSON_BODY] } }, validators });
    expect(found).toMatchObject({ status, ...result });
  });

  it("of a failure that the document gives none is kept as text", async () => {
    const rule = { responses: { "404": [] } };
    const failure = await answered({ status: 404, body: "no such tenant" }, { rule });
    expect(failure).toMatchObject({ ok: false, status: 404, error: undefined, body: "no such tenant" });
    await expect(unwrap(failure)).rejects.toMatchObject({ error: undefined, body: "no such tenant" });
    expect(await answered({ status: 404 }, { rule })).not.toHaveProperty("body");
    const long = await answered({ status: 404, body: "no such tenant" }, { rule, maxResponseBytes: 5 });
    expect(long).toMatchObject({ ok: false, status: 404, error: undefined });
    expect(long).not.toHaveProperty("body");
    const described = { responses: { "404": [JSON_BODY] } };
    expect(await answered(json(404, 1), { rule: described })).not.toHaveProperty("body");
  });

  it("of a failure is no longer kept where a middleware has read it", async () => {
    const reads: Middleware = { onResponse: async ({ response }) => void (await response.text()) };
    const rule = { responses: { "404": [] } };
    const failure = await answered(json(404, 1), { rule, middleware: [reads] });
    expect(failure).toMatchObject({ status: 404, error: undefined });
    expect(failure).not.toHaveProperty("body");
  });

  it("is what unwrap gives or throws", async () => {
    expect(await unwrap(answered(json(200, "data")))).toBe("data");
    const failure = unwrap(answered(json(404, "error"), { rule: { responses: { "404": [JSON_BODY] } } }));
    const error = await failure.catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(ApiError);
    expect(error).toMatchObject({
      name: "ApiError",
      message: "getThings: 404 Not Found",
      status: 404,
      error: "error",
    });
    expect(error).toMatchObject({ operationId: "getThings", headers: undefined });
  });

  it("is thrown with the headers that the document describes", async () => {
    const headers = { rules: { "404": {} }, read: () => ({ "Retry-After": 20 }) };
    const failure = unwrap(answered(json(404, 1), { rule: { responses: { "404": [JSON_BODY] }, headers } }));
    await expect(failure).rejects.toMatchObject({ headers: { "Retry-After": 20 } });
  });

  it("is thrown of what is no response of a call, too", async () => {
    const response = new Response(null, { status: 404 });
    const failure = unwrap(Promise.resolve({ ok: false, status: 404, error: 1, response } as const));
    await expect(failure).rejects.toMatchObject({ message: "404", operationId: undefined });
  });
});

/** Writes itself down, and adds its name to the request and the answer. */
function named(name: string, steps: string[]): Middleware {
  return {
    onRequest({ request }) {
      steps.push(`${name} asks`);
      request.headers.append("X-Order", name);
    },
    async onResponse({ response }) {
      steps.push(`${name} answers`);
      return new Response(`"${(await response.text()).replaceAll('"', "")} ${name}"`, response);
    },
  };
}

function failing(): Promise<Response> {
  return Promise.reject(new TypeError("no route"));
}

async function fetchOfAnother(): Promise<Response> {
  return (await call({ fetch: failing })).response;
}

const readAs = (as: "binary" | "text") => ({ responses: { "200": [{ ...TEXT_BODY, as }] } });

/** A response whose body is no stream of the platform: React Native has none, node-fetch one of its own. */
function unstreamed(content: string, body: unknown, status = 200): Response {
  const response = new Response(content, { status, headers: { "Content-Type": "application/json" } });
  return Object.defineProperty(response, "body", { value: body });
}

describe.each([
  ["no stream", undefined],
  ["a stream of its own", { destroy: () => undefined }],
])("a platform with %s", (_name, body) => {
  const at = (content: string, options: Parameters<typeof call>[0] = {}) =>
    call({ baseUrl: "http://a.invalid", fetch: async () => unstreamed(content, body), ...options });

  it("gives each body as a whole", async () => {
    expect(await at('{"a":1}')).toMatchObject({ data: { a: 1 } });
    expect(await at("a", { rule: readAs("text") })).toMatchObject({ data: "a" });
    const file = (await at("a", { rule: readAs("binary") })) as { data: Blob };
    expect(await file.data.text()).toBe("a");
    const none = { responses: { "200": [] } };
    expect(await at("a", { rule: none })).toMatchObject({ ok: true, data: undefined });
  });

  it("keeps to the greatest length, and repeats calls", async () => {
    for (const kind of ["binary", "text"] as const) {
      const calling = at("abc", { rule: readAs(kind), maxResponseBytes: 2 });
      expect(await failureOf(calling)).toMatchObject({ kind: "tooLarge" });
    }
    const responses = [unstreamed("1", body, 503), unstreamed("2", body)];
    const fetch = async () => responses.shift()!;
    expect(await at("", { fetch, retry: 1 })).toMatchObject({ data: 2 });
  });

  it("gives the items of a stream when all have come", async () => {
    const rule = {
      responses: { "200": [{ mediaType: "application/x-ndjson", as: "jsonLines", read: jsonLinesReader }] },
    } as const;
    const { data } = (await at("1\n2\n", { rule })) as unknown as { data: ItemStream<unknown> };
    const items: unknown[] = [];
    for await (const item of data) items.push(item);
    expect(items).toEqual([1, 2]);
    const other = (await at("1\n2\n", { rule })) as unknown as { data: ItemStream<unknown> };
    await other.data.cancel();
  });
});

describe("middleware", () => {
  it("asks in order, answers in reverse, and what it answers is read", async () => {
    const steps: string[] = [];
    const server = await startServer(json(200, "server"));
    const result = await call({ baseUrl: server.url, middleware: [named("a", steps), named("b", steps)] });
    expect(result).toMatchObject({ data: "server b a" });
    expect(steps).toEqual(["a asks", "b asks", "b answers", "a answers"]);
    expect(server.requests[0]?.headers["x-order"]).toBe("a, b");
  });

  it("may answer in place of the server", async () => {
    const server = await startServer(json(200, "server"));
    for (const [status, key] of [
      [200, "data"],
      [404, "error"],
    ] as const) {
      const middleware = [{ onRequest: () => new Response('"cached"', { status }) }];
      const rule = { responses: { "200": [JSON_BODY], "404": [JSON_BODY] } };
      expect(await call({ baseUrl: server.url, middleware, rule })).toMatchObject({ [key]: "cached" });
    }
    expect(server.requests).toEqual([]);
  });

  it("that has read the body is told so, and the call is not repeated", async () => {
    const reads: Middleware = { onResponse: async ({ response }) => void (await response.text()) };
    const server = await startServer(json(200, "server"));
    for (const as of ["json", "binary"] as const) {
      const rule = { responses: { "200": [{ ...JSON_BODY, as }] } };
      const calling = call({ baseUrl: server.url, middleware: [reads], retry: 2, rule });
      await expect(calling).rejects.toThrow(
        new TypeError("getThings: the body was read before: a middleware reads that of response.clone()"),
      );
    }
    expect(server.requests).toHaveLength(2);
  });

  it("is told the parameters by their places, and no body", async () => {
    const told: unknown[] = [];
    const tells: Middleware = { onRequest: ({ params }) => void told.push(params) };
    const server = await startServer(json(200, 1));
    const rule: Partial<OperationRule> = {
      method: "POST",
      path: "/things/{id}",
      parameters: [
        parameter("id", "path"),
        { ...parameter("page[size]", "query"), argument: "pageSize" },
        parameter("q", "query"),
        parameter("X-Id", "header"),
        parameter("sid", "cookie"),
      ],
      body: [JSON_BODY],
    };
    const args = { id: 1, pageSize: 2, "X-Id": "h", sid: "c", body: { password: "p" } };
    await call({ baseUrl: server.url, middleware: [tells], rule, args });
    expect(told).toEqual([{ path: { id: 1 }, query: { "page[size]": 2 }, cookie: { sid: "c" } }]);
    expect(server.requests[0]).toMatchObject({ line: "POST /things/1?page%5Bsize%5D=2 HTTP/1.1" });
    expect(server.requests[0]?.headers["x-id"]).toBe("h");
  });

  it("may keep a clone of a body that nobody reads", async () => {
    const clones: Response[] = [];
    const keeps: Middleware = { onResponse: ({ response }) => void clones.push(response.clone()) };
    const answers = [json(503, "busy", { "Retry-After": "0" }), json(200, "it")];
    const server = await startServer(...answers);
    const options = { baseUrl: server.url, middleware: [keeps] };
    expect(await call({ ...options, retry: 1 })).toMatchObject({ data: "it" });
    expect(await call({ ...options, rule: { responses: { "200": [] } } })).toMatchObject({ data: undefined });
    expect(clones).toHaveLength(3);
  });

  it("may be a class", async () => {
    class Tracer {
      #count = 0;
      onRequest({ request }: { request: Request }) {
        request.headers.set("X-Count", String(++this.#count));
      }
    }
    const server = await startServer(json(200, 1));
    await call({ baseUrl: server.url, middleware: [new Tracer()] });
    expect(server.requests[0]?.headers["x-count"]).toBe("1");
  });

  it("sees what fetch threw, and may answer for it or give another reason", async () => {
    const seen: unknown[] = [];
    const watch: Middleware = { onError: ({ error }) => void seen.push(error) };
    const failed = await failureOf(call({ fetch: failing, middleware: [watch] }));
    expect(seen).toEqual([new TypeError("no route")]);
    expect(failed).toMatchObject({ kind: "network", cause: seen[0] });

    const answers: Middleware = { onError: () => new Response('"spare"') };
    expect(await call({ fetch: failing, middleware: [answers] })).toMatchObject({ data: "spare" });
    const explains: Middleware = { onError: () => new Error("reason") };
    const explained = await failureOf(call({ fetch: failing, middleware: [explains] }));
    expect(explained).toMatchObject({ kind: "network", cause: new Error("reason") });
  });

  it("is not needed where fetch is another client's, whose error is the cause", async () => {
    const failed = await failureOf(call({ fetch: fetchOfAnother, rule: { id: "getOthers" } }));
    expect(failed).toMatchObject({ kind: "network", operationId: "getOthers" });
    expect(failed.cause).toMatchObject({ kind: "network", operationId: "getThings" });
  });

  it("passes its own error on, and is not repeated for it", async () => {
    const server = await startServer(json(200, 1));
    const reason = new RangeError("mine");
    const throws: Middleware = {
      onRequest: () => {
        throw reason;
      },
    };
    await expect(call({ baseUrl: server.url, middleware: [throws], retry: 3 })).rejects.toBe(reason);
    expect(server.requests).toEqual([]);
  });

  it("may have read a body that nobody else wants", async () => {
    const reads: Middleware = { onResponse: async ({ response }) => void (await response.text()) };
    const rule = { responses: { "200": [] } };
    expect(await answered(json(200, 1), { rule, middleware: [reads] })).toMatchObject({ ok: true });
  });
});
