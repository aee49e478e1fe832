import { describe, expect, it, vi } from "vitest";
import { operationValidators } from "../../generator/runtime/contract.js";
import type { ContractRules, HeaderChecks } from "../../generator/runtime/contract-rules.js";
import { RequestError } from "../../generator/runtime/errors.js";
import { headerIssues } from "../../generator/runtime/header-check.js";
import { jsonLinesReader } from "../../generator/runtime/json-lines.js";
import { guardOf, mergeOptions, type Validation } from "../../generator/runtime/options.js";
import * as v from "../../generator/runtime/schema.js";
import { itemsWriter } from "../../generator/runtime/write-items.js";
import { json, startServer } from "../support/server.js";
import { call, failureOf, JSON_BODY, listen, parameter } from "./rules.js";

const THING = v.object({ properties: { name: v.string(), size: v.optional(v.number({ minimum: 1 })) } });

function rulesOf(rules: Partial<ContractRules> = {}): ContractRules {
  return {
    id: "getThings",
    parameters: {},
    body: [],
    responses: { "200": [{ ...JSON_BODY, check: THING }] },
    ...rules,
  };
}

function validatorsOf(rules: Partial<ContractRules> = {}) {
  return { getThings: operationValidators<object, { "200": object }>(() => rulesOf(rules)) };
}

const LIMIT = {
  name: "page-size",
  in: "query",
  required: true,
  check: v.number({ maximum: 100 }),
} as const;

describe("a request that is validated", () => {
  const rule = { parameters: [parameter("page-size", "query", { argument: "limit" })], body: [JSON_BODY] };
  const validators = validatorsOf({
    parameters: { limit: LIMIT },
    body: [{ ...JSON_BODY, check: THING }],
    isBodyRequired: true,
  });

  it("is not sent where it is not valid; the error says where, by which keyword, and why", async () => {
    const server = await startServer(json(200, { name: "a" }));
    const args = { limit: 101, body: { size: 0 } };
    const error = await failureOf(call({ rule, args, validators, baseUrl: server.url }));
    expect(server.requests).toEqual([]);
    expect(error).toMatchObject({ kind: "invalidRequest", operationId: "getThings" });
    expect(error.issues).toEqual([
      {
        in: "body",
        pointer: "",
        path: [],
        keyword: "required",
        message: 'must have the property "name"',
      },
      { in: "body", pointer: "/size", path: ["size"], keyword: "minimum", message: "must be at least 1" },
      {
        in: "query",
        name: "page-size",
        pointer: "",
        path: [],
        keyword: "maximum",
        message: "must be at most 100",
      },
    ]);
    expect(error.message).toBe(
      'getThings: the request is not what the document describes: body must have the property "name"; ' +
        "body /size must be at least 1; query page-size must be at most 100",
    );
  });

  it.each([[[]], [{}], [[null]], [{ a: undefined }]])(
    "has none of a list of which nothing is sent: %j",
    (ids) => {
      const check = v.any;
      const ownRule = { name: "ids", in: "query", required: true, leavesOutEmpty: true, check } as const;
      const { request } = validatorsOf({ parameters: { ids: ownRule } }).getThings;
      expect(request({ ids })).toMatchObject([
        { name: "ids", keyword: "required", message: "must be given" },
      ]);
      expect(request({ ids: ["a"] })).toEqual([]);
    },
  );

  it("misses what is required", async () => {
    const error = await failureOf(call({ rule, validators, baseUrl: "http://127.0.0.1:1" }));
    expect(error.issues?.map(({ in: part, name, keyword }) => [part, name, keyword])).toEqual([
      ["body", undefined, "required"],
      ["query", "page-size", "required"],
    ]);
  });

  it.each<[name: string, validate: Validation, sent: number]>([
    ["is sent where nobody looks", { requests: "off" }, 1],
    ["is sent with a warning", { requests: "warn" }, 1],
    ["is not sent, whatever becomes of responses", { responses: "off" }, 0],
  ])("%s", async (_name, validate, sent) => {
    const warn = vi.spyOn(console, "warn").mockImplementation(() => undefined);
    const server = await startServer(json(200, { name: "a" }));
    const calling = call({ rule, validators, validate, baseUrl: server.url });
    if (sent > 0) expect(await calling).toMatchObject({ ok: true });
    else expect((await failureOf(calling)).kind).toBe("invalidRequest");
    expect(server.requests).toHaveLength(sent);
    expect(warn.mock.calls.flat().map(String)).toEqual(
      validate.requests === "warn" ? [expect.stringMatching(/^getThings: the request is not/)] : [],
    );
    warn.mockRestore();
  });

  it("hands the error to a function, and is sent", async () => {
    const errors: RequestError[] = [];
    const server = await startServer(json(200, { name: "a" }));
    const validate = { requests: (error: RequestError) => void errors.push(error) };
    expect(await call({ rule, validators, validate, baseUrl: server.url })).toMatchObject({ ok: true });
    expect(errors.map(({ kind }) => kind)).toEqual(["invalidRequest"]);
  });

  it("counts the issues that nobody would read", async () => {
    const list = { ...JSON_BODY, check: v.array({ items: v.string() }) };
    const many = validatorsOf({ body: [list] });
    const args = { body: [1, 2, 3, 4, 5, 6, 7] };
    const error = await failureOf(call({ rule, args, validators: many, baseUrl: "http://127.0.0.1:1" }));
    expect(error.issues).toHaveLength(7);
    expect(error.message).toMatch(/body \/4 must be a string; and 2 more$/);
  });
});

describe("arguments that are no plain JSON", () => {
  const { request } = operationValidators(() =>
    rulesOf({
      parameters: {
        filter: { name: "filter", in: "query", allowEmptyValue: true, check: v.number() },
        constructor: { name: "constructor", in: "query" as const, check: v.number() },
      },
      body: [
        {
          mediaType: "multipart/form-data",
          as: "multipart",
          check: v.object({
            properties: { file: v.string(), size: v.number(), files: v.array({ items: v.string() }) },
          }),
        },
        { mediaType: "application/jsonl", as: "jsonLines", check: v.number() },
        { mediaType: "text/event-stream", as: "events", check: v.number() },
        { mediaType: "application/json-seq", as: "jsonSequence", check: v.number() },
        { ...JSON_BODY, check: v.object({ properties: { file: v.string() } }) },
      ],
    }),
  );
  const file = new Blob(["x"]);

  it.each<[name: string, args: object, issues: string[]]>([
    ["an empty value that is allowed", { filter: "" }, []],
    ["a parameter that every object seems to have", {}, []],
    ["files in place of text", { body: { file, size: 1, files: [file, "a"] } }, []],
    [
      "a file as a test's environment has it",
      { body: { file: { [Symbol.toStringTag]: "File" }, size: 1, files: [] } },
      [],
    ],
    [
      "another field of a form",
      { body: { file, size: "1", files: [file, 1] } },
      ["/size type", "/files/1 type"],
    ],
    ["items", { body: [1, "2"], contentType: "application/jsonl" }, ["/1 type"]],
    ["events", { body: [1, "2"], contentType: "text/event-stream" }, ["/1 type"]],
    ["texts of a sequence", { body: [1, "2"], contentType: "application/json-seq" }, ["/1 type"]],
    [
      "a file where JSON has no place for one",
      { body: { file }, contentType: "application/json" },
      ["/file type"],
    ],
    ["items that come", { body: (function* () {})(), contentType: "application/jsonl" }, []],
    ["bytes", { body: file }, []],
  ])("%s", (_name, args, issues) => {
    expect(request(args).map(({ pointer, keyword }) => `${pointer} ${keyword}`)).toEqual(issues);
  });
});

/** A server that writes down what comes, and whether all of it did. */
async function receiver() {
  const state = { text: "", isComplete: false };
  const baseUrl = await listen((request, response) => {
    request.setEncoding("utf8").on("data", (text: string) => (state.text += text));
    request.on("end", () => {
      state.isComplete = true;
      response.writeHead(204).end();
    });
  });
  return { baseUrl, state };
}

async function* comingItems() {
  yield* [{ name: "a" }, { name: 1 }];
}

describe("items that are sent as they come", () => {
  const media = { mediaType: "application/jsonl", as: "jsonLines" } as const;
  const rule = { method: "PUT", body: [{ ...media, write: itemsWriter }], responses: { "204": [] } };
  const validators = validatorsOf({ body: [{ ...media, check: THING }] });
  const wrong = "getThings: the request is not what the document describes: body /1/name must be a string";

  it("end the call at the first that is not valid", async () => {
    const { baseUrl, state } = await receiver();
    const steps: string[] = [];
    async function* items() {
      try {
        yield { name: "a" };
        await expect.poll(() => state.text).toBe('{"name":"a"}\n');
        yield { name: 1 };
        steps.push("went on");
      } finally {
        steps.push("returned");
      }
    }
    const error = await failureOf(call({ rule, validators, baseUrl, args: { body: items() }, retry: 2 }));
    expect(error).toMatchObject({ kind: "invalidRequest", message: wrong });
    expect(error.issues).toEqual([
      {
        in: "body",
        pointer: "/1/name",
        path: [1, "name"],
        keyword: "type",
        message: "must be a string",
      },
    ]);
    await expect.poll(() => steps).toEqual(["returned"]);
    expect(state).toEqual({ text: '{"name":"a"}\n', isComplete: false });
  });

  it.each<[name: string, validate: Validation, warnings: string[]]>([
    ["are sent with a warning", { requests: "warn" }, [wrong]],
    ["are sent where nobody looks", { requests: "off" }, []],
  ])("%s", async (_name, validate, warnings) => {
    const warn = vi.spyOn(console, "warn").mockImplementation(() => undefined);
    const { baseUrl, state } = await receiver();
    const result = await call({ rule, validators, validate, baseUrl, args: { body: comingItems() } });
    expect(result).toMatchObject({ status: 204 });
    expect(state).toEqual({ text: '{"name":"a"}\n{"name":1}\n', isComplete: true });
    expect(warn.mock.calls).toEqual(warnings.map((text) => [text]));
    warn.mockRestore();
  });

  it.each([
    ["a set", () => new Set([{ name: "a" }, { name: 1 }])],
    ["an iterator", () => [{ name: "a" }, { name: 1 }].values()],
  ])("are not sent where they are at hand: %s", async (_name, body) => {
    const { baseUrl, state } = await receiver();
    const error = await failureOf(call({ rule, validators, baseUrl, args: { body: body() }, retry: 2 }));
    expect(error).toMatchObject({ kind: "invalidRequest", message: wrong });
    expect(state).toEqual({ text: "", isComplete: false });
  });

  it("are held against their media type, a list once", async () => {
    const { baseUrl, state } = await receiver();
    const other = { mediaType: "application/json-seq", as: "jsonSequence" } as const;
    const body = [rule.body[0]!, { ...other, write: itemsWriter }];
    const both = validatorsOf({
      body: [
        { ...media, check: THING },
        { ...other, check: v.number() },
      ],
    });
    const errors: RequestError[] = [];
    const validate = { requests: (error: RequestError) => void errors.push(error) };
    const settings = { rule: { ...rule, body }, validators: both, validate, baseUrl };
    await call({ ...settings, args: { body: new Set([1, "2"]), contentType: other.mediaType } });
    await call({ ...settings, args: { body: [{ name: 1 }] } });
    expect(errors.map(({ issues }) => issues?.map(({ pointer }) => pointer))).toEqual([["/1"], ["/0/name"]]);
    expect(state.text).toBe('\u001e1\n\u001e"2"\n{"name":1}\n');
  });
});

describe("a response that is validated", () => {
  it("is an error where its body is not valid", async () => {
    const server = await startServer(json(200, { name: 1 }));
    const error = await failureOf(call({ validators: validatorsOf(), baseUrl: server.url }));
    expect(error).toMatchObject({ kind: "invalidResponse", operationId: "getThings" });
    expect(error.response?.status).toBe(200);
    expect(error.issues).toMatchObject([{ in: "body", pointer: "/name", keyword: "type" }]);
    expect(error.message).toBe(
      "getThings: the body of status 200 is not what the document describes: body /name must be a string",
    );
  });

  it("is held against what the document says of its status and media type", async () => {
    const responses = {
      "200": [
        { ...JSON_BODY, check: THING },
        { mediaType: "application/hal+json", as: "json", check: v.number() },
      ],
      "4XX": [{ ...JSON_BODY, check: v.string() }],
    } as const;
    const rule = { responses: { "200": responses["200"], "4XX": responses["4XX"] } };
    const hal = { "Content-Type": "application/hal+json" };
    const server = await startServer(json(200, 5, hal), json(404, "gone"), json(404, 5));
    const settings = { rule, validators: validatorsOf({ responses }), baseUrl: server.url };
    expect(await call(settings)).toMatchObject({ data: 5 });
    expect(await call(settings)).toMatchObject({ status: 404, error: "gone" });
    expect((await failureOf(call(settings))).issues).toMatchObject([{ keyword: "type" }]);
  });

  it("has no body that could be wrong where HEAD asks for none", async () => {
    const server = await startServer({ status: 200, headers: { "Content-Type": "application/json" } });
    const rule = { method: "HEAD" as const };
    const result = await call({ rule, validators: validatorsOf(), baseUrl: server.url });
    expect(result).toMatchObject({ ok: true, data: undefined });
  });

  it("comes through with a warning, or where nobody looks", async () => {
    const warn = vi.spyOn(console, "warn").mockImplementation(() => undefined);
    const server = await startServer(json(200, { name: 1 }));
    for (const responses of ["warn", "off"] as const)
      expect(
        await call({ validators: validatorsOf(), validate: { responses }, baseUrl: server.url }),
      ).toMatchObject({ data: { name: 1 } });
    expect(warn.mock.calls).toHaveLength(1);
    warn.mockRestore();
  });

  it("looks at the items of a stream as they come, and closes the connection at the first that is wrong", async () => {
    const body = '{"name":"a"}\n{"name":1}\n{"name":"c"}\n';
    const media = { mediaType: "application/jsonl", as: "jsonLines" } as const;
    const server = await startServer({ status: 200, headers: { "Content-Type": media.mediaType }, body });
    const rule = { responses: { "200": [{ ...media, read: jsonLinesReader }] } };
    const validators = validatorsOf({ responses: { "200": [{ ...media, check: THING }] } });
    const result = await call({ rule, validators, baseUrl: server.url });
    const seen: unknown[] = [];
    const reading = (async () => {
      for await (const item of (result as { data: AsyncIterable<unknown> }).data) seen.push(item);
    })();
    expect(await failureOf(reading)).toMatchObject({ kind: "invalidResponse" });
    expect(seen).toEqual([{ name: "a" }]);
    const other = (await call({ rule, validators, baseUrl: server.url })) as unknown as {
      data: { cancel: () => Promise<void> };
    };
    await other.data.cancel();
  });
});

describe("the headers of a response that is validated", () => {
  const number = { as: "value", types: ["number"] } as const;
  const checks: HeaderChecks = {
    "X-Rate-Limit": { required: true, read: number, check: v.number({ minimum: 0 }) },
    "X-Ids": { read: { ...number, as: "array" }, check: v.array({ items: v.number(), maxItems: 2 }) },
    "X-Range": {
      read: { as: "object", explode: true, properties: { from: ["number"] } },
      check: v.object({ properties: { from: v.number() } }),
    },
    "X-Size": {
      read: { as: "object", explode: false, properties: { width: ["number"] } },
      check: v.object({ properties: { width: v.number() } }),
    },
    "X-Meta": { read: { as: "json" }, check: THING },
    "X-Either": {
      read: { as: "value", types: ["number", "string"] },
      check: v.anyOf(v.number({ maximum: 3 }), v.string()),
    },
    "X-Nested": { required: true },
  };
  const headers = { checks: { "200": checks }, look: headerIssues };
  const validators = validatorsOf({ headers });
  const valid = { "X-Rate-Limit": "1", "X-Nested": "" };

  it.each<[headers: Record<string, string>, issues: string[]]>([
    [valid, []],
    [{ ...valid, "x-ids": "1, 2", "x-range": "from=1", "x-meta": '{"name":"a"}', "x-either": "5" }, []],
    [{}, ["X-Rate-Limit : must be given", "X-Nested : must be given"]],
    [{ ...valid, "X-Rate-Limit": "-1" }, ["X-Rate-Limit : must be at least 0"]],
    [{ ...valid, "X-Rate-Limit": "many" }, ["X-Rate-Limit : must be a number"]],
    [{ ...valid, "X-Ids": "1,b" }, ["X-Ids /1: must be a number"]],
    [{ ...valid, "X-Ids": "1,2,3" }, ["X-Ids : must have at most 2 items"]],
    [{ ...valid, "X-Range": "from=b" }, ["X-Range /from: must be a number"]],
    [{ ...valid, "X-Range": "to=1" }, ['X-Range : must have the property "from"']],
    [{ ...valid, "X-Size": "width,2" }, []],
    [{ ...valid, "X-Size": "width,b" }, ["X-Size /width: must be a number"]],
    [{ ...valid, "X-Meta": "{" }, ["X-Meta : must be JSON"]],
    [{ ...valid, "X-Meta": "{}" }, ['X-Meta : must have the property "name"']],
  ])("are held against what the document says: %j", async (sent, issues) => {
    const server = await startServer(json(200, { name: "a" }, sent));
    const errors: RequestError[] = [];
    const validate = { responses: (error: RequestError) => void errors.push(error) };
    expect(await call({ validators, validate, baseUrl: server.url })).toMatchObject({ ok: true });
    const found = errors.flatMap((error) => error.issues ?? []);
    expect(found.map(({ name, pointer, message }) => `${name} ${pointer}: ${message}`)).toEqual(issues);
    expect(found.every((issue) => issue.in === "header")).toBe(true);
  });

  it("are named beside the body, in one error", async () => {
    const server = await startServer(
      json(200, { name: 1 }, valid),
      json(200, { name: 1 }, { "X-Nested": "" }),
    );
    const first = await failureOf(call({ validators, baseUrl: server.url }));
    expect(first.message).toMatch(/^getThings: the body of status 200 is not/);
    const error = await failureOf(call({ validators, baseUrl: server.url }));
    expect(error).toMatchObject({
      kind: "invalidResponse",
      issues: [{ name: "X-Rate-Limit" }, { in: "body" }],
    });
    expect(error.message).toBe(
      "getThings: the response of status 200 is not what the document describes: " +
        "header X-Rate-Limit must be given; body /name must be a string",
    );
  });

  it("are looked at where there is no body, where they are of this status, and where someone asks", async () => {
    const responses = { "200": [], "404": [] };
    const bodiless = validatorsOf({ headers, responses });
    const server = await startServer({ status: 200 }, { status: 404 }, { status: 200 });
    const settings = { rule: { responses }, validators: bodiless, baseUrl: server.url };
    expect((await failureOf(call(settings))).issues).toHaveLength(2);
    expect(await call(settings)).toMatchObject({ status: 404 });
    expect(await call({ ...settings, validate: { responses: "off" } })).toMatchObject({ ok: true });
  });

  it("are not missed where a browser may hide them, or whoever stands between takes them away", () => {
    const ofMessage = { "Content-Length": checks["X-Rate-Limit"]! };
    expect(headerIssues(ofMessage, new Response())).toEqual([]);
    expect(headerIssues(ofMessage, new Response(null, { headers: { "Content-Length": "x" } }))).toHaveLength(
      1,
    );
    const hidden = Object.defineProperty(new Response(), "type", { value: "cors" });
    expect(headerIssues(checks, hidden)).toEqual([]);
    expect(headerIssues(checks, new Response())).toHaveLength(2);
  });
});

describe("what is nested more deeply than the stack allows", () => {
  const text = "[".repeat(100_000) + "]".repeat(100_000);
  const deep: unknown = JSON.parse(text);
  const lists: v.Schema<unknown> = v.schema(() => v.array({ items: v.ref(() => lists) }));
  const { check } = lists;
  const tooDeep = { keyword: "depth", pointer: "", path: [], message: "must not be nested so deeply" };

  it("is said of the part of a request that it is in", () => {
    const parameters = { limit: { ...LIMIT, check } };
    const { request, args } = validatorsOf({ parameters, body: [{ ...JSON_BODY, check }] }).getThings;
    expect(request({ limit: deep, body: [] })).toEqual([{ ...tooDeep, in: "query", name: "page-size" }]);
    expect(request({ limit: [1], body: deep })).toMatchObject([
      { in: "body", keyword: "depth", pointer: "" },
      { in: "query", keyword: "type", pointer: "/0" },
    ]);
    expect(args.is({ limit: [], body: deep })).toBe(false);
  });

  it("is a RequestError of a response", async () => {
    const headers = { "Content-Type": "application/json" };
    const server = await startServer({ status: 200, headers, body: text });
    const validators = validatorsOf({ responses: { "200": [{ ...JSON_BODY, check }] } });
    const error = await failureOf(call({ validators, baseUrl: server.url }));
    expect(error).toMatchObject({ kind: "invalidResponse", issues: [{ ...tooDeep, in: "body" }] });
  });

  it("is said of a header", () => {
    const checks: HeaderChecks = { "X-Lists": { read: { as: "json" }, check } };
    const response = new Response(null, { headers: { "X-Lists": text } });
    expect(headerIssues(checks, response)).toEqual([{ ...tooDeep, in: "header", name: "X-Lists" }]);
  });
});

describe("the options of a call", () => {
  it("go before the client's, one by one", () => {
    const validators = validatorsOf();
    const merged = mergeOptions(
      { validators, validate: { requests: "warn", responses: "warn" } },
      { validate: { responses: "off" } },
    );
    expect(merged.validators).toBe(validators);
    expect(merged.validate).toEqual({ requests: "warn", responses: "off" });
  });

  it("find no validators in the prototype of objects", () => {
    expect(guardOf("constructor", { validators: {} })).toBeUndefined();
    expect(guardOf("getThings", {})).toBeUndefined();
  });
});

describe("the Standard Schemas of an operation", () => {
  const validators = operationValidators<{ limit: number }, { "200": { name: string } }>(() =>
    rulesOf({ parameters: { limit: LIMIT } }),
  );

  it("are those of its arguments and of its responses", () => {
    expect(validators.args["~standard"].validate({ limit: 1 })).toEqual({ value: { limit: 1 } });
    expect(validators.args["~standard"].validate({ limit: "1" })).toMatchObject({
      issues: [{ message: "must be a number", path: ["limit"] }],
    });
    expect(validators.args.issues(null)).toMatchObject([{ keyword: "type", pointer: "" }]);
    expect(validators.responses["200"].is({ name: "a" })).toBe(true);
    expect(validators.responses["200"].is({})).toBe(false);
  });
});
