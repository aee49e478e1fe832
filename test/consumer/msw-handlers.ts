import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import type { InvalidRequestError as cargoErrors } from "../../generated/cargo/src/runtime/invalid-request.js";
import { installConsumer } from "../support/consumer.js";
import { loadInstalled } from "../support/installed.js";
import { run } from "../support/run.js";
import { codesOf, subjectsOf, type Subject } from "../support/subjects.js";

/** MSW also prints the requests that it has no handler for. */
function expectUnhandledRequests(): void {
  for (const method of ["error", "warn"] as const)
    vi.spyOn(console, method).mockImplementation(() => undefined);
}

function answersOf(subject: Subject): { status: number; name: string; body: unknown }[] {
  return Object.entries(subject.responses).flatMap(([key, fixtures]) =>
    codesOf(key).flatMap((status) =>
      Object.entries(fixtures).map(([name, body]) => ({ status, name, body })),
    ),
  );
}

/** What the handlers do, with the MSW of a folder of the consumer. */
export async function testHandlers(within = ""): Promise<void> {
  const installed = await loadInstalled(within);
  const { cargoClient, cargoFixtures, cargoMocks, dynamicAuthClient, dynamicAuthFixtures, dynamicAuthMocks } =
    installed;
  const server = installed.mswNode.setupServer();

  beforeAll(() => server.listen({ onUnhandledRequest: "error" }));
  afterEach(() => {
    server.resetHandlers();
    vi.restoreAllMocks();
  });
  afterAll(() => server.close());

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
      server.use(...handlers({ baseUrl: "http://127.0.0.1:7070/v7/" }));
      expect((await subject.call({ baseUrl: "http://127.0.0.1:7070/v7" })).ok).toBe(true);
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

  function upgrade(organizationId: string) {
    return dynamicAuthClient.createDynamicAuthClient().upgradeSubscriptionForOrganization({ organizationId });
  }

  describe("an answer", () => {
    const { mockUpdateSubscriptionPlan: mock } = cargoMocks;
    const { body } = cargoFixtures.updateSubscriptionPlanFixtures.args.full;
    const { responses } = cargoFixtures.updateSubscriptionPlanFixtures;
    const call = (more: object = {}) =>
      cargoClient.createCargoClient().updateSubscriptionPlan({ body, ...more });

    it("is a fixture by its name, of the success or of a status", async () => {
      server.use(mock({ fixture: "minimal" }));
      expect(await call()).toMatchObject({ status: 200, data: responses["200"].minimal });
      server.use(mock({ status: 404 }));
      expect(await call()).toMatchObject({ status: 404, error: responses["4XX"].full });
      server.use(mock({ status: 422, fixture: "reasonCustomerNotFound" }));
      expect(await call()).toMatchObject({ status: 422, error: { reason: "customerNotFound" } });
    });

    it("may be one of several, one after the other", async () => {
      server.use(mock([{ status: 429, fixture: "minimal" }, { status: 500 as 400, body: {} }, {}]));
      expect((await call()).status).toBe(429);
      await expect(call()).rejects.toMatchObject({ kind: "unexpectedStatus" });
      expect((await call()).status).toBe(200);
      expect((await call()).status).toBe(200);
    });

    it("may come late", async () => {
      server.use(mock({ delay: 150 }));
      const started = performance.now();
      expect((await call()).ok).toBe(true);
      expect(performance.now() - started).toBeGreaterThan(140);
    });

    it("is a 400 where requests are validated and this one is wrong; a function is told why", async () => {
      const errors: cargoErrors[] = [];
      server.use(mock({}, { validateRequests: true, onInvalid: (error) => void errors.push(error) }));
      expect((await call()).ok).toBe(true);
      expect(errors).toEqual([]);
      const wrong = { body: { ...body, cadence: "never" as "monthly" } };
      expect(await call(wrong)).toMatchObject({ status: 400, error: { title: "Bad Request", status: 400 } });
      expect(errors[0]?.message).toBe(
        [
          "updateSubscriptionPlan: PUT https://api.getcargo.io/v1/billing/subscription/plan is not what the document describes:",
          '  body /cadence must be one of "monthly", "annual", "one_time", "quarterly", "semi_annual", "custom"',
          `Its body was: ${JSON.stringify(wrong.body)}`,
        ].join("\n"),
      );
      expect(errors[0]?.stack).toBe(`InvalidRequestError: ${errors[0]?.message}`);
      expect(errors[0]?.issues).toMatchObject([{ in: "body", pointer: "/cadence", keyword: "enum" }]);
    });

    it("fails the very test that sent a wrong request, where it is watched", async () => {
      const watch = cargoMocks.watchRequests();
      server.use(...cargoMocks.handlers(watch.options));
      await call();
      watch.verify();
      await call({ body: { cadence: "never" } });
      expect(watch.verify).toThrow(
        /: PUT https:.*:\n {2}body \/cadence must be .*\n {2}body must have the property .*\nIts body was: \{"cadence":"never"\}$/s,
      );
      watch.verify();
      await call({ body: {} });
      await call({ body: { ...body, creditsCount: "x".repeat(600) } });
      expect(watch.verify).toThrow(
        /Its body was: \{\}\n\n.*creditsCount must be a number.*x… \(\d+ characters\)$/s,
      );
    });

    it("reads the path of a request that it validates", async () => {
      const errors: cargoErrors[] = [];
      const options = { validateRequests: true, onInvalid: (error: cargoErrors) => void errors.push(error) };
      server.use(dynamicAuthMocks.mockUpgradeSubscriptionForOrganization(undefined, options));
      expect((await upgrade("95b11417-f18f-457f-8804-68e361f9164f")).ok).toBe(true);
      await expect(upgrade("not an id")).rejects.toMatchObject({ kind: "unexpectedStatus" });
      expect(errors[0]?.issues.map(({ in: part, name }) => `${part} ${name}`)).toEqual([
        "path organizationId",
        "path organizationId",
      ]);
    });

    it("fails the run of a wrong request with a readable message, whatever the code under test catches", async () => {
      const { folder } = await installConsumer();
      const program = `
      import { test } from "node:test";
      import { setupServer } from "msw/node";
      import { createCargoClient } from "@clientsmith/cargo";
      import { handlers } from "@clientsmith/cargo/mocks";
      const server = setupServer(...handlers({ validateRequests: true }));
      server.listen();
      test("wrong", async () => {
        await createCargoClient().updateSubscriptionPlan({ body: { cadence: "never" } }).catch(() => undefined);
        await new Promise((resolve) => setTimeout(resolve, 50));
        server.close();
      });
    `;
      const { code, stdout } = await run(
        process.execPath,
        ["--test-reporter=tap", "--input-type=module", "-e", program],
        {
          cwd: join(folder, within),
        },
      );
      expect(code).not.toBe(0);
      expect(stdout).toMatch(
        /InvalidRequestError: updateSubscriptionPlan: PUT https:.* body \/cadence must be one of.* body must have the property.*Its body was: /s,
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
}
