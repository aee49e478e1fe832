import { describe, expect, it } from "vitest";
import { multipartWriter } from "../../generator/runtime/multipart.js";
import type { RequestBodyRule } from "../../generator/runtime/operation.js";
import { startServer } from "../support/server.js";
import { call } from "./rules.js";

const FORM: RequestBodyRule = { mediaType: "multipart/form-data", as: "multipart" };

/** The parts that a server received, each as its lines. */
async function received(rule: RequestBodyRule, body: unknown, partHeaders?: unknown) {
  const server = await startServer({ status: 204 });
  const operation = { method: "POST", body: [rule], responses: { "204": [] } };
  await call({ baseUrl: server.url, rule: operation, args: { body, partHeaders } });
  const [request] = server.requests;
  const [, type = "", boundary = ""] =
    /^(.+); boundary=(.+)$/.exec(request?.headers["content-type"] ?? "") ?? [];
  const [before, ...parts] = (request?.body ?? "").split(`--${boundary}`);
  expect([before, parts.pop()]).toEqual(["", "--\r\n"]);
  return { type, parts: parts.map((part) => part.slice(2, -2).split("\r\n")) };
}

const disposition = (name: string, file?: string) =>
  `Content-Disposition: form-data; name="${name}"${file === undefined ? "" : `; filename="${file}"`}`;

describe("multipart/form-data with the styles of RFC 6570", () => {
  it("has a part a pair, and no percent-encoding", async () => {
    const encoding = {
      list: { style: "form" },
      joined: { explode: false },
      piped: { style: "pipeDelimited" },
      spaced: { style: "spaceDelimited" },
      deep: { style: "deepObject" },
      flat: { allowReserved: false },
    } as const;
    const value = ["a b", "ü"];
    const object = { "R/": 1, G: 2 };
    const body = { list: value, joined: value, piped: value, spaced: value, deep: object, flat: object };
    expect((await received({ ...FORM, encoding }, body)).parts).toEqual([
      [disposition("list"), "", "a b"],
      [disposition("list"), "", "ü"],
      [disposition("joined"), "", "a b,ü"],
      [disposition("piped"), "", "a b|ü"],
      [disposition("spaced"), "", "a b ü"],
      [disposition("deep[R/]"), "", "1"],
      [disposition("deep[G]"), "", "2"],
      [disposition("R/"), "", "1"],
      [disposition("G"), "", "2"],
    ]);
  });
});

describe("the type of a part", () => {
  const encoding = {
    picture: { contentType: "image/*, image/png, image/jpeg" },
    text: { contentType: "text/xml" },
  };

  it("is the first of the encoding that is no range, unless its file has one", async () => {
    const body = { picture: [new Blob(["a"]), new Blob(["b"], { type: "image/jpeg" })], text: "<a/>" };
    const { parts } = await received({ ...FORM, encoding }, body);
    expect(parts.map((part) => part[1])).toEqual([
      "Content-Type: image/png",
      "Content-Type: image/jpeg",
      "Content-Type: text/xml",
    ]);
  });

  it("cannot be one that an object has no text in", async () => {
    const error = new TypeError("text: an object cannot be written as text/xml: give a Blob");
    await expect(received({ ...FORM, encoding }, { text: { a: 1 } })).rejects.toThrow(error);
    const { parts } = await received({ ...FORM, encoding }, { text: new Blob(["<a/>"]) });
    expect(parts).toEqual([[disposition("text", "blob"), "Content-Type: text/xml", "", "<a/>"]]);
  });
});

describe("parts with headers", () => {
  const encoding = {
    files: { headers: { "Content-Location": { as: "value", types: ["string"] } } },
    one: {
      contentType: "application/json",
      headers: {
        "X-Limits": { as: "array", types: ["number"] },
        "X-Color": { as: "object", explode: true, properties: {} },
        "X-Json": { as: "json" },
      },
    },
  } as const;
  const rule: RequestBodyRule = { ...FORM, encoding, write: multipartWriter };

  it("arrive with them: those of a list one by one, or all alike", async () => {
    const body = {
      files: [new File(["ä"], 'a"\r\n.txt', { type: "text/plain" }), new Blob(["b"])],
      one: { a: 1 },
      'na"me': "x",
    };
    const partHeaders = {
      files: [{ "Content-Location": "/a" }, { "Content-Location": "/b" }],
      one: {
        "X-Limits": [1, 2],
        "X-Color": { R: 1, G: 2 },
        "X-Json": { a: 1 },
        "X-Unknown": "not described",
      },
    };
    expect(await received(rule, body, partHeaders)).toEqual({
      type: "multipart/form-data",
      parts: [
        [disposition("files", "a%22%0D%0A.txt"), "Content-Type: text/plain", "Content-Location: /a", "", "ä"],
        [
          disposition("files", "blob"),
          "Content-Type: application/octet-stream",
          "Content-Location: /b",
          "",
          "b",
        ],
        [
          disposition("one"),
          "Content-Type: application/json",
          "X-Limits: 1,2",
          "X-Color: R=1,G=2",
          'X-Json: {"a":1}',
          "",
          '{"a":1}',
        ],
        [disposition("na%22me"), "", "x"],
      ],
    });
    const alike = await received(rule, { files: ["a", "b"] }, { files: { "Content-Location": "/x" } });
    expect(alike.parts.map((part) => part[1])).toEqual(["Content-Location: /x", "Content-Location: /x"]);
    expect((await received(rule, { files: "a" })).parts).toEqual([[disposition("files"), "", "a"]]);
  });

  it("cannot have a header of two lines", async () => {
    const partHeaders = { files: { "Content-Location": "/a\r\nX-More: b" } };
    const result = received(rule, { files: "a" }, partHeaders);
    await expect(result).rejects.toThrow(new TypeError("Content-Location: a header is one line"));
  });
});

it("a part is a file where its caller gives one, whatever its type", async () => {
  const encoding = { note: { contentType: "text/html" }, scan: { contentType: "image/png" } };
  const body = { note: "<b>", meta: [{ a: 1 }], scan: new File(["x"], "scan.png"), raw: new Blob(["y"]) };
  expect((await received({ ...FORM, encoding, write: multipartWriter }, body)).parts).toEqual([
    [disposition("note"), "Content-Type: text/html", "", "<b>"],
    [disposition("meta"), "Content-Type: application/json", "", '{"a":1}'],
    [disposition("scan", "scan.png"), "Content-Type: image/png", "", "x"],
    [disposition("raw", "blob"), "Content-Type: application/octet-stream", "", "y"],
  ]);
});

describe("parts without names", () => {
  const rule: RequestBodyRule = {
    mediaType: "multipart/mixed",
    as: "multipart",
    prefixEncoding: [{}, { contentType: "image/*" }],
    itemEncoding: {
      contentType: "text/html",
      headers: { "Content-Location": { as: "value", types: ["string"] } },
    },
    write: multipartWriter,
  };

  it("arrive in their order, each by its encoding", async () => {
    const body = [{ author: "A" }, new Blob(["png"], { type: "image/png" }), "<p>", "<q>"];
    const partHeaders = [undefined, undefined, { "Content-Location": "/p" }];
    expect(await received(rule, body, partHeaders)).toEqual({
      type: "multipart/mixed",
      parts: [
        ["Content-Type: application/json", "", '{"author":"A"}'],
        ["Content-Type: image/png", "", "png"],
        ["Content-Type: text/html", "Content-Location: /p", "", "<p>"],
        ["Content-Type: text/html", "", "<q>"],
      ],
    });
  });

  it("are named by their number where they are nothing that can be sent", () => {
    expect(() => multipartWriter(rule, ["a", "b", {}], {})).toThrow(
      "part 3: an object cannot be written as text/html: give a Blob",
    );
  });

  it("have a boundary that differs each time", async () => {
    const boundaries = [1, 2].map(() => multipartWriter(rule, [], {}).type);
    expect(new Set(boundaries).size).toBe(2);
  });
});
