import { getEventListeners, once } from "node:events";
import type { ServerResponse } from "node:http";
import { setTimeout as wait } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { eventReader } from "../../generator/runtime/events.js";
import { jsonLinesReader } from "../../generator/runtime/json-lines.js";
import type { ResponseBodyRule } from "../../generator/runtime/operation.js";
import type { ItemStream } from "../../generator/runtime/stream.js";
import { itemsWriter } from "../../generator/runtime/write-items.js";
import { startServer } from "../support/server.js";
import { call, failureOf, listen } from "./rules.js";

const LINES: ResponseBodyRule = { mediaType: "application/x-ndjson", as: "jsonLines", read: jsonLinesReader };
const EVENTS: ResponseBodyRule = { mediaType: "text/event-stream", as: "events", read: eventReader };

/** A server whose response the test writes, and whether it was closed. */
async function streaming(body = LINES) {
  const state: { response: ServerResponse | undefined; isClosed: boolean } = {
    response: undefined,
    isClosed: false,
  };
  const baseUrl = await listen((_request, response) => {
    response.writeHead(200, { "Content-Type": body.mediaType }).flushHeaders();
    response.on("close", () => (state.isClosed = true));
    state.response = response;
  });
  const open = async (options: Partial<Parameters<typeof call>[0]> = {}) => {
    const result = await call({ baseUrl, rule: { responses: { "200": [body] } }, ...options });
    return (result as { data: unknown }).data as ItemStream<unknown>;
  };
  return {
    open,
    write: (text: string | Uint8Array) => void state.response!.write(text),
    end: () => void state.response!.end(),
    breakOff: () => void state.response!.destroy(),
    isClosed: () => state.isClosed,
  };
}

async function all(stream: AsyncIterable<unknown>): Promise<unknown[]> {
  const items: unknown[] = [];
  for await (const item of stream) items.push(item);
  return items;
}

describe("a stream", () => {
  it("gives each item as soon as it has come", async () => {
    const server = await streaming();
    const items = (await server.open())[Symbol.asyncIterator]();
    server.write('{"a":');
    const first = items.next();
    server.write("1}\n2");
    expect(await first).toEqual({ done: false, value: { a: 1 } });
    const second = items.next();
    server.end();
    expect(await second).toEqual({ done: false, value: 2 });
    expect(await items.next()).toEqual({ done: true, value: undefined });
    await expect.poll(server.isClosed).toBe(true);
  });

  it("joins what chunks cut: letters of several bytes, a byte order mark, line ends", async () => {
    const server = await streaming(EVENTS);
    const items = all(await server.open());
    for (const byte of Buffer.from("\ufeffdata: 💶é\r\ndata: b\r\n\r\n")) {
      server.write(Buffer.of(byte));
      await wait(1);
    }
    server.end();
    expect(await items).toEqual([{ data: "💶é\nb" }]);
  });

  it("may be empty", async () => {
    const server = await startServer({ status: 200, headers: { "Content-Type": LINES.mediaType } });
    const result = await call({ baseUrl: server.url, rule: { responses: { "200": [LINES] } } });
    expect(await all((result as { data: unknown }).data as ItemStream<unknown>)).toEqual([]);
  });

  it.each([
    ["text/html", "<p>"],
    ["application/json", "{}"],
  ])("of events is none where %s comes, and the connection is let go of", async (type, body) => {
    let isClosed = false;
    const baseUrl = await listen((_request, response) => {
      response.on("close", () => (isClosed = true));
      response.writeHead(200, { "Content-Type": type }).write(body);
    });
    const { signal } = new AbortController();
    const error = await failureOf(
      call({ baseUrl, rule: { responses: { "200": [EVENTS] } }, signal, retry: 2 }),
    );
    expect(error).toMatchObject({ kind: "unreadableBody", response: { status: 200 } });
    expect(error.message).toBe(`getThings: the body of status 200 is ${type}, and not text/event-stream`);
    expect(getEventListeners(signal, "abort")).toEqual([]);
    await expect.poll(() => isClosed).toBe(true);
  });

  it.each([[{}], [{ "Content-Type": "Text/Event-Stream;charset=UTF-8" }]])(
    "of events is one with the headers %j",
    async (headers) => {
      const server = await startServer({ status: 200, headers, body: "data: 1\n\n" });
      const result = await call({ baseUrl: server.url, rule: { responses: { "200": [EVENTS] } } });
      expect(await all((result as { data: unknown }).data as ItemStream<unknown>)).toEqual([{ data: "1" }]);
    },
  );

  it("is closed when its loop is left, or when it is cancelled unread", async () => {
    for (const leave of [
      async (stream: ItemStream<unknown>) => {
        for await (const item of stream) if (item === 1) break;
      },
      async (stream: ItemStream<unknown>) => stream.cancel(),
    ]) {
      const server = await streaming();
      const controller = new AbortController();
      const stream = await server.open({ signal: controller.signal });
      server.write("1\n2\n");
      await leave(stream);
      await expect.poll(server.isClosed).toBe(true);
      expect(getEventListeners(controller.signal, "abort")).toEqual([]);
    }
  });

  it("is cancelled at once, whoever has a clone of it", async () => {
    const server = await streaming();
    const clones: Response[] = [];
    const stream = await server.open({
      middleware: [{ onResponse: ({ response }) => void clones.push(response.clone()) }],
    });
    await stream.cancel();
    expect(server.isClosed()).toBe(false);
    await clones[0]!.body!.cancel();
    await expect.poll(server.isClosed).toBe(true);
  });

  it("ends when it is cancelled while it is read", async () => {
    const server = await streaming();
    const controller = new AbortController();
    const stream = await server.open({ signal: controller.signal });
    const items = all(stream);
    server.write("1\n2");
    await wait(20);
    await stream.cancel();
    expect(await items).toEqual([1]);
    await expect.poll(server.isClosed).toBe(true);
    expect(getEventListeners(controller.signal, "abort")).toEqual([]);
  });

  it("is read once", async () => {
    const server = await streaming();
    const stream = await server.open();
    server.end();
    expect(await all(stream)).toEqual([]);
    await expect(all(stream)).rejects.toThrow(new TypeError("getThings: a stream is read once"));
  });

  it("goes on when the time of the call is up, which ended with the headers", async () => {
    const server = await streaming();
    const items = all(await server.open({ timeout: 50 }));
    await wait(100);
    server.write("1\n");
    server.end();
    expect(await items).toEqual([1]);
  });

  it.each([
    ["fetch", undefined],
    [
      "a fetch that does not know the signal",
      async (request: Request) => fetch(new Request(request.url, { method: request.method })),
    ],
  ])("ends when the caller aborts it, through %s", async (_name, own) => {
    const server = await streaming();
    const controller = new AbortController();
    const stream = await server.open({ signal: controller.signal, ...(own && { fetch: own }) });
    const error = failureOf(all(stream));
    server.write("1\n");
    await wait(20);
    controller.abort("enough");
    expect(await error).toMatchObject({ kind: "aborted", cause: "enough", response: { status: 200 } });
    await expect.poll(server.isClosed).toBe(true);
    expect(getEventListeners(controller.signal, "abort")).toEqual([]);
  });

  it("is not begun when it was aborted before", async () => {
    const server = await streaming();
    const controller = new AbortController();
    const stream = await server.open({ signal: controller.signal });
    controller.abort("enough");
    expect(await failureOf(all(stream))).toMatchObject({ kind: "aborted", cause: "enough" });
  });

  it("ends with an error when the connection breaks", async () => {
    const server = await streaming();
    const items: unknown[] = [];
    const error = failureOf(
      (async () => {
        for await (const item of await server.open()) {
          items.push(item);
          server.breakOff();
        }
      })(),
    );
    await expect.poll(() => (server.write("1\n"), items)).toEqual([1]);
    expect(await error).toMatchObject({ kind: "network", operationId: "getThings" });
  });

  it("ends with an error at an item that is no JSON", async () => {
    const server = await streaming();
    const stream = await server.open();
    server.write("1\n{2\n");
    const error = await failureOf(all(stream));
    expect(error).toMatchObject({ kind: "unreadableBody", body: "{2", response: { status: 200 } });
    expect(error.cause).toBeInstanceOf(SyntaxError);
    await expect.poll(server.isClosed).toBe(true);
  });

  it.each([
    [LINES, "1".repeat(101)],
    [EVENTS, "data: 1\n".repeat(101)],
  ])("ends with an error at an item that is too long: %o", async (body, text) => {
    const server = await streaming(body);
    const stream = await server.open({ maxResponseBytes: 100 });
    server.write(text);
    const error = await failureOf(all(stream));
    expect(error).toMatchObject({ kind: "tooLarge", message: "getThings: an item has more than 100 bytes" });
    await expect.poll(server.isClosed).toBe(true);
  });
});

describe("a sequence that is sent", () => {
  const body = [{ mediaType: "application/jsonl", as: "jsonLines", write: itemsWriter }] as const;
  const rule = { method: "PUT", body, responses: { "204": [], "503": [] } };

  it("arrives as one text where it is a list, and may be repeated", async () => {
    const server = await startServer({ status: 503, headers: { "Retry-After": "0" } }, { status: 204 });
    await call({ baseUrl: server.url, rule, args: { body: [{ a: 1 }, "é\n"] }, retry: 1 });
    const received = server.requests.map(({ headers, body: text }) => [
      headers["content-type"],
      headers["content-length"],
      text,
    ]);
    const sent = ["application/jsonl", "15", '{"a":1}\n"é\\n"\n'];
    expect(received).toEqual([sent, sent]);
  });

  it("arrives as it comes where it comes, and is sent once", async () => {
    const seen: string[] = [];
    let attempts = 0;
    const baseUrl = await listen((request, response) => {
      attempts++;
      request.setEncoding("utf8").on("data", (chunk: string) => seen.push(chunk));
      request.on("end", () => response.writeHead(503, { "Retry-After": "0" }).end());
    });
    async function* items() {
      yield { a: 1 };
      await expect.poll(() => seen).toEqual(['{"a":1}\n']);
      yield 2;
    }
    const result = await call({ baseUrl, rule, args: { body: items() }, retry: 3 });
    expect([result.status, attempts, seen]).toEqual([503, 1, ['{"a":1}\n', "2\n"]]);
  });

  it("is no longer asked for when the call is over", async () => {
    let isReturned = false;
    async function* items() {
      try {
        for (;;) {
          yield 1;
          await wait(1);
        }
      } finally {
        isReturned = true;
      }
    }
    const controller = new AbortController();
    const baseUrl = await listen((request) => void once(request, "data").then(() => controller.abort()));
    const result = call({ baseUrl, rule, args: { body: items() }, signal: controller.signal });
    expect(await failureOf(result)).toMatchObject({ kind: "aborted" });
    await expect.poll(() => isReturned).toBe(true);
  });
});
