import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { loadInstalled } from "../support/installed.js";

const { cargoFixtures: cargo, cargoValidators, dynamicAuthFixtures: dynamicAuth } = await loadInstalled();
const { billingSubscriptionFixtures, buildBillingSubscription } = dynamicAuth;
const { full } = billingSubscriptionFixtures;

describe("a factory", () => {
  it("gives full without overrides", () => {
    expect(buildBillingSubscription()).toStrictEqual(full);
    expect(buildBillingSubscription({})).toStrictEqual(full);
    expect(cargo.buildCadence()).toBe("monthly");
  });

  it("gives every component's full, valid value", () => {
    for (const [name, build] of Object.entries(cargo)) {
      if (typeof build !== "function" || !name.startsWith("build")) continue;
      const lower = name.replace(/^build(.)/, (_, letter: string) => letter.toLowerCase());
      const schema = cargoValidators[`${lower}Schema` as "cadenceSchema"];
      expect(schema.issues(build()), name).toEqual([]);
      expect(build(), name).toStrictEqual(cargo[`${lower}Fixtures` as "cadenceFixtures"].full);
    }
  });

  it("overrides at any depth, and keeps what stands beside", () => {
    const value = cargo.buildUpdateSubscriptionPlanResponse({
      subscription: { plan: "enterprise", futureChange: { endAt: null }, topup: { threshold: 7 } },
    });
    const { subscription } = cargo.updateSubscriptionPlanResponseFixtures.full;
    expect(value).toStrictEqual({
      subscription: {
        ...subscription,
        plan: "enterprise",
        futureChange: { ...subscription.futureChange, endAt: null },
        topup: { ...subscription.topup, threshold: 7 },
      },
    });
  });

  it("takes null for what may be null", () => {
    const value = cargo.buildSubscription({ topup: null, futureChange: null, subscriptionStatus: null });
    expect(value).toMatchObject({ topup: null, futureChange: null, subscriptionStatus: null });
  });

  it("leaves out an optional property that is undefined", () => {
    const value = buildBillingSubscription({
      coupons: undefined,
      currentBillingPeriod: { usagesCount: undefined },
    });
    expect(Object.keys(value)).not.toContain("coupons");
    expect(value.currentBillingPeriod).toStrictEqual({
      startDate: full.currentBillingPeriod.startDate,
      endDate: full.currentBillingPeriod.endDate,
    });
  });

  it("takes a list as it is given, its items filled up from the fixture's first", () => {
    expect(buildBillingSubscription({ scope: [] }).scope).toEqual([]);
    expect(buildBillingSubscription({ scope: ["a", "b"] }).scope).toEqual(["a", "b"]);
    expect(buildBillingSubscription({ coupons: [{}, { coupon: "SPRING" }] }).coupons).toEqual([
      full.coupons[0],
      { coupon: "SPRING" },
    ]);
    const { creditsOverageBehaviors } = cargo.buildSubscription({
      creditsOverageBehaviors: [{ action: "allow" }, { unit: "storage.records" }],
    });
    const [first] = cargo.subscriptionFixtures.full.creditsOverageBehaviors;
    expect(creditsOverageBehaviors).toEqual([
      { ...first, action: "allow" },
      { ...first, unit: "storage.records" },
    ]);
  });

  it("gives a fresh copy at every depth, and never changes the fixture", () => {
    const before = structuredClone(full);
    const overrides = { coupons: [{ coupon: "SPRING" }] };
    const values = [
      buildBillingSubscription(),
      buildBillingSubscription(),
      buildBillingSubscription(overrides),
    ];
    for (const value of values) {
      value.scope.push("more");
      value.coupons?.push({ coupon: "MORE" });
      if (value.coupons?.[0]) value.coupons[0].coupon = "CHANGED";
      if (value.currentBillingPeriod) value.currentBillingPeriod.usagesCount = -1;
      value.version = "changed";
    }
    expect(full).toStrictEqual(before);
    expect(overrides).toEqual({ coupons: [{ coupon: "SPRING" }] });
    expect(buildBillingSubscription()).toStrictEqual(before);
  });

  it("gives another valid value for a seed, the same each time", () => {
    const factories = Object.entries(cargo).filter(([name]) => /^build[A-Z]/.test(name));
    const property = fc.property(fc.integer(), fc.constantFrom(...factories), (seed, [name, factory]) => {
      const build = factory as (overrides: undefined, options: object) => unknown;
      const lower = name.replace(/^build(.)/, (_, letter: string) => letter.toLowerCase());
      const schema = cargoValidators[`${lower}Schema` as "cadenceSchema"];
      const value = build(undefined, { seed, validate: true });
      expect(schema.issues(value), name).toEqual([]);
      expect(build(undefined, { seed })).toStrictEqual(value);
    });
    fc.assert(property, { numRuns: 200, seed: 1 });
    const seeds = Array.from({ length: 60 }, (_, seed) => cargo.buildCadence(undefined, { seed }));
    expect(new Set(seeds)).toEqual(new Set(Object.values(cargo.cadenceFixtures)));
  });

  it("takes overrides over the fixture of a seed", () => {
    const value = cargo.buildSubscription({ uuid: "u", topup: { threshold: 7 } }, { seed: 5 });
    expect(value).toMatchObject({ uuid: "u", topup: { threshold: 7 } });
  });

  it("fills up what the fixture of a seed has not: what overrides name of it is valid", () => {
    const { topup } = cargo.subscriptionFixtures.full;
    const built = Array.from({ length: 60 }, (_, seed) =>
      cargo.buildSubscription({ topup: { threshold: 7 } }, { seed, validate: true }),
    );
    expect(Object.values(cargo.subscriptionFixtures).map((each) => each.topup)).toContain(null);
    expect(built.map((each) => each.topup)).toContainEqual({ ...topup, threshold: 7 });
  });

  it("makes a list as long as it is told", () => {
    const overrides = { creditsOverageBehaviors: { times: 50, item: { action: "allow" } } } as const;
    const { creditsOverageBehaviors } = cargo.buildSubscription(overrides, { validate: true });
    expect(creditsOverageBehaviors).toHaveLength(50);
    expect(new Set(creditsOverageBehaviors.map(({ action }) => action))).toEqual(new Set(["allow"]));
    expect(cargo.buildSubscription({ creditsOverageBehaviors: { times: 0 } })).toMatchObject({
      creditsOverageBehaviors: [],
    });
  });

  it("throws where overrides make what the schema does not allow, when it is asked to", () => {
    const wrong = { plan: "none" as "enterprise", topup: { threshold: "many" as unknown as number } };
    expect(cargo.buildSubscription(wrong)).toMatchObject(wrong);
    expect(() => cargo.buildSubscription(wrong, { validate: true })).toThrow(
      'no valid Subscription: /plan must be one of "self-serve", "enterprise"; /topup/threshold must be a number',
    );
    expect(cargo.buildSubscription({ topup: null }, { validate: true }).topup).toBeNull();
  });

  it("has no way to the prototype of objects", () => {
    const overrides = JSON.parse('{"__proto__":{"polluted":true}}') as object;
    buildBillingSubscription(overrides);
    expect({}).not.toHaveProperty("polluted");
  });
});
