import { describe, expect, it, vi } from "vitest";
import type { SecuritySchemes } from "../../generator/runtime/operation.js";
import { json, startServer } from "../support/server.js";
import { call, failureOf, JSON_BODY } from "./rules.js";

const SCHEMES: SecuritySchemes = {
  bearer: { kind: "bearer" },
  basic: { kind: "basic" },
  header: { kind: "apiKey", in: "header", name: "X-Api-Key" },
  query: { kind: "apiKey", in: "query", name: "api_key" },
  cookie: { kind: "apiKey", in: "cookie", name: "sid" },
  named: { kind: "apiKey", in: "header", name: "authorization" },
};

const OK = json(200, 1);

/** The credentials that arrive: headers of interest, and the query. */
async function credentials(security: readonly (readonly string[])[], auth: object | undefined) {
  const server = await startServer(OK);
  await call({ baseUrl: server.url, rule: { security }, schemes: SCHEMES, auth });
  const { headers, line } = server.requests[0]!;
  const sent = {
    authorization: headers.authorization,
    "x-api-key": headers["x-api-key"],
    cookie: headers.cookie,
    query: line.split(/[? ]/).length > 3 ? line.split(/[? ]/)[2] : undefined,
  };
  return Object.fromEntries(Object.entries(sent).filter(([, value]) => value !== undefined));
}

describe("credentials", () => {
  it.each([
    ["bearer", "t0ken", { authorization: "Bearer t0ken" }],
    // RFC 7617, sections 2 and 2.1.
    [
      "basic",
      { username: "Aladdin", password: "open sesame" },
      { authorization: "Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==" },
    ],
    ["basic", { username: "test", password: "123£" }, { authorization: "Basic dGVzdDoxMjPCow==" }],
    ["basic", { username: "", password: "" }, { authorization: "Basic Og==" }],
    ["header", "k", { "x-api-key": "k" }],
    ["query", "k&y", { query: "api_key=k%26y" }],
    ["cookie", "k;y", { cookie: "sid=k%3By" }],
    ["named", "Custom k", { authorization: "Custom k" }],
  ])("travel as the scheme %s says", async (scheme, credential, sent) => {
    expect(await credentials([[scheme]], { [scheme]: credential })).toEqual(sent);
    expect(await credentials([[scheme]], { [scheme]: async () => credential })).toEqual(sent);
  });

  const ALL = { bearer: "b", header: "h", query: "q", cookie: "c" };
  it.each<[security: string[][], auth: object | undefined, sent: object]>([
    [[["bearer"], ["header"]], ALL, { authorization: "Bearer b" }],
    [[["bearer"], ["header"]], { header: "h" }, { "x-api-key": "h" }],
    [[["header", "query"], ["cookie"]], ALL, { "x-api-key": "h", query: "api_key=q" }],
    [[["header", "query"], ["cookie"]], { header: "h", cookie: "c" }, { cookie: "sid=c" }],
    [[["header", "query"]], { header: "h" }, {}],
    [[["bearer"]], undefined, {}],
    [[["bearer"]], { bearer: undefined }, {}],
    [[], ALL, {}],
    // `{}` says that none are needed, not that none are welcome.
    [[[], ["bearer"]], ALL, { authorization: "Bearer b" }],
    [[[], ["bearer"]], {}, {}],
    // A scheme that no client carries, such as mutual TLS.
    [[["mutual"], ["mutual", "bearer"]], ALL, { authorization: "Bearer b" }],
    [[["toString"], ["constructor"]], {}, {}],
    // A function that gives none.
    [[["bearer"], ["header"]], { bearer: () => undefined, header: "h" }, { "x-api-key": "h" }],
    [[["header", "query"], ["cookie"]], { ...ALL, query: async () => undefined }, { cookie: "sid=c" }],
    [[["bearer"]], { bearer: () => undefined }, {}],
  ])("are those of the first alternative that has all: %j with %j", async (security, auth, sent) => {
    expect(await credentials(security, auth)).toEqual(sent);
  });

  it("are asked for once, and not beside one that is missing", async () => {
    const asked: string[] = [];
    const given = (name: string) => () => (asked.push(name), name);
    const security = [
      ["bearer", "query"],
      ["bearer", "cookie"],
      ["bearer", "header"],
    ];
    const auth = {
      bearer: given("bearer"),
      cookie: () => (asked.push("none"), undefined),
      header: given("key"),
    };
    expect(await credentials(security, auth)).toEqual({ authorization: "Bearer bearer", "x-api-key": "key" });
    expect(asked).toEqual(["bearer", "none", "key"]);
  });

  it("of HTTP Basic are refused with a colon in the user's name, which would end it", async () => {
    const auth = { basic: { username: "a:b", password: "c:d" } };
    await expect(credentials([["basic"]], auth)).rejects.toThrow(
      new TypeError("HTTP Basic: a user's name cannot hold a colon"),
    );
    const password = { basic: { username: "a", password: "b:c" } };
    expect(await credentials([["basic"]], password)).toEqual({ authorization: "Basic YTpiOmM=" });
  });

  it("fail as the function that gives them", async () => {
    const reason = new Error("signed out");
    await expect(credentials([["bearer"]], { bearer: () => Promise.reject(reason) })).rejects.toBe(reason);
  });
});

/** A call whose first server leads to another, or to itself, and what arrives there. */
async function redirected(scheme: string, credential: unknown, { same = false, retry = 0 } = {}) {
  const other = await startServer(OK);
  const first = await startServer(
    { status: 302, headers: { Location: same ? "/next" : `${other.url}/next?token=t` } },
    OK,
  );
  const options = { rule: { security: [[scheme]] }, schemes: SCHEMES, auth: { [scheme]: credential } };
  const result = call({ baseUrl: first.url, retry, ...options });
  return { result, first: first.requests, other: other.requests, address: `${other.url}/next` };
}

describe("a redirect", () => {
  it.each([
    ["bearer", "secret"],
    ["basic", { username: "secret", password: "secret" }],
    ["named", "secret"],
    ["query", "secret"],
    ["cookie", "secret"],
  ])("to another origin is followed without credentials: %s", async (scheme, credential) => {
    const { result, other } = await redirected(scheme, credential);
    expect(await result).toMatchObject({ ok: true });
    expect(other.map(({ line }) => line)).toEqual(["GET /next?token=t HTTP/1.1"]);
    expect(JSON.stringify(other)).not.toMatch(/secret|authorization|cookie/i);
  });

  it("is refused with a key in a header of its own, which fetch would take along", async () => {
    const { result, first, other, address } = await redirected("header", "secret", { retry: 3 });
    const error = await failureOf(result);
    expect(error).toMatchObject({ kind: "network", response: { status: 302 } });
    expect(error.message).toBe(
      `getThings: a redirect to ${address} was refused: it would take the key of the request along`,
    );
    expect([first.length, other.length]).toEqual([1, 0]);
  });

  it("is refused where a browser does not say to where", async () => {
    const opaque = Object.defineProperties(Response.error(), { type: { value: "opaqueredirect" } });
    const told: string[] = [];
    const fetch = async ({ redirect }: Request) => (told.push(redirect), opaque);
    const error = await failureOf(
      call({
        fetch,
        rule: { security: [["header"]] },
        schemes: SCHEMES,
        auth: { header: "secret" },
        retry: 3,
      }),
    );
    expect(error.message).toBe(
      "getThings: a redirect was refused: it would take the key of the request along",
    );
    expect([error.kind, told]).toEqual(["network", ["manual"]]);
  });

  it("to the same origin keeps what a redirect keeps", async () => {
    const { result, first } = await redirected("bearer", "secret", { same: true });
    expect(await result).toMatchObject({ ok: true });
    expect(first.map(({ headers }) => headers.authorization)).toEqual(["Bearer secret", "Bearer secret"]);
  });

  it("that the document describes is followed where browsers show none: in their workers, too", async () => {
    vi.stubGlobal("navigator", { userAgent: "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36" });
    try {
      const server = await startServer({ status: 302, headers: { Location: "/next" } }, OK);
      const rule = { responses: { "200": [JSON_BODY], "302": [] } };
      expect(await call({ baseUrl: server.url, rule })).toMatchObject({ ok: true, status: 200 });
    } finally {
      vi.unstubAllGlobals();
    }
  });

  it.each(["302", "3XX"])("that the document describes as %s is a result", async (status) => {
    const server = await startServer({ status: 302, headers: { Location: "/next" } });
    const rule = { security: [["header"]], responses: { [status]: [] } };
    const result = await call({ baseUrl: server.url, rule, schemes: SCHEMES, auth: { header: "secret" } });
    expect(result).toMatchObject({ ok: false, status: 302 });
    expect(result.response.headers.get("Location")).toBe("/next");
    expect(server.requests).toHaveLength(1);
  });
});
