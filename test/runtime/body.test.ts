import { createServer } from "node:http";
import { describe, expect, it, onTestFinished } from "vitest";
import { writeBody, type MultipartBody } from "../../generator/runtime/body.js";
import type { RequestBodyRule } from "../../generator/runtime/operation.js";
import { send } from "../../generator/runtime/send.js";

const FORM: RequestBodyRule = { mediaType: "application/x-www-form-urlencoded", as: "form" };
const MULTIPART: RequestBodyRule = { mediaType: "multipart/form-data", as: "multipart" };

/** What a real server received: the type and the text of the body. */
async function received(
  rule: RequestBodyRule | readonly RequestBodyRule[],
  body: unknown,
  contentType?: string,
): Promise<{ type: string; text: string }> {
  const seen = { type: "", text: "" };
  const server = createServer((request, response) => {
    seen.type = request.headers["content-type"] ?? "";
    request.setEncoding("utf8").on("data", (chunk: string) => (seen.text += chunk));
    request.on("end", () => response.writeHead(204).end());
  }).listen(0, "127.0.0.1");
  onTestFinished(() => void server.close());
  await new Promise((resolve) => server.once("listening", resolve));
  const { port } = server.address() as { port: number };
  const api = { baseUrl: `http://127.0.0.1:${port}`, securitySchemes: {} };
  const operation = {
    id: "post",
    method: "POST",
    path: "/",
    parameters: [],
    body: [rule].flat() as readonly RequestBodyRule[],
    responses: { 204: [] },
    security: [],
  };
  await send(api, operation, { body, contentType }, {});
  return seen;
}

it("a form has a pair a value, spaces as plus signs, nested values as JSON", async () => {
  const body = { user: "ada lovelace", tags: ["a&b", "c"], none: undefined, count: 2, nested: { a: 1 } };
  expect(await received(FORM, body)).toEqual({
    type: "application/x-www-form-urlencoded",
    text: "user=ada+lovelace&tags=a%26b&tags=c&count=2&nested=%7B%22a%22%3A1%7D",
  });
});

it("a form's encoding decides the style of a property", () => {
  const encoding = {
    tags: { style: "form", explode: false },
    filter: { style: "deepObject", explode: true },
    piped: { style: "pipeDelimited", explode: false },
  } as const;
  expect(
    writeBody({ ...FORM, encoding }, { tags: ["a", "b"], filter: { a: 1, b: 2 }, piped: ["x", "y"] }),
  ).toBe("tags=a,b&filter%5Ba%5D=1&filter%5Bb%5D=2&piped=x%7Cy");
});

it("a multipart body has a part a value: files as they are, nested values as JSON", async () => {
  const body = {
    title: "A",
    files: [new Blob(["one"]), new File(["two"], "two.txt", { type: "text/plain" })],
    meta: { a: [1] },
  };
  const { type, text } = await received(MULTIPART, body);
  const boundary = /^multipart\/form-data; boundary=(.+)$/.exec(type)?.[1] ?? "none";
  const parts = text.split(`--${boundary}`).slice(1, -1);
  expect(parts.map((part) => part.trim().split("\r\n"))).toEqual([
    ['Content-Disposition: form-data; name="title"', "", "A"],
    [
      'Content-Disposition: form-data; name="files"; filename="blob"',
      "Content-Type: application/octet-stream",
      "",
      "one",
    ],
    [
      'Content-Disposition: form-data; name="files"; filename="two.txt"',
      "Content-Type: text/plain",
      "",
      "two",
    ],
    [
      'Content-Disposition: form-data; name="meta"; filename="blob"',
      "Content-Type: application/json",
      "",
      '{"a":[1]}',
    ],
  ]);
});

it("a part has the type that the document gives it, unless its file has one", async () => {
  const rule = {
    ...MULTIPART,
    encoding: { picture: { contentType: "image/png" }, note: { contentType: "text/html" } },
  };
  const { text } = await received(rule, { picture: new Blob(["x"]), note: "<b>" });
  expect(text).toContain('name="picture"; filename="blob"\r\nContent-Type: image/png\r\n');
  expect(text).toContain('name="note"; filename="blob"\r\nContent-Type: text/html\r\n');
  const own = await received(rule, { picture: new Blob(["x"], { type: "image/gif" }) });
  expect(own.text).toContain("Content-Type: image/gif\r\n");
});

it("a file keeps its name where the document gives it its type", async () => {
  const rule = { ...MULTIPART, encoding: { picture: { contentType: "image/png, image/jpeg" } } };
  const { text } = await received(rule, { picture: new File(["x"], "photo.png") });
  expect(text).toContain('name="picture"; filename="photo.png"\r\nContent-Type: image/png\r\n');
});

it("a form that is no object is refused before anything is sent", () => {
  expect(() => writeBody(FORM, "text")).toThrow(TypeError);
  expect(() => writeBody(MULTIPART, null)).toThrow(TypeError);
});

it("where the document says text, the type of a multipart body takes a file", () => {
  type Upload = { picture: string; others?: string[]; size: number };
  const body: MultipartBody<Upload> = { picture: new Blob([]), others: [new Blob([]), "text"], size: 1 };
  // @ts-expect-error a number is no file
  const wrong: MultipartBody<Upload> = { picture: "text", size: new Blob([]) };
  expect([body, wrong]).toHaveLength(2);
});

describe("a body of several media types", () => {
  const rules: readonly RequestBodyRule[] = [
    { mediaType: "application/json", as: "json" },
    { mediaType: "text/csv; header=present", as: "text" },
    FORM,
    { mediaType: "image/*", as: "binary" },
    { mediaType: "application/pdf", as: "binary" },
  ];
  const types = async (body: unknown, contentType?: string, all = rules) => {
    const { type, text } = await received(all, body, contentType);
    return [type, text];
  };

  it("is the first of them, or what the caller says", async () => {
    expect(await types({ a: 1 })).toEqual(["application/json", '{"a":1}']);
    expect(await types("a,b", "text/csv; header=present")).toEqual(["text/csv; header=present", "a,b"]);
    expect(await types({ a: 1 }, "application/x-www-form-urlencoded")).toEqual([FORM.mediaType, "a=1"]);
    expect(await types(new Blob(["x"]), "image/webp")).toEqual(["image/webp", "x"]);
    expect(await types(new Blob(["x"], { type: "image/gif" }), "image/webp")).toEqual(["image/webp", "x"]);
  });

  it("is what a file says of itself, where that is described", async () => {
    expect(await types(new Blob(["x"], { type: "image/gif" }))).toEqual(["image/gif", "x"]);
    const octets: RequestBodyRule = { mediaType: "application/octet-stream", as: "binary" };
    expect(await types(new Blob(["x"], { type: "image/gif" }), undefined, [octets])).toEqual([
      octets.mediaType,
      "x",
    ]);
  });

  it("is refused where its type is left open, or none that is described", async () => {
    const range = rules.slice(3);
    const open = new TypeError("post: contentType is needed: image/* is a range");
    await expect(types(new Uint8Array([1]), undefined, range)).rejects.toThrow(open);
    await expect(types(new Blob(["x"]), undefined, range)).rejects.toThrow(open);
    const unknown = new TypeError("post: no body of type video/mp4 is described");
    await expect(types("x", "video/mp4")).rejects.toThrow(unknown);
  });

  it("of any type is JSON, or text, where its schema says so", async () => {
    expect(await types({ a: 1 }, undefined, [{ mediaType: "*/*", as: "json" }])).toEqual([
      "application/json",
      '{"a":1}',
    ]);
    expect(await types("a", undefined, [{ mediaType: "text/*", as: "text" }])).toEqual(["text/plain", "a"]);
  });
});

describe("text, which is sent as UTF-8", () => {
  it.each([
    ["text/plain; charset=iso-8859-1", "text/plain; charset=utf-8"],
    ['text/csv;Charset="us-ascii"; header=present', "text/csv;Charset=utf-8; header=present"],
    ["text/plain; charset=UTF-8", "text/plain; charset=UTF-8"],
    ["text/plain", "text/plain;charset=utf-8"],
    ["text/csv", "text/csv"],
  ])("is said to be so: %s", async (mediaType, type) => {
    expect(await received({ mediaType, as: "text" }, "é")).toEqual({ type, text: "é" });
  });

  it("is of any charset where it is ASCII", async () => {
    expect((await received({ mediaType: "text/plain", as: "text" }, "e")).type).toBe("text/plain");
  });

  it("is said to be so as JSON, and as a part", async () => {
    const latin = "application/json; charset=iso-8859-1";
    expect(await received({ mediaType: latin, as: "json" }, "é")).toEqual({
      type: "application/json; charset=utf-8",
      text: '"é"',
    });
    const encoding = { note: { contentType: "text/plain; charset=iso-8859-1" } };
    const { text } = await received({ ...MULTIPART, encoding }, { note: "é" });
    expect(text).toContain("Content-Type: text/plain; charset=utf-8\r\n\r\né\r\n");
  });

  it("is what its bytes are where they are given", async () => {
    const rule: RequestBodyRule = { mediaType: "text/plain; charset=iso-8859-1", as: "text" };
    expect((await received(rule, new Blob([Uint8Array.of(0xe9)]))).type).toBe(rule.mediaType);
  });
});

it("a form's property may be said to be JSON", () => {
  const encoding = { id: { contentType: "application/json" }, note: { contentType: "text/plain" } };
  expect(writeBody({ ...FORM, encoding }, { id: "a~", note: "b", none: null })).toBe(
    "id=%22a%7E%22&note=b&none=",
  );
});

it("a form's encoding has the defaults of a query parameter where any field says that it has a style", () => {
  const encoding = {
    a: { allowReserved: true },
    b: { explode: true },
    c: { style: "spaceDelimited" },
  } as const;
  expect(writeBody({ ...FORM, encoding }, { a: "/x y", b: { k: 1 }, c: [1, 2] })).toBe(
    "a=/x%20y&k=1&c=1%202",
  );
});
