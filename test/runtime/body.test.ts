import { createServer } from "node:http";
import { expect, it, onTestFinished } from "vitest";
import { writeBody, type MultipartBody } from "../../generator/runtime/body.js";
import type { BodyRule } from "../../generator/runtime/operation.js";
import { send } from "../../generator/runtime/send.js";

const FORM: BodyRule = { mediaType: "application/x-www-form-urlencoded", as: "form" };
const MULTIPART: BodyRule = { mediaType: "multipart/form-data", as: "multipart" };

/** What a real server received: the type and the text of the body. */
async function received(rule: BodyRule, body: unknown): Promise<{ type: string; text: string }> {
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
    body: [rule],
    responses: { 204: [] },
    security: [],
  };
  await send(api, operation, { body }, {});
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
