import { connect } from "node:net";
import { describe, expect, it, vi } from "vitest";
import { mockText, serve } from "../support/mocked.js";

const DOCUMENT = `
openapi: 3.2.0
info: { title: Zoo, version: "1" }
servers: [{ url: "https://api.zoo.example/v1" }, { url: /beta/ }]
security: []
paths:
  /animals:
    get:
      operationId: listAnimals
      parameters:
        - { name: limit, in: query, schema: { type: integer, maximum: 100 } }
        - { name: tags, in: query, explode: false, schema: { type: array, items: { type: string } } }
        - { name: filter, in: query, style: deepObject, schema: { type: object, properties: { age: { type: integer } } } }
        - { name: X-Trace, in: header, schema: { type: string, minLength: 3 } }
        - { name: session, in: cookie, schema: { type: integer } }
      responses:
        "200":
          description: All.
          headers: { X-Total: { schema: { type: integer, example: 12 } }, X-Tags: { schema: { type: array, items: { type: string, const: a } } } }
          content:
            application/json:
              schema: { type: array, items: { $ref: "#/components/schemas/Animal" } }
              examples: { two: { value: [{ name: Leo, kind: cat }, { name: Rex, kind: dog }] } }
            text/csv: { schema: { type: string }, example: "name,kind" }
        4XX: { description: Wrong., content: { application/json: { schema: { $ref: "#/components/schemas/Fault" } } } }
    post:
      operationId: addAnimal
      requestBody:
        required: true
        content:
          application/json: { schema: { $ref: "#/components/schemas/Animal" } }
          application/x-www-form-urlencoded: { schema: { $ref: "#/components/schemas/Animal" } }
          multipart/form-data: { schema: { $ref: "#/components/schemas/Animal" } }
      responses: { "201": { description: Added. }, "422": { description: Not that. } }
  /animals/{id}:
    parameters: [{ name: id, in: path, required: true, schema: { type: integer } }]
    get:
      operationId: getAnimal
      responses:
        "200": { description: One., content: { application/json: { schema: { $ref: "#/components/schemas/Animal" } } } }
        default: { description: Else., content: { application/json: { schema: { $ref: "#/components/schemas/Fault" } } } }
  /animals/first:
    get: { operationId: first, responses: { "204": { description: None. } } }
  /events:
    get: { operationId: watch, responses: { "200": { description: As they come., content: { text/event-stream: { itemSchema: { type: object, required: [data], properties: { data: { type: string, const: "a" } } } } } } } }
  /lines:
    get: { operationId: lines, responses: { "200": { description: Lines., content: { application/jsonl: { itemSchema: { $ref: "#/components/schemas/Fault" } } } } } }
  /photo:
    get: { operationId: photo, responses: { "200": { description: Bytes., content: { image/png: { schema: { type: string, format: binary } } } } } }
  /secret:
    get:
      operationId: secret
      security: [{ token: [] }, { key: [], basic: [] }]
      responses: { "204": { description: Yes. } }
  /early:
    get: { operationId: early, responses: { "103": { description: Hints. } } }
  /gone:
    get: { operationId: gone, responses: { "204": { description: Gone., content: { application/json: { schema: { $ref: "#/components/schemas/Fault" } } } } } }
  /hard:
    get: { operationId: hard, responses: { "200": { description: No value., content: { application/xml: { schema: { type: object } } } } } }
components:
  securitySchemes:
    token: { type: http, scheme: bearer }
    basic: { type: http, scheme: basic }
    key: { type: apiKey, in: query, name: api key }
  schemas:
    Animal: { type: object, required: [name, kind], properties: { name: { type: string, minLength: 1 }, kind: { enum: [cat, dog] }, age: { type: integer } } }
    Fault: { type: object, required: [code], properties: { code: { enum: [gone, broken] } } }
`;

const { mock } = await mockText(DOCUMENT);

type Sent = RequestInit & { readonly prefer?: string };

async function zoo() {
  const { url, log } = await serve(mock);
  const ask = async (path: string, { prefer, ...init }: Sent = {}) => {
    const headers = new Headers(init.headers);
    if (prefer !== undefined) headers.set("Prefer", prefer);
    const response = await fetch(url + path, { ...init, headers });
    const text = await response.text();
    const isJson = response.headers.get("Content-Type")?.endsWith("json");
    return {
      status: response.status,
      headers: response.headers,
      text,
      body: (isJson && text !== "" ? JSON.parse(text) : undefined) as Record<string, unknown>,
    };
  };
  return { url, log, ask };
}

interface Fault {
  readonly in: string;
  readonly name?: string;
  readonly pointer: string;
  readonly keyword: string;
  readonly message: string;
}

const faultsOf = (body: Record<string, unknown>) =>
  (body["errors"] as Fault[]).map(({ in: part, name = "", pointer, keyword }) =>
    [part, name, pointer, keyword].filter((word) => word !== "").join(" "),
  );

describe("an answer", () => {
  it("is the first success with its full fixture, and the headers of the document", async () => {
    const { ask, log } = await zoo();
    const { status, headers, body } = await ask("/v1/animals");
    expect(status).toBe(200);
    expect(headers.get("Content-Type")).toBe("application/json");
    expect([headers.get("X-Total"), headers.get("X-Tags")]).toEqual(["12", "a"]);
    expect(body).toMatchObject([{ kind: "cat", age: expect.any(Number) as number }]);
    expect(log).toEqual([expect.stringMatching(/^GET \/v1\/animals → 200 full, \d+ ms$/)]);
  });

  it("is served below each of the document's servers, and nowhere else", async () => {
    const { ask } = await zoo();
    expect((await ask("/beta/animals/7")).status).toBe(200);
    expect((await ask("/animals/7")).body).toMatchObject({
      status: 404,
      title: "Not Found",
      available: expect.arrayContaining(["GET /v1/animals/{id}"]) as unknown,
    });
  });

  it("is that of the concrete path before that of a template", async () => {
    const { ask } = await zoo();
    expect((await ask("/v1/animals/first")).status).toBe(204);
    expect((await ask("/v1/animals/fir%73t")).status).toBe(204);
  });

  it("has no body for HEAD", async () => {
    const { ask } = await zoo();
    const { status, text, headers } = await ask("/v1/animals", { method: "HEAD" });
    expect([status, text, headers.get("X-Total")]).toEqual([200, "", "12"]);
  });

  it.each([
    ["/v1/events", "text/event-stream", "data: a\n\n"],
    ["/v1/lines", "application/jsonl", '{"code":"gone"}\n'],
    ["/v1/photo", "image/png", undefined],
  ])("of %s is what its media type says", async (path, type, text) => {
    const { ask } = await zoo();
    const answer = await ask(path);
    expect([answer.status, answer.headers.get("Content-Type")]).toEqual([200, type]);
    if (text !== undefined) expect(answer.text).toBe(text);
  });

  it("has no body where its status has none, and no interim status", async () => {
    const { ask } = await zoo();
    const gone = await ask("/v1/gone");
    expect([gone.status, gone.text, gone.headers.get("Content-Type")]).toEqual([204, "", null]);
    expect((await ask("/v1/early")).status).toBe(200);
    const unchanged = await ask("/v1/animals/7", { prefer: "code=304" });
    expect([unchanged.status, unchanged.headers.get("Content-Type")]).toEqual([304, null]);
  });

  it("is not invented where nothing says how a value is written", async () => {
    const { ask } = await zoo();
    expect((await ask("/v1/hard")).body).toMatchObject({ status: 501, title: "Not Implemented" });
  });
});

describe("the header Prefer", () => {
  it("chooses the status, its range or default among them", async () => {
    const { ask } = await zoo();
    const teapot = await ask("/v1/animals", { prefer: "code=418" });
    expect([teapot.status, teapot.body["code"]]).toEqual([418, "gone"]);
    expect(teapot.headers.get("Preference-Applied")).toBe("code=418");
    expect((await ask("/v1/animals/7", { prefer: "code=503" })).status).toBe(503);
  });

  it("chooses a fixture or an example of the document", async () => {
    const { ask } = await zoo();
    const prefer = async (text: string, path = "/v1/animals") => (await ask(path, { prefer: text })).body;
    expect(await prefer("example=minimal")).toEqual([]);
    expect(await prefer('respond-async, example="two"; x=y')).toMatchObject([
      { name: "Leo" },
      { name: "Rex" },
    ]);
    expect(await prefer("code=404, example=codeBroken")).toEqual({ code: "broken" });
    expect(await prefer("example=minimal, example=two")).toEqual([]);
  });

  it("goes through the fixtures", async () => {
    const { ask } = await zoo();
    const texts = new Set<string>();
    for (let count = 0; count < 6; count++)
      texts.add((await ask("/v1/animals/7", { prefer: "dynamic=true" })).text);
    expect(texts.size).toBeGreaterThan(2);
  });

  it.each([
    ["code=500", "/v1/animals", ["200", "4XX"]],
    ["code=99", "/v1/animals", ["200", "4XX"]],
    ["code=101", "/v1/animals/7", ["200", "default"]],
    ["code=201", "/v1/animals/7", ["200", "default"]],
    ["code=404, example=nothing", "/v1/animals/7", ["minimal", "full", "codeGone", "codeBroken"]],
    ["example=constructor", "/v1/lines", ["minimal", "full", "codeGone", "codeBroken"]],
  ])("%s, which there is not, is answered by what there is", async (prefer, path, available) => {
    const { ask } = await zoo();
    const { status, headers, body } = await ask(path, { prefer });
    expect([status, headers.get("Content-Type")]).toEqual([400, "application/problem+json"]);
    expect(body["available"]).toEqual(available);
  });
});

describe("what is accepted", () => {
  it.each([
    ["text/csv", "text/csv"],
    ["text/*", "text/csv"],
    ["application/json;q=0.1, text/csv;q=0.2", "text/csv"],
    ["text/csv;q=0, */*", "application/json"],
    ["*/*", "application/json"],
  ])("%s is answered with %s", async (accept, type) => {
    const { ask } = await zoo();
    const { headers, text } = await ask("/v1/animals", { headers: { Accept: accept } });
    expect(headers.get("Content-Type")).toBe(type);
    if (type === "text/csv") expect(text).toBe("name,kind");
  });

  it.each(["image/png", "application/json;q=0, text/csv;q=0"])("%s is not there", async (accept) => {
    const { ask } = await zoo();
    const { status, body } = await ask("/v1/animals", { headers: { Accept: accept } });
    expect([status, body["available"]]).toEqual([406, ["application/json", "text/csv"]]);
  });
});

const bytes = (text: string) => Uint8Array.from(text, (character) => character.charCodeAt(0));

describe("a request that is not valid", () => {
  it("is answered by all of its faults", async () => {
    const { ask } = await zoo();
    const headers = { "X-Trace": "ab", Cookie: "session=x" };
    const { status, body } = await ask("/v1/animals?limit=101&filter[age]=old&tags=a,b", { headers });
    expect(status).toBe(400);
    expect(faultsOf(body)).toEqual([
      "query filter /age type",
      "query limit maximum",
      "header X-Trace minLength",
      "cookie session type",
    ]);
    expect((body["errors"] as Fault[])[1]).toEqual({
      in: "query",
      name: "limit",
      pointer: "",
      keyword: "maximum",
      message: "must be at most 100",
    });
  });

  it("is valid where its texts are what the document says", async () => {
    const { ask } = await zoo();
    const headers = { "X-Trace": "abc", Cookie: "other=1; session=7" };
    expect((await ask("/v1/animals?limit=100&filter[age]=7&tags=a,b&else=1", { headers })).status).toBe(200);
  });

  it("may hold a body where the document has none", async () => {
    const paths = '{ /touch: { post: { responses: { "204": { description: Done. } } } } }';
    const { mock: api } = await mockText(
      `openapi: 3.1.0\ninfo: { title: T, version: "1" }\npaths: ${paths}\n`,
    );
    const { url } = await serve(api);
    const { status } = await fetch(`${url}/touch`, { method: "POST", body: "{" });
    expect(status).toBe(204);
  });

  it("is told of all that is wrong with an event, of its JSON data too", async () => {
    const item =
      "{ required: [event], properties: { event: { const: a }, id: { type: string, pattern: '^[0-9]$' }, data: { type: string, contentSchema: { type: integer } } } }";
    const { mock: api } = await mockText(`openapi: 3.2.0
info: { title: T, version: "1" }
paths: { /events: { post: { requestBody: { content: { text/event-stream: { itemSchema: ${item} } } }, responses: { "204": { description: Done. } } } } }
`);
    const { url } = await serve(api);
    const headers = { "Content-Type": "text/event-stream" };
    const post = async (body: string) => fetch(`${url}/events`, { method: "POST", headers, body });
    expect((await post("event: a\nid: 1\ndata: 2\n\n")).status).toBe(204);
    const answer = await post('event: a\ndata: "x"\n\nevent: b\nid: y\ndata: 2\n\n');
    expect(faultsOf((await answer.json()) as Record<string, unknown>)).toEqual([
      "body /0/data type",
      "body /1/event const",
      "body /1/id pattern",
    ]);
  });

  it("is told of a path that is none", async () => {
    const { ask } = await zoo();
    expect(faultsOf((await ask("/v1/animals/seven")).body)).toEqual(["path id type"]);
    expect(faultsOf((await ask("/v1/animals/%E0%A4%A")).body)).toEqual(["path id style"]);
    for (const path of ["/v1/animals/%zz", "/v1/animals/7%", "/v1/animals/%E0%A4%A", "/v1/%", "/%E0/animals"])
      expect((await ask(path)).status, path).toBe(400);
  });

  const json = { "Content-Type": "application/json" };
  it.each<[name: string, init: RequestInit, status: number, faults: string[]]>([
    ["without its body", {}, 422, ["body required"]],
    ["with a body that is no JSON", { body: "{", headers: json }, 400, ["body contentMediaType"]],
    [
      "with a wrong body",
      { body: '{"name":"","kind":"cow"}', headers: json },
      422,
      ["body /kind enum", "body /name minLength"],
    ],
    [
      "with a wrong form",
      { body: new URLSearchParams({ name: "a", kind: "cat", age: "x" }) },
      422,
      ["body /age type"],
    ],
  ])("%s is refused", async (_name, init, status, faults) => {
    const { ask } = await zoo();
    const answer = await ask("/v1/animals", { method: "POST", ...init });
    expect([answer.status, faultsOf(answer.body)]).toEqual([status, faults]);
  });

  it("is told what is there twice and no list", async () => {
    const { ask } = await zoo();
    const query = await ask("/v1/animals?limit=1&limit=999&tags=a&tags=b&filter[age]=1&filter[age]=old", {
      headers: { Cookie: "session=1; session=x" },
    });
    expect(faultsOf(query.body)).toEqual([
      "query filter /age style",
      "query limit style",
      "query tags style",
      "cookie session style",
    ]);
    expect(query.body["detail"]).toContain("; query limit is there twice;");
    const post = async (body: BodyInit) =>
      faultsOf((await ask("/v1/animals", { method: "POST", body })).body);
    const pairs = [...Object.entries({ name: "a", kind: "cat", age: "7" }), ["age", "x"]] as [
      string,
      string,
    ][];
    const form = new FormData();
    for (const [name, value] of pairs) form.append(name, value);
    const files = new FormData();
    for (const file of ["a", "b"]) files.append("name", new File([file], file));
    files.append("kind", "cat");
    expect([await post(new URLSearchParams(pairs)), await post(form), await post(files)]).toEqual([
      ["body /age contentMediaType"],
      ["body /age contentMediaType"],
      ["body /name type"],
    ]);
  });

  it("is taken in every media type of the document, and in no other", async () => {
    const { ask } = await zoo();
    const form = new FormData();
    for (const [name, value] of Object.entries({ name: "a", kind: "cat", age: "7" }))
      form.append(name, value);
    const post = async (body: BodyInit, type?: string) =>
      ask("/v1/animals", {
        method: "POST",
        body,
        ...(type !== undefined && { headers: { "Content-Type": type } }),
      });
    expect((await post(form)).status).toBe(201);
    expect((await post(new URLSearchParams("name=a+b&kind=cat&age=7"))).status).toBe(201);
    expect((await post('{"name":"a","kind":"cat"}', "application/json; charset=utf-8")).status).toBe(201);
    const { status, body, headers } = await post("<a/>", "application/xml");
    expect([status, headers.get("Accept")]).toEqual([415, (body["available"] as string[]).join(", ")]);
  });

  it("is refused in a coding that nobody reads here", async () => {
    const { ask } = await zoo();
    const post = (coding: string) => {
      const headers = { "Content-Type": "application/json", "Content-Encoding": coding };
      return ask("/v1/animals", { method: "POST", body: '{"name":"a","kind":"cat"}', headers });
    };
    const { status, headers, body } = await post("gzip");
    expect([status, headers.get("Accept-Encoding"), headers.get("Accept")]).toEqual([415, "identity", null]);
    expect(body).toMatchObject({
      detail: "a body of Content-Encoding gzip is not read here",
      available: ["identity"],
    });
    expect((await post("Identity")).status).toBe(201);
  });

  it("is refused where its JSON is no UTF-8", async () => {
    const { ask } = await zoo();
    const post = (body: Uint8Array<ArrayBuffer>) =>
      ask("/v1/animals", { method: "POST", body, headers: { "Content-Type": "application/json" } });
    const { status, body } = await post(bytes('{"name":"\xff","kind":"cat"}'));
    expect([status, faultsOf(body)]).toEqual([400, ["body contentMediaType"]]);
    expect((await post(bytes('{"name":"\xc3\xa9","kind":"cat"}'))).status).toBe(201);
  });

  it("is refused where its body is too long", async () => {
    const { ask } = await zoo();
    const body = new Uint8Array(17 * 2 ** 20);
    expect((await ask("/v1/animals", { method: "POST", body })).status).toBe(413);
    expect((await ask("/v1/animals")).status).toBe(200);
  });
});

describe("security", () => {
  const basic = `Basic ${btoa("a:b")}`;
  it.each<[headers: Record<string, string>, query: string, status: number]>([
    [{}, "", 401],
    [{ Authorization: "Bearer t" }, "", 204],
    [{ Authorization: "Bearer " }, "", 401],
    [{ Authorization: basic }, "", 401],
    [{ Authorization: basic }, "?api%20key=k", 204],
    [{}, "?api%20key=k", 401],
  ])("%j %s is answered with %i", async (headers, query, status) => {
    const { ask } = await zoo();
    const answer = await ask(`/v1/secret${query}`, { headers });
    expect(answer.status).toBe(status);
    if (status === 401) {
      expect(answer.headers.get("WWW-Authenticate")).toMatch(/^Bearer, Basic /);
      expect(answer.body["detail"]).toContain("token: the header Authorization: Bearer …, or ");
    }
  });
});

describe("methods and origins", () => {
  it("a method that the path does not have is answered by those that it has", async () => {
    const { ask } = await zoo();
    const { status, headers, body } = await ask("/v1/animals", { method: "DELETE" });
    expect([status, headers.get("Allow")]).toEqual([405, "GET, POST, HEAD, OPTIONS"]);
    expect(body).toMatchObject({ title: "Method Not Allowed" });
    expect((await ask("/v1/animals", { method: "OPTIONS" })).headers.get("Allow")).toBe(
      "GET, POST, HEAD, OPTIONS",
    );
  });

  it("a page of another origin may ask and read", async () => {
    const { ask } = await zoo();
    const preflight = await ask("/v1/animals", {
      method: "OPTIONS",
      headers: {
        Origin: "https://app.example",
        "Access-Control-Request-Method": "POST",
        "Access-Control-Request-Headers": "content-type,prefer",
      },
    });
    expect([preflight.status, ...preflight.headers].join("; ")).toMatch(/^204/);
    expect(preflight.headers.get("Access-Control-Allow-Origin")).toBe("https://app.example");
    expect(preflight.headers.get("Access-Control-Allow-Methods")).toBe("POST");
    expect(preflight.headers.get("Access-Control-Allow-Headers")).toBe("content-type,prefer");
    const { headers } = await ask("/v1/animals", { headers: { Origin: "https://app.example" } });
    expect(headers.get("Access-Control-Allow-Credentials")).toBe("true");
    expect(headers.get("Access-Control-Expose-Headers")).toContain("X-Total");
    expect(headers.get("Vary")).toBe("Origin");
  });
});

describe("what is hostile", () => {
  it("is a line of the log, and no more", async () => {
    const { url, log, ask } = await zoo();
    const { port } = new URL(url);
    const raw = (text: string) =>
      new Promise<string>((resolve) => {
        let answer = "";
        const socket = connect(Number(port), "127.0.0.1", () => socket.end(text));
        socket.on("data", (chunk) => void (answer += String(chunk))).on("close", () => resolve(answer));
      });
    expect(await raw("GARBAGE\r\n\r\n")).toMatch(/^HTTP\/1.1 400/);
    expect(
      await raw("GET http://other.example/v1/lines HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"),
    ).toMatch(/^HTTP\/1.1 200/);
    expect(await raw("GET /v1/\u0001lines HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")).toMatch(
      /^HTTP\/1.1 4/,
    );
    await ask("/%0d%0aX:1/%1b[31m");
    // eslint-disable-next-line no-control-regex
    expect(log.join("\n")).not.toMatch(/[\0-\x09\x0b-\x1f]/);
    expect((await ask("/v1/lines")).status).toBe(200);
  });

  it("is refused where it is nested more deeply than anyone can look at", async () => {
    const list = `
openapi: 3.1.0
info: { title: Lists, version: "1" }
paths:
  /lists:
    post:
      requestBody: { content: { application/json: { schema: { $ref: "#/components/schemas/List" } } } }
      responses: { "204": { description: Taken. } }
components: { schemas: { List: { type: array, items: { $ref: "#/components/schemas/List" } } } }
`;
    const { mock: lists } = await mockText(list);
    const { url, log } = await serve(lists);
    const post = (levels: number) =>
      fetch(`${url}/lists`, {
        method: "POST",
        headers: { "Content-Type": "application/json" },
        body: "[".repeat(levels) + "]".repeat(levels),
      });
    const refused = await post(100_000);
    expect(refused.status).toBe(400);
    expect(faultsOf((await refused.json()) as Record<string, unknown>)).toEqual(["body depth"]);
    expect((await post(100)).status).toBe(204);
    expect(log).toEqual([
      expect.stringMatching(/^POST \/lists → 400 /),
      expect.stringMatching(/^POST \/lists → 204 /),
    ]);
  });

  it("is no failure where it is aborted", async () => {
    const { url, log, ask } = await zoo();
    const socket = connect(Number(new URL(url).port), "127.0.0.1");
    const head = "POST /v1/animals HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\n\r\n{";
    socket.write(head, () => setTimeout(() => socket.destroy(), 50));
    await vi.waitFor(() =>
      expect(log).toEqual([expect.stringMatching(/^POST \/v1\/animals → aborted, \d+ ms$/)]),
    );
    expect((await ask("/v1/lines")).status).toBe(200);
  });

  it("names and values of headers break nothing", async () => {
    const hostile = `
openapi: 3.1.0
info: { title: Hostile, version: "1" }
paths:
  "/a/{x}{y}/b":
    get:
      parameters: [{ name: x, in: path, required: true, schema: { type: string } }, { name: y, in: path, required: true, schema: { type: string } }]
      responses:
        "200":
          description: Headers.
          headers:
            X-Lines: { schema: { type: string, const: "a\\r\\nX-Injected: 1" } }
            X-Wide: { schema: { type: string, const: "\u{1F600}" } }
            Content-Length: { schema: { type: integer, const: 1 } }
            Content-Encoding: { schema: { type: string, const: gzip } }
            Transfer-Encoding: { schema: { type: string, const: chunked } }
          content: { "application/json": { schema: { const: "\\r\\n\\u2028" } } }
`;
    const { mock: other } = await mockText(hostile);
    const { url } = await serve(other);
    const response = await fetch(`${url}/a/12/b`);
    expect(await response.json()).toBe("\r\n\u2028");
    expect(response.headers.get("X-Injected")).toBeNull();
    expect(response.headers.get("X-Lines")).toBeNull();
    expect(response.headers.get("X-Wide")).toBeNull();
    expect((await fetch(`${url}/a/1/b`)).status).toBe(404);
  });
});

it("several APIs share a port; the first that has the operation answers", async () => {
  const { mock: other } = await mockText(
    DOCUMENT.replace("Zoo", "Other").replaceAll("gone, broken", "other").replace("/lines:", "/others:"),
  );
  const { url } = await serve(mock, other);
  expect(await (await fetch(`${url}/v1/lines`)).text()).toBe('{"code":"gone"}\n');
  expect(await (await fetch(`${url}/v1/others`)).text()).toBe('{"code":"other"}\n');
});

const getter = (status: number) => `{ get: { responses: { "${status}": { description: An answer. } } } }`;

it("operations of one path are told apart by what the path asks of a query", async () => {
  const { mock: other } = await mockText(
    `openapi: 3.1.0
info: { title: T, version: "1" }
paths:
  /a: ${getter(202)}
  /a?b=c: ${getter(203)}
  /a?d={d}: ${getter(204)}
  /a?d={d}&e f={e}: ${getter(205)}
`,
    {},
    true,
  );
  const { url } = await serve(other);
  const statusOf = async (query: string) => (await fetch(`${url}/a${query}`)).status;
  const queries = ["", "?x=1", "?b=c", "?b=d", "?d=1", "?d=1&x=2", "?e%20f=1&d=2"];
  expect(await Promise.all(queries.map(statusOf))).toEqual([202, 202, 203, 202, 204, 204, 205]);
});

const asking = (key: string, parameter: object) =>
  `  ${key}: ${JSON.stringify({ get: { parameters: [{ in: "query", ...parameter }], responses: { "204": { description: "None." } } } })}\n`;

it("names in the query of a path that tell it from no other are as the parameters say", async () => {
  const object = { type: "object", properties: { x: { type: "string" } } };
  const { mock: other } = await mockText(
    `openapi: 3.1.0\ninfo: { title: T, version: "1" }\npaths:\n${[
      asking("/opt?page={page}", { name: "page", schema: { type: "integer" } }),
      asking("/deep?f={f}", { name: "f", style: "deepObject", required: true, schema: object }),
      asking("/need?f={f}", { name: "f", required: true, schema: { type: "string" } }),
      asking("/pct?f%5Bn%5D={n}", { name: "f[n]", schema: { type: "integer" } }),
      asking("/twin?f={f}", { name: "f", style: "deepObject", required: true, schema: object }),
      asking("/twin?g={g}", { name: "g", required: true, schema: { type: "string" } }),
    ].join("")}`,
    {},
    true,
  );
  const { url } = await serve(other);
  const statusOf = async (target: string) => (await fetch(`${url}${target}`)).status;
  const targets = [
    "/opt",
    "/deep?f[x]=a",
    "/need",
    "/need?f=a",
    "/pct?f[n]=1",
    "/pct",
    "/twin?f[x]=a",
    "/twin?g=a",
  ];
  expect(await Promise.all(targets.map(statusOf))).toEqual([204, 204, 400, 204, 204, 204, 204, 204]);
});

it("an operation with servers of its own is answered there, and nowhere else", async () => {
  const { mock: files } = await mockText(`
openapi: 3.1.0
info: { title: T, version: "1" }
servers: [{ url: https://api.example.com/v1 }]
paths:
  /files:
    servers: [{ url: https://files.example.com/f }]
    get: { operationId: g, responses: { "204": { description: All. } } }
`);
  const { url } = await serve(files);
  expect((await fetch(`${url}/f/files`)).status).toBe(204);
  expect((await fetch(`${url}/v1/files`)).status).toBe(404);
});

it("what several schemas say together is read as they say it", async () => {
  const { mock: other } = await mockText(`openapi: 3.1.0
info: { title: T, version: "1" }
paths:
  /a:
    get:
      parameters:
        - { name: size, in: query, schema: { allOf: [{ minimum: 2 }, { type: integer }] } }
        - { name: ids, in: query, explode: false, schema: { allOf: [{ type: array, items: { type: integer } }, { maxItems: 2 }] } }
        - name: range
          in: query
          explode: false
          schema:
            allOf:
              - { type: object, required: [from], properties: { from: { type: integer } } }
              - { type: object, properties: { to: { type: integer } } }
      responses:
        "204":
          description: None.
          headers:
            X-Size: { required: true, schema: { allOf: [{ minimum: 2 }, { type: integer }] } }
            X-Name: { required: true, schema: { allOf: [{ minLength: 2 }, { maxLength: 3 }] } }
`);
  const { url } = await serve(other);
  const ask = async (query: string) => {
    const response = await fetch(`${url}/a?${query}`);
    return response.status === 204 ? [] : faultsOf((await response.json()) as Record<string, unknown>);
  };
  expect(await ask("size=2&ids=1,2&range=from,1,to,2")).toEqual([]);
  expect(await ask("size=1&ids=1,x&range=to,x")).toEqual([
    "query ids /1 type",
    "query range required",
    "query range /to type",
    "query size minimum",
  ]);
  expect(other.operations[0]!.rule.headers?.rules).toEqual({
    "204": { "X-Size": { as: "value", types: ["number"] }, "X-Name": { as: "value", types: ["string"] } },
  });
});

it("a server with a variable that lists its values is answered below each of them", async () => {
  const { mock: several } = await mockText(`openapi: 3.1.0
info: { title: T, version: "1" }
servers:
  - url: https://{region}.example.com/{version}/{tenant}
    variables:
      region: { enum: [eu, us], default: eu }
      version: { enum: [v1, v2], default: v2 }
      tenant: { default: acme }
paths:
  /things: { get: { operationId: listThings, responses: { "204": { description: None. } } } }
`);
  expect(several.basePaths).toEqual(["/v2/acme", "/v1/acme"]);
  const { url } = await serve(several);
  const statuses = ["/v2/acme", "/v1/acme", "/v3/acme", "/v1/other", ""].map(
    async (base) => (await fetch(`${url}${base}/things`)).status,
  );
  expect(await Promise.all(statuses)).toEqual([204, 204, 404, 404, 404]);
});

it("variables with more values than anybody serves have their defaults", async () => {
  const variables = Object.fromEntries(
    [..."abcdefghij"].map((name) => [name, { enum: [..."0123456789"], default: "0" }]),
  );
  const servers = [{ url: "/{a}/{b}/{c}/{d}/{e}/{f}/{g}/{h}/{i}/{j}", variables }];
  const info = { title: "T", version: "1" };
  const { mock: several } = await mockText(JSON.stringify({ openapi: "3.1.0", info, servers, paths: {} }));
  expect(several.basePaths).toHaveLength(1_000);
  expect(several.basePaths[0]).toBe("/0/0/0/0/0/0/0/0/0/0");
});
