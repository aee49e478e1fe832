import { describe, expect, it } from "vitest";
import { json, startServer } from "../support/server.js";
import { loadPackage } from "./packages.js";

const { calls: mediaTypes, validators } = await loadPackage("media-types");
const { putItem, sendPicture, sendAny, headPicture, readText } = mediaTypes;
const { sendForm, sendMixed, sendRelated } = (await loadPackage("multipart")).calls;
const { findItems, queryForm, queryJson, queryPath } = (await loadPackage("parameters-3.2")).calls;
const { calls: streams, validators: streamValidators } = await loadPackage("streams");
const { exchangeEvents, exchangeStrict, readLines, writeLines } = streams;
const { readDescribed, readList, readMingled, readWrapped } = streams;

type Call = typeof putItem;

/** What a server receives of a call: the request line, and the headers that speak of the body, and the body. */
async function received(call: Call, args: object) {
  const server = await startServer({ status: 204 });
  await call!(args, { baseUrl: server.url }).catch(() => undefined);
  const [request] = server.requests;
  const { "content-type": type, cookie } = request?.headers ?? {};
  return { target: request?.line.split(" ")[1], type, cookie, body: request?.body };
}

describe("a generated operation with several media types", () => {
  const name = { name: "a b" };

  it.each<[args: object, type: string, body: string]>([
    [{ body: name }, "application/json", '{"name":"a b"}'],
    [{ body: "a,b", contentType: "text/csv" }, "text/csv", "a,b"],
    [
      { body: { ...name, tags: ["a", "b"] }, contentType: "application/x-www-form-urlencoded" },
      "application/x-www-form-urlencoded",
      "name=a+b&tags=a,b",
    ],
    [{ body: new Blob(["x"], { type: "image/png" }) }, "image/png", "x"],
    [{ body: new Blob(["x"]).stream(), contentType: "image/webp" }, "image/webp", "x"],
  ])("%o", async (args, type, body) => {
    expect(await received(putItem, { id: "1", ...args })).toMatchObject({ target: "/items/1", type, body });
  });

  it("is as if nothing were given where undefined is", async () => {
    const left = { queryContentType: undefined, contentType: undefined };
    expect(await received(putItem, { id: "1", body: name, ...left })).toMatchObject({
      target: "/items/1",
      type: "application/json",
    });
    expect(await received(sendPicture, { body: undefined })).toMatchObject({ type: undefined, body: "" });
    const parts = { body: { files: ["a"] }, partHeaders: { files: undefined, picture: undefined } };
    expect((await received(sendForm, parts)).body).toMatch(/name="files"/);
  });

  it("keeps a parameter of the name that the media type took", async () => {
    expect(await received(putItem, { id: "1", queryContentType: "q", body: name })).toMatchObject({
      target: "/items/1?contentType=q",
      type: "application/json",
    });
  });

  it("has a range as its only type", async () => {
    expect(await received(sendPicture, { body: new Blob(["x"], { type: "image/png" }) })).toMatchObject({
      type: "image/png",
      body: "x",
    });
    expect(await received(sendAny, { body: name })).toMatchObject({ type: "application/json" });
  });

  it("reads the response by its type", async () => {
    const answers: [type: string, body: string, data: unknown][] = [
      ["application/json", '{"name":"a"}', { name: "a" }],
      ["application/hal+json", '["a"]', ["a"]],
      ["text/csv", "a", "a"],
    ];
    for (const [type, body, data] of answers) {
      const server = await startServer({ status: 200, headers: { "Content-Type": type }, body });
      expect(await putItem!({ id: "1", body: name }, { baseUrl: server.url })).toMatchObject({ data });
    }
    const server = await startServer({ status: 200, headers: { "Content-Type": "video/mp4" }, body: "x" });
    const { data } = await putItem!({ id: "1", body: name }, { baseUrl: server.url });
    expect(data).toBeInstanceOf(Blob);
  });

  it.each([
    ["text/plain;charset=UTF-8", "héllo"],
    ["application/json", '"h\\u00e9llo"'],
    ["application/problem+json", '"héllo"'],
    ["application/json", "héllo"],
  ])("reads a text of any type: %s %s", async (type, body) => {
    const server = await startServer({ status: 200, headers: { "Content-Type": type }, body });
    const options = { baseUrl: server.url, validators, validate: { responses: "throw" } };
    expect(await readText!({}, options)).toMatchObject({ data: "héllo" });
  });

  it("keeps a text that is JSON, but no string", async () => {
    const headers = { "Content-Type": "application/json" };
    const server = await startServer({ status: 200, headers, body: '{"a": 1}' });
    expect(await readText!({}, { baseUrl: server.url })).toMatchObject({ data: '{"a": 1}' });
  });

  it("validates a text of any type, and leaves bytes of any type as they are", async () => {
    const server = await startServer({ status: 200, body: "x" }, { status: 404, body: "x" });
    const options = { baseUrl: server.url, validators, validate: { responses: "throw" } };
    await expect(readText!({}, options)).rejects.toMatchObject({ kind: "invalidResponse" });
    expect(await readText!({}, options)).toMatchObject({ error: expect.any(Blob) as Blob });
  });

  it("reads no body of HEAD, nor of 204", async () => {
    const head = await startServer({ status: 200, headers: { "Content-Type": "image/png" } });
    expect(await headPicture!({}, { baseUrl: head.url })).toMatchObject({ ok: true, data: undefined });
    const none = await startServer({ status: 204, headers: { "Content-Type": "application/json" } });
    expect(await sendPicture!({}, { baseUrl: none.url })).toMatchObject({ status: 204, data: undefined });
  });
});

describe("a generated operation with parts", () => {
  it("sends their headers", async () => {
    const body = { files: [new Blob(["x"])], filter: { a: "b" } };
    const partHeaders = { files: { "Content-Location": "/x" } };
    const { type, body: text } = await received(sendForm, { body, partHeaders });
    expect(type).toMatch(/^multipart\/form-data; boundary=part-[0-9a-f]{32}$/);
    expect(text).toContain(
      'name="files"; filename="blob"\r\nContent-Type: application/octet-stream\r\nContent-Location: /x\r\n\r\nx',
    );
    expect(text).toContain('name="filter[a]"\r\n\r\nb');
  });

  it("sends them in order", async () => {
    const mixed = await received(sendMixed, {
      body: [{ author: "A" }, new Blob(["x"], { type: "image/gif" })],
    });
    expect(mixed.type).toMatch(/^multipart\/mixed; boundary=/);
    expect(mixed.body).toMatch(
      /Content-Type: application\/json\r\n\r\n\{"author":"A"\}\r\n--.+\r\nContent-Type: image\/gif\r\n\r\nx/,
    );
    const related = await received(sendRelated, {
      body: ["<p>"],
      partHeaders: [{ "Content-Location": "/p" }],
    });
    expect(related.type).toMatch(/^multipart\/related; boundary=/);
    expect(related.body).toContain("Content-Type: text/html\r\nContent-Location: /p\r\n\r\n<p>");
  });
});

describe("a generated operation with parameters of OpenAPI 3.2", () => {
  it("sends them", async () => {
    const args = {
      id: "a:b/c",
      session: { a: "b,c", d: "e" },
      note: "f g",
      page: "",
      where: "",
      form: { x: "y z" },
    };
    expect(await received(findItems, args)).toMatchObject({
      target: "/items/a:b%2Fc?form=x%3Dy%2Bz&page=&where=",
      cookie: "note=f g; a=b,c; d=e",
    });
  });

  it("sends no default by itself", async () => {
    expect(await received(findItems, { id: "a" })).toMatchObject({ target: "/items/a", cookie: undefined });
  });

  it("sends a query string as a form, as JSON, as text", async () => {
    const metadata = { foo: "a + b", bar: true, list: ["c", "d"] };
    const targets = [
      await received(queryForm, { metadata }),
      await received(queryForm, {}),
      await received(queryJson, { json: { numbers: [1, 2], flag: null } }),
      await received(queryPath, { selector: "$.a.b[1:1]" }),
    ].map(({ target }) => target);
    expect(targets).toEqual([
      "/form?foo=a+%2B+b&bar=true&list=c%7Cd",
      "/form",
      "/json?%7B%22numbers%22%3A%5B1%2C2%5D%2C%22flag%22%3Anull%7D",
      "/path?%24.a.b%5B1%3A1%5D",
    ]);
  });
});

function keywordsOf(error: { issues: readonly { pointer: string; keyword: string }[] }): string[] {
  return error.issues.map(({ pointer, keyword }) => `${pointer} ${keyword}`);
}

describe("a generated operation with a sequence", () => {
  it("sends lines", async () => {
    const body = [{ level: 1 }, { level: 2 }];
    expect(await received(writeLines, { body })).toMatchObject({
      type: "application/jsonl",
      body: '{"level":1}\n{"level":2}\n',
    });
  });

  it("sends events, and receives them", async () => {
    const text = 'event: text\ndata: {"level":1}\n\nevent: json\ndata: {"level":2}\n\n';
    const server = await startServer({
      status: 200,
      headers: { "Content-Type": "text/event-stream" },
      body: text,
    });
    const events = [
      { event: "text", data: '{"level":1}' },
      { event: "json", data: { level: 2 } },
    ];
    const { data } = await exchangeEvents!({ body: events }, { baseUrl: server.url });
    expect(server.requests[0]?.body).toBe(text);
    const items: unknown[] = [];
    for await (const item of data as AsyncIterable<unknown>) items.push(item);
    expect(items).toEqual(events);
  });

  it.each<[call: Call | undefined, events: { event: string; data: unknown }[]]>([
    [
      readDescribed,
      [
        { event: "started", data: { level: 1 } },
        { event: "moved", data: 2 },
        { event: "finished", data: "[DONE]" },
      ],
    ],
    [readWrapped, [{ event: "entry", data: { level: 1 } }]],
    [readList, [{ event: "any", data: { level: 1 } }]],
    [readMingled, [{ event: "any", data: "3" }]],
  ])("reads the data of events as its schema describes it: %o", async (read, events) => {
    const texts = events.map(({ event, data }) => {
      const text = typeof data === "string" ? data : JSON.stringify(data);
      return `event: ${event}\ndata: ${text}\n\n`;
    });
    const type = { "Content-Type": "text/event-stream" };
    const server = await startServer({ status: 200, headers: type, body: texts.join("") });
    const { data } = await read!({}, { baseUrl: server.url });
    const items: unknown[] = [];
    for await (const item of data as AsyncIterable<unknown>) items.push(item);
    expect(items).toEqual(events);
  });

  const told = { event: "a", id: "1", retry: 5 };
  const level = { level: 1 };
  it.each<[call: Call | undefined, event: object, issues: string[]]>([
    [exchangeStrict, { ...told, data: level }, []],
    [exchangeStrict, { ...told, event: "b", data: level }, ["/event const"]],
    [exchangeStrict, { ...told, id: "x", retry: 6, data: level }, ["/id pattern", "/retry maximum"]],
    [exchangeStrict, { id: "1", data: level }, [" required"]],
    [exchangeStrict, { ...told, data: { level: -1 } }, ["/data/level minimum"]],
    [exchangeStrict, { ...told, data: { level: 1, message: "too long" } }, []],
    [exchangeStrict, { ...told, id: "x", data: 1 }, ["/id pattern", "/data type"]],
    [exchangeEvents, { event: "json", data: level }, []],
    [exchangeEvents, { event: "json", data: "y" }, ["/data type"]],
    [exchangeEvents, { event: "text", data: "y" }, []],
    [exchangeEvents, { event: "else", data: "y" }, ["/event enum"]],
    [exchangeEvents, { data: "y" }, [" required", " oneOf"]],
  ])("validates all of an event, sent and received: %o %o", async (call, event, issues) => {
    const { data, ...fields } = event as { event?: string; data: unknown };
    const isText = call === exchangeEvents && fields.event !== "json";
    const lines = Object.entries({ ...fields, data: isText ? data : JSON.stringify(data) });
    const server = await startServer({
      status: 200,
      headers: { "Content-Type": "text/event-stream" },
      body: `${lines.map(([name, value]) => `${name}: ${String(value)}\n`).join("")}\n`,
    });
    const options = { baseUrl: server.url, validators: streamValidators };
    const found = async (validate: object) => {
      const { data: items } = await call!({ body: [event] }, { ...options, validate });
      for await (const item of items as AsyncIterable<unknown>) expect(item).toEqual(event);
      return { issues: [] };
    };
    expect(keywordsOf(await found({ requests: "off" }).catch((error) => error))).toEqual(issues);
    const sent = keywordsOf(await found({ responses: "off" }).catch((error) => error));
    expect(sent.map((issue) => issue.replace("/0", ""))).toEqual(issues);
    expect(server.requests).toHaveLength(issues.length === 0 ? 2 : 1);
  });

  it("asks for what the document describes", async () => {
    const server = await startServer(json(404, { level: 1 }));
    expect(await readLines!({}, { baseUrl: server.url })).toMatchObject({ ok: false, error: { level: 1 } });
    expect(server.requests[0]?.headers.accept).toBe("application/x-ndjson, application/json");
  });
});
