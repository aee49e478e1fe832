import { describe, expect, it } from "vitest";
import type { paths as CargoPaths } from "../../generated/cargo/src/openapi.js";
import type { paths as DynamicAuthPaths } from "../../generated/dynamic-auth/src/openapi.js";
import { loadInstalled } from "../support/installed.js";
import { json, startServer } from "../support/server.js";

const { cargoFixtures, createFetchClient, dynamicAuthFixtures } = await loadInstalled();

describe("a bare openapi-fetch client with the types of ./openapi", () => {
  const dynamicAuth = dynamicAuthFixtures.upgradeSubscriptionForOrganizationFixtures;
  const upgrade = "/organizations/{organizationId}/billing/upgrade";
  const cargo = cargoFixtures.updateSubscriptionPlanFixtures;

  it("upgrades an organization of dynamic-auth", async () => {
    const server = await startServer(json(201, dynamicAuth.responses["201"].referencePage));
    const client = createFetchClient<DynamicAuthPaths>({ baseUrl: server.url });
    const { data, error, response } = await client.PUT(upgrade, { params: { path: dynamicAuth.args.full } });
    expect(server.requests.map(({ line }) => line)).toEqual([
      `PUT /organizations/${dynamicAuth.args.full.organizationId}/billing/upgrade HTTP/1.1`,
    ]);
    expect([response.status, error]).toEqual([201, undefined]);
    expect(data?.planType satisfies "free" | "advanced" | "enterprise" | "standard" | undefined).toBe("free");
    expect(data).toStrictEqual(dynamicAuth.responses["201"].referencePage);
  });

  it("is told of the failures of dynamic-auth", async () => {
    const server = await startServer(json(404, dynamicAuth.responses["404"].full));
    const client = createFetchClient<DynamicAuthPaths>({ baseUrl: server.url });
    const { data, error } = await client.PUT(upgrade, { params: { path: dynamicAuth.args.full } });
    expect([data, error?.error satisfies string | undefined]).toEqual([
      undefined,
      dynamicAuth.responses["404"].full.error,
    ]);
  });

  it("updates the plan of cargo", async () => {
    const server = await startServer(json(200, cargo.responses["200"].referencePage));
    const client = createFetchClient<CargoPaths>({ baseUrl: server.url });
    const { data } = await client.PUT("/billing/subscription/plan", { body: cargo.body.referencePage });
    expect(server.requests).toMatchObject([
      {
        line: "PUT /billing/subscription/plan HTTP/1.1",
        headers: { "content-type": "application/json" },
        body: JSON.stringify(cargo.body.referencePage),
      },
    ]);
    expect(data?.subscription.topup?.threshold satisfies number | undefined).toBe(123);
  });

  it("is told of the failures of cargo", async () => {
    const server = await startServer(json(402, cargo.responses["4XX"].full));
    const client = createFetchClient<CargoPaths>({ baseUrl: server.url });
    const { error } = await client.PUT("/billing/subscription/plan", { body: cargo.body.minimal });
    expect(error?.reason).toBe(cargo.responses["4XX"].full.reason);
  });
});
