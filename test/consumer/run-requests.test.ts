import { describe, expect, it } from "vitest";
import { loadInstalled } from "../support/installed.js";
import { json, startServer, type LoopbackServer } from "../support/server.js";
import { subjectsOf, type Subject } from "../support/subjects.js";

const installed = await loadInstalled();
const subjects = subjectsOf(installed);

function startFor({ success }: Subject): Promise<LoopbackServer> {
  return startServer(json(success.status, success.data));
}

describe.each(subjects)("a request of $name", (subject) => {
  it("arrives with its line, headers and body", async () => {
    const server = await startFor(subject);
    await subject.call({ baseUrl: server.url, auth: { bearerAuth: "s3cret" } });
    const [request] = server.requests;
    expect(request?.line).toBe(`PUT ${subject.path} HTTP/1.1`);
    expect(request?.headers).toMatchObject({ accept: "application/json", authorization: "Bearer s3cret" });
    expect(request?.headers["content-type"]).toBe(
      subject.body === undefined ? undefined : "application/json",
    );
    expect(request?.body).toBe(subject.body === undefined ? "" : JSON.stringify(subject.body));
    expect(server.requests).toHaveLength(1);
  });

  it("asks a function for the credential of each call", async () => {
    const server = await startFor(subject);
    let count = 0;
    const auth = { bearerAuth: async () => Promise.resolve(`token-${++count}`) };
    await subject.call({ baseUrl: server.url, auth });
    await subject.call({ baseUrl: server.url, auth });
    expect(server.requests.map(({ headers }) => headers.authorization)).toEqual([
      "Bearer token-1",
      "Bearer token-2",
    ]);
  });

  it("has no Authorization where no credential is given", async () => {
    const server = await startFor(subject);
    await subject.call({ baseUrl: server.url });
    expect(server.requests[0]?.headers).not.toHaveProperty("authorization");
  });

  it("fails with the error of the credential's function, and is not sent", async () => {
    const server = await startFor(subject);
    const refused = new Error("no session");
    const auth = { bearerAuth: () => Promise.reject(refused) };
    await expect(subject.call({ baseUrl: server.url, auth })).rejects.toBe(refused);
    expect(server.requests).toEqual([]);
  });

  it("has further headers: those of the client, then those of the call", async () => {
    const server = await startFor(subject);
    const headers = { "X-Client": "client", "X-Both": "client", "X-Left-Out": "client" };
    await subject.call(
      { baseUrl: server.url, auth: { bearerAuth: "a" }, headers },
      {
        headers: { "X-Both": "call", "X-Left-Out": undefined, "X-Call": "call", authorization: "Basic eA==" },
      },
    );
    const received = server.requests[0]?.headers;
    expect(received).toMatchObject({
      "x-client": "client",
      "x-both": "call",
      "x-call": "call",
    });
    expect(received).not.toHaveProperty("x-left-out");
    expect(received).toMatchObject({ authorization: "Basic eA==", accept: "application/json" });
  });

  it.each(["/v7", "/v7/", "/a%20b/v7"])("goes below the path of the base address %s", async (base) => {
    const server = await startFor(subject);
    await subject.call({ baseUrl: server.url + base });
    expect(server.requests[0]?.line).toBe(`PUT ${base.replace(/\/$/, "")}${subject.path} HTTP/1.1`);
  });

  it("follows a redirect, to another origin without the credential", async () => {
    const other = await startFor(subject);
    const server = await startServer({ status: 307, headers: { Location: `${other.url}/elsewhere` } });
    const result = await subject.call({ baseUrl: server.url, auth: { bearerAuth: "s3cret" } });
    expect(result.ok).toBe(true);
    expect(server.requests[0]?.headers.authorization).toBe("Bearer s3cret");
    expect(other.requests[0]?.line).toBe("PUT /elsewhere HTTP/1.1");
    expect(other.requests[0]?.headers).not.toHaveProperty("authorization");
  });

  it("goes through the fetch of the client, or of the call, to the document's server", async () => {
    const { status, data } = subject.success;
    const seen: string[] = [];
    const fetchAs = (name: string) => (request: Request) => {
      seen.push(`${name} ${request.method} ${request.url}`);
      return Promise.resolve(Response.json(data, { status }));
    };
    const results = [
      await subject.call({ fetch: fetchAs("client") }),
      await subject.call({ fetch: fetchAs("client") }, { fetch: fetchAs("call") }),
    ];
    const base = {
      "dynamic-auth": "https://app.dynamicauth.com/api/v0",
      cargo: "https://api.getcargo.io/v1",
    };
    const url = base[subject.name] + subject.path;
    expect(seen).toEqual([`client PUT ${url}`, `call PUT ${url}`]);
    expect(results).toMatchObject([
      { ok: true, status, data },
      { ok: true, status, data },
    ]);
  });
});

describe("the path of dynamic-auth", () => {
  const { createDynamicAuthClient, upgradeSubscriptionForOrganization } = installed.dynamicAuthClient;

  it.each([
    ["a/b", "a%2Fb"],
    ["a b?c#d", "a%20b%3Fc%23d"],
    ["100%", "100%25"],
    ["%2e%2e", "%252e%252e"],
    ["é💶", "%C3%A9%F0%9F%92%B6"],
    ["!'()*", "%21%27%28%29%2A"],
    ["a.b-c_d~e", "a.b-c_d~e"],
    ["...", "..."],
  ])("holds the organization %j as %s", async (organizationId, segment) => {
    const server = await startServer(json(404, { error: "none", code: "none" }));
    await upgradeSubscriptionForOrganization({ organizationId }, { baseUrl: server.url });
    expect(server.requests[0]?.line).toBe(`PUT /organizations/${segment}/billing/upgrade HTTP/1.1`);
  });

  it.each(["..", ".", ""])(
    "refuses the organization %j, which would lead elsewhere",
    async (organizationId) => {
      const server = await startServer({ status: 204 });
      const call = createDynamicAuthClient({ baseUrl: server.url }).upgradeSubscriptionForOrganization({
        organizationId,
      });
      await expect(call).rejects.toThrow(TypeError);
      expect(server.requests).toEqual([]);
    },
  );
});

describe("the body of cargo", () => {
  it.each(Object.entries(installed.cargoFixtures.updateSubscriptionPlanFixtures.body))(
    "%s arrives literally",
    async (_name, body) => {
      const server = await startServer(json(402, {}));
      await installed.cargoClient.updateSubscriptionPlan({ body }, { baseUrl: server.url });
      expect(server.requests[0]?.body).toBe(JSON.stringify(body));
    },
  );
});
