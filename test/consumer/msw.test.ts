import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { loadInstalled } from "../support/installed.js";
import { codesOf, subjectsOf, type Subject } from "../support/subjects.js";

const installed = await loadInstalled();
const { cargoClient, cargoFixtures, cargoMocks, dynamicAuthClient, dynamicAuthFixtures, dynamicAuthMocks } =
  installed;
const server = installed.mswNode.setupServer();

beforeAll(() => server.listen({ onUnhandledRequest: "error" }));
afterEach(() => {
  server.resetHandlers();
  vi.restoreAllMocks();
});
afterAll(() => server.close());

/** MSW also prints the requests that it has no handler for. */
function expectUnhandledRequests(): void {
  vi.spyOn(console, "error").mockImplementation(() => undefined);
}

/** The package's mock, without the types that tie a body to its status; those are the matter of types.test.ts. */
type Mock = (
  answer?: { status: number; body: unknown },
  options?: { baseUrl?: string },
) => ReturnType<typeof cargoMocks.mockUpdateSubscriptionPlan>;

const mocks = {
  "dynamic-auth": {
    handlers: dynamicAuthMocks.handlers,
    mock: dynamicAuthMocks.mockUpgradeSubscriptionForOrganization as Mock,
    baseUrl: "https://app.dynamicauth.com/api/v0",
  },
  cargo: {
    handlers: cargoMocks.handlers,
    mock: cargoMocks.mockUpdateSubscriptionPlan as Mock,
    baseUrl: "https://api.getcargo.io/v1",
  },
};

function answersOf(subject: Subject): { status: number; name: string; body: unknown }[] {
  return Object.entries(subject.responses).flatMap(([key, fixtures]) =>
    codesOf(key).flatMap((status) =>
      Object.entries(fixtures).map(([name, body]) => ({ status, name, body })),
    ),
  );
}

describe.each(subjectsOf(installed))("the mocks of $name", (subject) => {
  const { handlers, mock, baseUrl } = mocks[subject.name];

  it("answer with success by default", async () => {
    server.use(...handlers());
    const { status, data } = subject.success;
    expect(await subject.call({ auth: { bearerAuth: "t" } })).toMatchObject({ ok: true, status, data });
    server.use(mock());
    expect(await subject.call({})).toMatchObject({ ok: true, status, data });
  });

  it("answer with every status and every fixture", async () => {
    for (const { status, name, body } of answersOf(subject)) {
      server.use(mock({ status, body }));
      const { response, ...rest } = await subject.call({});
      const ok = status < 300;
      expect(rest, name).toStrictEqual(ok ? { ok, status, data: body } : { ok, status, error: body });
      expect(response.headers.get("Content-Type"), name).toBe("application/json");
    }
  });

  it("win over handlers that were given first", async () => {
    server.use(...handlers());
    server.use(mock({ status: subject.failure.status, body: subject.failure.error }));
    expect(await subject.call({})).toMatchObject({ ok: false, ...subject.failure });
  });

  it("answer at another address, and there only", async () => {
    expectUnhandledRequests();
    server.use(...handlers({ baseUrl: "http://127.0.0.1:1/v7/" }));
    expect((await subject.call({ baseUrl: "http://127.0.0.1:1/v7" })).ok).toBe(true);
    await expect(subject.call({})).rejects.toMatchObject({ kind: "network" });
  });

  it("let requests of other methods and paths pass", async () => {
    expectUnhandledRequests();
    server.use(...handlers());
    for (const [method, url] of [
      ["GET", baseUrl + subject.path],
      ["PUT", `${baseUrl}${subject.path}/more`],
      ["PUT", `${baseUrl}/v2${subject.path}`],
    ] as const)
      await expect(fetch(url, { method }), `${method} ${url}`).rejects.toThrow();
    expect((await fetch(`${baseUrl}${subject.path}?dry=1`, { method: "PUT" })).status).toBe(
      subject.success.status,
    );
  });
});

describe("typed answers", () => {
  it("of dynamic-auth", async () => {
    server.use(
      dynamicAuthMocks.mockUpgradeSubscriptionForOrganization({
        status: 404,
        body: dynamicAuthFixtures.buildNotFound({ code: "organization_not_found" }),
      }),
    );
    const client = dynamicAuthClient.createDynamicAuthClient();
    const result = await client.upgradeSubscriptionForOrganization({ organizationId: "any/thing ?" });
    if (result.status !== 404) throw new Error(`status ${result.status}`);
    expect(result.error.code).toBe("organization_not_found");
  });

  it("of cargo", async () => {
    server.use(
      cargoMocks.mockUpdateSubscriptionPlan({
        status: 422,
        body: cargoFixtures.buildUpdateSubscriptionPlanError({ reason: "subscriptionNotElligible" }),
      }),
    );
    const result = await cargoClient
      .createCargoClient()
      .updateSubscriptionPlan({ body: cargoFixtures.buildUpdateSubscriptionPlanRequest() });
    expect(!result.ok && result.error.reason).toBe("subscriptionNotElligible");
  });
});
