import { Readable } from "node:stream";
import { describe, expect, it } from "vitest";
import type { ResponseBodyRule } from "../../generator/runtime/operation.js";
import { BINARY_BODY, call, failureOf, JSON_BODY, listen, TEXT_BODY } from "./rules.js";

const MEBIBYTE = 2 ** 20;

/** A server that sends bytes without an end, and how many of them the client took. */
async function endless(contentType: string) {
  const seen = { sent: 0, isClosed: false };
  function* chunks() {
    for (; !seen.isClosed; seen.sent += MEBIBYTE) yield Buffer.alloc(MEBIBYTE, " ");
  }
  const url = await listen((_request, response) => {
    response.writeHead(200, { "Content-Type": contentType });
    response.on("close", () => (seen.isClosed = true));
    Readable.from(chunks()).pipe(response);
  });
  return { url, sent: () => seen.sent, isClosed: () => seen.isClosed };
}

describe("a body without an end", () => {
  it.each<[ResponseBodyRule]>([[JSON_BODY], [TEXT_BODY]])("is given up after 64 MiB: %o", async (body) => {
    const server = await endless(body.mediaType);
    const error = await failureOf(call({ baseUrl: server.url, rule: { responses: { "200": [body] } } }));
    expect(error).toMatchObject({ kind: "tooLarge", response: { status: 200 }, body: undefined });
    expect(error.message).toBe("getThings: the body of status 200 has more than 67108864 bytes");
    expect(server.sent()).toBeLessThan(100 * MEBIBYTE);
    await expect.poll(server.isClosed).toBe(true);
  });

  it.each<[ResponseBodyRule]>([[JSON_BODY], [BINARY_BODY]])(
    "is given up where the caller says: %o",
    async (body) => {
      const server = await endless(body.mediaType);
      const rule = { responses: { "200": [body] } };
      const result = call({ baseUrl: server.url, rule, maxResponseBytes: 10 });
      expect(await failureOf(result)).toMatchObject({ kind: "tooLarge" });
      await expect.poll(server.isClosed).toBe(true);
    },
  );

  it("is given up where no status is described, too", async () => {
    const server = await endless("text/plain");
    const rule = { responses: { "404": [] } };
    const result = call({ baseUrl: server.url, rule, maxResponseBytes: 10 });
    expect(await failureOf(result)).toMatchObject({ kind: "tooLarge" });
  });

  it("is ended by the time-out", async () => {
    const server = await endless("application/octet-stream");
    const rule = { responses: { "200": [BINARY_BODY] } };
    expect(await failureOf(call({ baseUrl: server.url, rule, timeout: 200 }))).toMatchObject({
      kind: "timeout",
    });
    await expect.poll(server.isClosed).toBe(true);
  });
});

it("a body of just the length is read", async () => {
  const url = await listen((_request, response) => void response.end('"é"'));
  expect(await call({ baseUrl: url, maxResponseBytes: 4 })).toMatchObject({ data: "é" });
  expect(await failureOf(call({ baseUrl: url, maxResponseBytes: 3 }))).toMatchObject({ kind: "tooLarge" });
});
