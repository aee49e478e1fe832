import type { RequestHandler } from "msw";
import { setupServer } from "msw/node";
import { afterAll, afterEach, beforeAll, expect, it, vi } from "vitest";
import { mock as handlerOf } from "../../generator/runtime/mocks.js";
import type { OperationRule } from "../../generator/runtime/operation.js";
import { matchPath } from "../../generator/runtime/path-template.js";
import { send } from "../../generator/runtime/send.js";
import { compileText, fileOf } from "../support/compile.js";
import { loadPackage } from "./packages.js";

const streams = await loadPackage("streams");
const headers = await loadPackage("response-headers");
const types = await loadPackage("media-types");
const latest = await loadPackage("openapi-3.2");
const bodies = await loadPackage("bodies");

const server = setupServer();
beforeAll(() => server.listen({ onUnhandledRequest: "error" }));
afterEach(() => {
  server.resetHandlers();
  vi.restoreAllMocks();
});
afterAll(() => server.close());

const options = { baseUrl: "https://mocked.example/v1" };

async function items(call: string): Promise<unknown[]> {
  const { data } = await streams.calls[call]!({}, options);
  const all: unknown[] = [];
  for await (const item of data as AsyncIterable<unknown>) all.push(item);
  return all;
}

it("a mock answers with items", async () => {
  const lines = [{ level: 1 }, { level: 2, message: "a\nb" }];
  const events = [
    { event: "a", data: lines[1] },
    { event: "b", data: lines[0] },
  ];
  server.use(
    streams.mocks["mockReadLines"]!({ status: 200, body: lines }, options),
    streams.mocks["mockReadSequence"]!({ status: 200, body: lines }, options),
    streams.mocks["mockReadJsonEvents"]!({ status: 200, body: events }, options),
    streams.mocks["mockReadUntyped"]!({ status: 200, body: [{ data: "a\nb", id: "1", retry: 2 }] }, options),
  );
  expect(await items("readLines")).toEqual(lines);
  expect(await items("readSequence")).toEqual(lines);
  expect(await items("readJsonEvents")).toEqual(events);
  expect(await items("readUntyped")).toEqual([{ data: "a\nb", id: "1", retry: 2 }]);
});

it.each<[what: string, body: Blob | Uint8Array | string | undefined, text: string, type: string]>([
  ["nothing", undefined, "", "application/octet-stream"],
  ["a text", "abc", "abc", "application/octet-stream"],
  ["bytes", new Uint8Array([97, 98]), "ab", "application/octet-stream"],
  ["a file of its own type", new Blob(["pdf"], { type: "application/pdf" }), "pdf", "application/pdf"],
])("a mock answers with a file: %s", async (_what, body, text, type) => {
  server.use(bodies.mocks["mockSendBinary"]!({ status: 200, body }, options));
  const { data } = await bodies.calls["sendBinary"]!({ body: new Blob(["x"]) }, options);
  expect([await (data as Blob).text(), (data as Blob).type]).toEqual([text, type]);
});

it("a mock of its own accord answers with a list of one fixture", async () => {
  const names = ["Lines", "Sequence", "JsonEvents", "Union"];
  server.use(...names.map((name) => streams.mocks[`mockRead${name}`]!(undefined, options)));
  const [lines, sequence, json, union] = await Promise.all(names.map((name) => items(`read${name}`)));
  expect(lines).toMatchObject([{ level: expect.any(Number) as number }]);
  expect(sequence).toEqual(lines);
  expect(json).toMatchObject([{ data: lines?.[0] }]);
  expect(union).toMatchObject([{ event: "added", data: lines?.[0] }]);
});

it("handlers answer also where the document leaves the body open, as the mock server does", async () => {
  const handlers = streams.mocks["handlers"] as unknown as (given: object) => RequestHandler[];
  server.use(...handlers(options));
  expect(await items("readUntyped")).toEqual([]);
  expect(await items("readTextLines")).toEqual([]);
});

it("handlers answer with a redirect where that is all that is meant to come", async () => {
  const found = {
    description: "",
    headers: { Location: { schema: { type: "string", format: "uri-reference" } } },
  };
  const text = JSON.stringify({
    openapi: "3.1.0",
    info: { title: "T", version: "1" },
    paths: { "/old": { get: { operationId: "goOn", responses: { "302": found, "404": found } } } },
  });
  const mocks = fileOf(await compileText(text, { name: "things", file: "document.yaml" }), "src/mocks.ts");
  expect(mocks).toContain("answer: Answers<GoOnAnswer> = { status: 302 },");
  expect(mocks).toContain("return [mockGoOn(undefined, options)];");
});

it("handlers say which operations they leave out", async () => {
  const xml = { "application/xml": { schema: { type: "object" } } };
  const document = {
    openapi: "3.1.0",
    info: { title: "Left out", version: "1" },
    servers: [{ url: "https://example.com" }],
    paths: {
      "/a": { get: { operationId: "readXml", responses: { "200": { description: "XML.", content: xml } } } },
      "/b": { get: { operationId: "ping", responses: { "204": { description: "None." } } } },
    },
  };
  const text = fileOf(await compileText(JSON.stringify(document), { file: "a.json" }), "src/mocks.ts");
  expect(text).toContain(
    "Without {@link mockReadXml}, for whose success there is no fixture: give an answer.",
  );
  expect(text).toContain("return [mockPing(undefined, options)];");
});

type Headers = Readonly<Record<string, Readonly<Record<"minimal" | "full", object>>>>;
const fixtures = (headers.fixtures["listThingsFixtures"] as { readonly headers: Headers }).headers;

/** The headers that a client reads from the answer of a mock. */
async function headersOf(answer: object | undefined): Promise<object> {
  server.use(headers.mocks["mockListThings"]!(answer, options));
  const { headers: read } = await headers.calls["listThings"]!({}, options);
  return Object.fromEntries(Object.entries(read as object).filter(([, value]) => value !== undefined));
}

it("a mock answers with the fixtures of the headers, as many as those of its body", async () => {
  expect(Object.keys(fixtures["200"]!.full)).toContain("X-Next");
  expect(await headersOf(undefined)).toEqual(fixtures["200"]!.full);
  expect(await headersOf({ status: 200, body: [] })).toEqual(fixtures["200"]!.full);
  expect(await headersOf({ fixture: "minimal" })).toEqual(fixtures["200"]!.minimal);
  expect(await headersOf({ status: 429 })).toEqual(fixtures["429"]!.full);
  expect(await headersOf({ status: 429, headers: { "Retry-After": undefined } })).toEqual({});
});

it("a mock answers with the headers that it is given, which are read again", async () => {
  const sent = {
    "X-Rate-Limit": 9,
    "X-Done": false,
    "X-Tags": ["a", "b"],
    "X-Color": { R: 1 },
    "X-Json": { a: 1 },
    "X-Plan": undefined,
  };
  server.use(headers.mocks["mockListThings"]!({ status: 200, body: [], headers: sent }, options));
  const result = await headers.calls["listThings"]!({}, options);
  expect({ ...(result["headers"] as object) }).toEqual({
    ...fixtures["200"]!.full,
    ...sent,
    "X-Nested": undefined,
  });
});

it("a mock answers with another media type", async () => {
  const mock = types.mocks["mockPutItem"]!;
  server.use(mock({ status: 200, contentType: "text/csv", body: "a,b" }, options));
  expect(await types.calls["putItem"]!({ id: "1", body: {} }, options)).toMatchObject({ data: "a,b" });
  server.use(mock({ status: 200, contentType: "application/hal+json", body: ["a"] }, options));
  expect(await types.calls["putItem"]!({ id: "1", body: {} }, options)).toMatchObject({ data: ["a"] });
});

it("a mock answers with a text of any type", async () => {
  server.use(types.mocks["mockReadText"]!(undefined, options));
  const { data, response } = await types.calls["readText"]!({}, options);
  expect(data).toEqual(expect.stringMatching(/../));
  expect((response as Response).headers.get("Content-Type")).toBe("text/plain");
});

it("handlers answer requests of any method, each its own", async () => {
  const handlers = latest.mocks["handlers"] as unknown as (given: object) => RequestHandler[];
  server.use(...handlers(options));
  const { search, copy } = latest.calls;
  expect(await search!({ body: { text: "a" } }, options)).toMatchObject({ data: [expect.any(String)] });
  expect(await copy!({}, options)).toMatchObject({ status: 204 });
  vi.spyOn(console, "error").mockReturnValue();
  await expect(fetch(`${options.baseUrl}/search`, { method: "DELETE" })).rejects.toThrow();
});

it.each([
  ["no server", "/", "https://a.example:8080", true],
  ["a relative server", "/v1", "https://a.example/v1/", true],
  ["one that is relative to its document", "v1", "https://a.example/v1", true],
  ["a relative server", "/v1", "https://a.example/v2", false],
  ["a relative server", "/v1", "https://a.example/x/v1", false],
  ["no server", "/", "https://a.example/v1", false],
  ["an absolute server", "https://a.example/v1", "https://b.example/v1", false],
  ["a variable without a default", "https://A.example/{version}/x", "https://a.example/v1/x", true],
])("a mock of a document with %s (%s) takes what is sent to %s: %s", async (_what, base, client, isTaken) => {
  const watched = { baseUrl: base, validateRequests: true, onInvalid: "respond" };
  server.use(streams.mocks["mockReadLines"]!(undefined, watched));
  // What nobody takes, MSW says aloud.
  vi.spyOn(console, "error").mockReturnValue();
  const called = streams.calls["readLines"]!({}, { baseUrl: client });
  const isOk = called.then(
    ({ ok }) => ok,
    () => false,
  );
  expect(await isOk).toBe(isTaken);
});

it.each([
  "https://api.example:443/v1",
  "http://api.example:80/v1/",
  "https://API.example/v1",
  "https://api.example/a/../v1",
  "https://api.example/a/./%2e%2E/v1",
  "https://bücher.example/v1",
  "https://api.example/bücher/v 1",
  "https://api.example:8443",
])("a mock of a document with the server %s takes what its client sends", async (baseUrl) => {
  server.use(streams.mocks["mockReadLines"]!(undefined, { baseUrl, validateRequests: true }));
  expect(await streams.calls["readLines"]!({}, { baseUrl })).toMatchObject({ ok: true });
});

it.each([
  "/a b/{id}",
  "/ünï/c.{id}",
  "/größe/{id}/😀",
  "/a%20b/{id}",
  "/%C3%BC/{id} x%25",
  "/a|b/[c]|{id}",
  '/"a"/<b>/^c`/{id}',
  "/$a(b)*+/'{id}'",
])("a mock takes what a client sends to %s, and so does a mock server", async (path) => {
  const id = { name: "id", argument: "id", in: "path", style: "simple", explode: false } as const;
  const responses = { "204": [] };
  const operation: OperationRule = {
    id: "a",
    method: "GET",
    path,
    parameters: [id],
    body: [],
    responses,
    security: [],
  };
  const { baseUrl } = options;
  server.use(
    handlerOf({ operation, baseUrl, validators: { rules: () => operation } as never }, { status: 204 }, {}),
  );
  let sent = "";
  const noting = (request: Request) => {
    sent = new URL(request.url).pathname;
    return fetch(request);
  };
  const { status } = await send(
    { baseUrl, securitySchemes: {} },
    operation,
    { id: "é/1" },
    { fetch: noting },
  );
  expect(status).toBe(204);
  expect(matchPath(path, sent.slice("/v1".length))).toEqual({ id: "%C3%A9%2F1" });
});
