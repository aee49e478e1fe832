import { once } from "node:events";
import { createServer, type AddressInfo } from "node:net";
import { describe, expect, it, onTestFinished } from "vitest";
import { mergeOptions } from "../../generator/runtime/options.js";
import { json, startServer } from "../support/server.js";
import { BINARY_BODY, call, callAt, JSON_BODY, listen, parameter, TEXT_BODY } from "./rules.js";

const OK = json(200, {});

/** What arrives of a call that is answered with 200. */
async function received(options: Parameters<typeof call>[0]) {
  const server = await startServer(OK);
  await call({ baseUrl: server.url, ...options });
  expect(server.requests).toHaveLength(1);
  return server.requests[0]!;
}

describe("the address", () => {
  it("is the base and the filled path, whatever the base ends with", async () => {
    const server = await startServer(OK);
    const rule = { path: "/a/{id}", parameters: [parameter("id", "path")] };
    await call({ baseUrl: server.url, rule, args: { id: "x/y" } });
    await call({ baseUrl: `${server.url}/`, rule, args: { id: "é" } });
    await call({ baseUrl: `${server.url}/v1/`, rule, args: { id: "{id}" } });
    expect(server.requests.map(({ line }) => line)).toEqual([
      "GET /a/x%2Fy HTTP/1.1",
      "GET /a/%C3%A9 HTTP/1.1",
      "GET /v1/a/%7Bid%7D HTTP/1.1",
    ]);
  });

  it("has the query, a key of the query last, and no question mark without", async () => {
    const rule = {
      parameters: [parameter("tags", "query"), parameter("page", "query"), parameter("left", "query")],
      security: [["key"]],
    };
    const schemes = { key: { kind: "apiKey", in: "query", name: "api key" } } as const;
    const args = { tags: ["a", "b&c"], page: 2 };
    const { line } = await received({ rule, schemes, args, auth: { key: "s=cret" } });
    expect(line).toBe("GET /things?tags=a&tags=b%26c&page=2&api%20key=s%3Dcret HTTP/1.1");
    expect((await received({ rule })).line).toBe("GET /things HTTP/1.1");
  });

  it("has what the operation always has in its query, before what a call gives", async () => {
    const rule = { query: ["action=list", "all"], parameters: [parameter("page", "query")] };
    expect((await received({ rule, args: { page: 2 } })).line).toBe(
      "GET /things?action=list&all&page=2 HTTP/1.1",
    );
    expect((await received({ rule })).line).toBe("GET /things?action=list&all HTTP/1.1");
  });

  it("has no argument that is only inherited", async () => {
    const rule = { parameters: [parameter("constructor", "query"), parameter("toString", "header")] };
    const { line, headers } = await received({ rule });
    expect([line, headers["tostring"]]).toEqual(["GET /things HTTP/1.1", undefined]);
  });

  it("is the operation's own by default, or the document's", async () => {
    const urls: string[] = [];
    const fetch = async ({ url }: Request) => (urls.push(url), new Response("{}"));
    const rule = { baseUrl: "http://files.invalid/v1/" };
    await call({ fetch });
    await call({ fetch, rule });
    await call({ fetch, rule, baseUrl: "http://given.invalid" });
    expect(urls).toEqual([
      "http://unused.invalid/things",
      "http://files.invalid/v1/things",
      "http://given.invalid/things",
    ]);
  });
});

it.each<[api: string, operation: string, given: string | undefined, sent: string]>([
  ["http://a.invalid/v1", "/v2", undefined, "http://a.invalid/v2/things"],
  ["http://a.invalid/v1/", "v2/", undefined, "http://a.invalid/v1/v2/things"],
  ["http://a.invalid/v1", "//b.invalid", undefined, "http://b.invalid/things"],
  ["/v1", "/v2", "http://given.invalid/v1", "http://given.invalid/v2/things"],
  ["/v1", "/", "http://given.invalid/v1", "http://given.invalid/things"],
])("below %s, an operation at %s is called where %s says: %s", async (api, operation, given, sent) => {
  const urls: string[] = [];
  const fetch = ({ url }: Request) => (urls.push(url), Promise.resolve(new Response("{}")));
  await callAt(api, { fetch, rule: { baseUrl: operation }, baseUrl: given });
  expect(urls).toEqual([sent]);
});

describe("an address that no request can be sent to", () => {
  it.each([
    ["of the document", { baseUrl: "/v1" }, {}],
    ["of the operation", { baseUrl: "/" }, { rule: { baseUrl: "/v1" } }],
    ["of the client", { baseUrl: "http://unused.invalid" }, { baseUrl: "/v1" }],
  ])(
    "%s is refused with the option's name, before a credential is asked for",
    async (_what, api, options) => {
      const asked: string[] = [];
      const auth = { key: () => (asked.push("key"), "secret") };
      const rule = { security: [["key"]], ...("rule" in options ? options.rule : {}) };
      const calling = callAt(api.baseUrl, {
        schemes: { key: { kind: "bearer" } },
        auth,
        retry: 2,
        ...options,
        rule,
      });
      await expect(calling).rejects.toThrow(
        new TypeError(
          'getThings: "/v1" is no address that a request can be sent to: give the client a baseUrl',
        ),
      );
      expect(asked).toEqual([]);
    },
  );
});

it.each(["?x=1", "#f", "?", "/v1?x=1"])(
  "an address that ends with %s is refused with the option's name",
  async (end) => {
    const server = await startServer(OK);
    const baseUrl = `${server.url}${end}`;
    const fault = `getThings: "${baseUrl}" is no address that a request can be sent to: give the client a baseUrl`;
    await expect(call({ baseUrl })).rejects.toThrow(new TypeError(fault));
    expect(server.requests).toEqual([]);
  },
);

it("an address without its scheme is refused with the option's name", async () => {
  await expect(call({ baseUrl: "localhost:8080" })).rejects.toThrow(
    new TypeError(
      'getThings: "localhost:8080" is no address that a request can be sent to: give the client a baseUrl',
    ),
  );
});

describe("headers", () => {
  it("accept what the document describes", async () => {
    const responses = {
      "200": [JSON_BODY, TEXT_BODY],
      "404": [JSON_BODY],
      "4XX": [{ ...JSON_BODY, mediaType: "a/b+json" }],
    };
    expect((await received({ rule: { responses } })).headers["accept"]).toBe(
      "application/json, text/plain, a/b+json",
    );
    expect((await received({ rule: { responses: { "200": [] } } })).headers["accept"]).toBe("*/*");
  });

  it("hold the arguments, of which the cookies are joined", async () => {
    const rule = {
      parameters: [
        parameter("X-Ids", "header"),
        parameter("X-None", "header"),
        parameter("tags", "cookie"),
        parameter("one", "cookie"),
      ],
      security: [["key"]],
    };
    const schemes = { key: { kind: "apiKey", in: "cookie", name: "sid" } } as const;
    const args = { "X-Ids": [1, "b c"], tags: ["a", "b;c"], one: 1 };
    const { headers } = await received({ rule, args, schemes, auth: { key: "k y" } });
    expect(headers["x-ids"]).toBe("1,b c");
    expect(headers["cookie"]).toBe("tags=a; tags=b%3Bc; one=1; sid=k%20y");
    expect(headers).not.toHaveProperty("x-none");
  });

  it("of a call win over those of the client, and those over all others; undefined takes one away", async () => {
    const client = { headers: { "X-A": "client", "X-B": "client", "X-C": "client", Accept: undefined } };
    const perCall = { headers: { "x-a": "call", "x-b": undefined } };
    const { headers } = await received({
      ...mergeOptions(client, perCall),
      rule: { parameters: [parameter("X-C", "header")] },
      args: { "X-C": "argument" },
    });
    expect(headers).toMatchObject({
      "x-a": "call",
      "x-c": "client",
      accept: "application/json",
    });
    expect(headers).not.toHaveProperty("x-b");
  });

  it("may be given as fetch takes them", async () => {
    const client = { headers: new Headers({ "X-A": "client", "X-B": "client" }) };
    const perCall = { headers: [["X-B", "call"]] as const };
    const { headers } = await received(mergeOptions(client, perCall));
    expect(headers).toMatchObject({ "x-a": "client", "x-b": "call" });
  });

  it("of one name in a list are joined, as fetch joins them", async () => {
    const { headers } = await received({
      headers: [
        ["X-Tag", "a"],
        ["X-Other", "c"],
        ["x-tag", "b"],
      ],
    });
    expect(headers).toMatchObject({ "x-tag": "a, b", "x-other": "c" });
  });

  it("keep the options of the client where a call has none", () => {
    const client = { retry: 1, timeout: 2, headers: { a: "1" } };
    expect(mergeOptions(client, undefined)).toBe(client);
    expect(mergeOptions(client, { retry: 3, timeout: undefined })).toEqual({ ...client, retry: 3 });
    expect(client).toEqual({ retry: 1, timeout: 2, headers: { a: "1" } });
  });

  it("are beside what else fetch is told, the call before the client", async () => {
    const told: Request[] = [];
    const client = {
      baseUrl: "http://a.invalid",
      requestInit: { credentials: "include", cache: "no-store" } as const,
      fetch: async (request: Request) => {
        told.push(request);
        return Response.json(1);
      },
    };
    await call(client);
    await call(mergeOptions(client, { requestInit: { cache: "reload" } }));
    expect(told.map(({ credentials, cache }) => [credentials, cache])).toEqual([
      ["include", "no-store"],
      ["include", "reload"],
    ]);
  });

  const HEADER = { rule: { parameters: [parameter("X-A", "header")] } };
  const KEY = {
    rule: { security: [["k"]] },
    schemes: { k: { kind: "apiKey", in: "header", name: "X-K" } },
  } as const;
  const BEARER = { rule: { security: [["k"]] }, schemes: { k: { kind: "bearer" } } } as const;
  it.each<[what: string, options: Parameters<typeof call>[0], message?: string]>([
    ["an argument", { ...HEADER, args: { "X-A": "a\r\nX-Evil: 1" } }],
    ["an argument", { ...HEADER, args: { "X-A": "a\nb" } }],
    ["an argument", { ...HEADER, args: { "X-A": "a\0b" } }],
    ["an argument", { ...HEADER, args: { "X-A": "Zoë 😀" } }, 'X-A: a header cannot carry "😀"'],
    ["a key", { ...KEY, auth: { k: "a\r\nX-Evil: 1" } }],
    ["a token", { ...BEARER, auth: { k: "a\r\nX-Evil: 1" } }],
    ["an option", { headers: { "X-A": "a\r\nX-Evil: 1" } }],
    ["an option's name", { headers: { "X-A: 1\r\nX-Evil": "1" } }],
    ["an argument", { ...HEADER, args: { "X-A": "a\u0001b" } }, 'X-A: a header cannot carry "\\u0001"'],
    ["an argument", { ...HEADER, args: { "X-A": "a\u007fb" } }, "X-A: a header cannot carry"],
    ["text that is not Latin-1", { headers: { "X-A": "☃" } }, 'X-A: a header cannot carry "☃"'],
  ])("are refused before anything is sent where %s breaks them", async (_what, options, message = "") => {
    const server = await startServer(OK);
    const calling = call({ baseUrl: server.url, retry: 2, ...options });
    await expect(calling).rejects.toThrow(
      expect.objectContaining({ name: "TypeError", message: expect.stringContaining(message) as string }),
    );
    expect(server.requests).toEqual([]);
  });
});

it("the method is sent as it is described, with its body", async () => {
  // A server of Node.js takes no method that it does not know.
  const heads: string[] = [];
  const server = createServer((socket) => {
    socket.on("data", (data) => {
      heads.push(data.toString("latin1"));
      if (heads.join("").endsWith("{}")) socket.end("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
    });
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => void server.close());
  const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const rule = { method: "LiNk", body: [JSON_BODY], responses: { "200": [] } };
  await call({ baseUrl, rule, args: { body: {} } });
  expect(heads.join("")).toMatch(/^LiNk \/things HTTP\/1\.1\r\n[^]*\r\n\r\n\{\}$/);
});

describe("the body", () => {
  const post = { method: "POST", body: [JSON_BODY] };

  it.each([
    [{ a: [1, null, "é"] }, '{"a":[1,null,"é"]}'],
    [null, "null"],
    [false, "false"],
    ["text", '"text"'],
  ])("is JSON: %j", async (body, text) => {
    const request = await received({ rule: post, args: { body } });
    expect([request.headers["content-type"], request.body]).toEqual(["application/json", text]);
  });

  it("is left out with its media type", async () => {
    const request = await received({ rule: post });
    expect(request.headers).not.toHaveProperty("content-type");
    expect(request.body).toBe("");
  });

  it("is text as it is", async () => {
    const request = await received({ rule: { ...post, body: [TEXT_BODY] }, args: { body: "é\n" } });
    expect([request.headers["content-type"], request.body]).toEqual(["text/plain;charset=utf-8", "é\n"]);
  });

  const bytes = new Uint8Array([0, 0xff, 0xfe, 10]);
  it.each([
    ["bytes", () => bytes],
    ["a Blob", () => new Blob([bytes])],
    ["a stream", () => new Blob([bytes]).stream()],
  ])("is binary, there and back: %s", async (_kind, body) => {
    const type = { "Content-Type": "application/octet-stream" };
    const baseUrl = await listen((request, response) => void request.pipe(response.writeHead(200, type)));
    const rule = { method: "PUT", body: [BINARY_BODY], responses: { "200": [BINARY_BODY] } };
    const result = await call({ baseUrl, rule, args: { body: body() }, retry: 1 });
    const data = result.ok ? (result.data as Blob) : undefined;
    expect(new Uint8Array(await data!.arrayBuffer())).toEqual(bytes);
    expect(data!.type).toBe("application/octet-stream");
  });
});

describe("parameters that are called as what speaks of the body", () => {
  it("are no body of an operation without one", async () => {
    const rule = { method: "POST", parameters: [parameter("body", "header")] };
    const { headers, body } = await received({ rule, args: { body: "x" } });
    expect([headers["body"], headers["content-type"], body]).toEqual(["x", undefined, ""]);
    const inQuery = { parameters: [parameter("body", "query")] };
    expect((await received({ rule: inQuery, args: { body: "x" } })).line).toBe("GET /things?body=x HTTP/1.1");
  });

  it("are not the media type of a body that has but one", async () => {
    const rule = { method: "POST", body: [JSON_BODY], parameters: [parameter("contentType", "query")] };
    const { line, headers } = await received({ rule, args: { contentType: "text/x", body: {} } });
    expect([line, headers["content-type"]]).toEqual([
      "POST /things?contentType=text%2Fx HTTP/1.1",
      "application/json",
    ]);
  });
});
