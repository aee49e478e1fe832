import { describe, expect, it } from "vitest";
import { componentFields, documentOf, objectAt, type Json, type JsonObject } from "./document.js";

const CADENCE = '"monthly" | "annual" | "one_time" | "quarterly" | "semi_annual" | "custom"';

/** The body of the request, of the success and of the errors: nothing else is a root. */
const FIELDS = {
  UpdateSubscriptionPlanRequest: {
    "": "object",
    ".creditsCount": "required number",
    ".cadence": `required ${CADENCE}`,
  },
  UpdateSubscriptionPlanResponse: {
    "": "object",
    ".subscription": "required object",
    ".subscription.uuid": "required string",
    ".subscription.workspaceUuid": "required string",
    ".subscription.provider": 'required "stripe" | "orb"',
    ".subscription.customerOrbId": "required string",
    ".subscription.customerStripeId": "required string",
    ".subscription.subscriptionStatus": "required string | null",
    ".subscription.subscriptionStripeId": "required string | null",
    ".subscription.subscriptionAvailableCreditsCount": "required number",
    ".subscription.subscriptionCreditsUsedCount": "required number",
    ".subscription.additionalAvailableCreditsCount": "required number",
    ".subscription.hasCredits": "required boolean",
    ".subscription.creditsOverageBehaviors": "required array",
    ".subscription.creditsOverageBehaviors[]": "object",
    ".subscription.creditsOverageBehaviors[].unit":
      'required "billing.credits" | "storage.records" | "orchestration.executions"',
    ".subscription.creditsOverageBehaviors[].action": 'required "deny" | "allow"',
    ".subscription.createdAt": "required string",
    ".subscription.updatedAt": "required string",
    ".subscription.plan": 'required "self-serve" | "enterprise"',
    ".subscription.cadence": `required ${CADENCE}`,
    ".subscription.fixedPrice": "required number",
    ".subscription.conversionRate": "required number",
    ".subscription.startAt": "required string",
    ".subscription.resetAt": "required string",
    ".subscription.endAt": "required string | null",
    ".subscription.hasPendingChange": "required boolean",
    ".subscription.futureChange": "required object | null",
    ".subscription.futureChange.cadence": `required ${CADENCE}`,
    ".subscription.futureChange.fixedPrice": "required number",
    ".subscription.futureChange.creditsCount": "required number",
    ".subscription.futureChange.conversionRate": "required number",
    ".subscription.futureChange.startAt": "required string",
    ".subscription.futureChange.endAt": "required string | null",
    ".subscription.topup": "required object | null",
    ".subscription.topup.creditsCount": "required number",
    ".subscription.topup.threshold": "required number",
  },
  UpdateSubscriptionPlanError: {
    "": "object",
    ".errorMessage": "optional string",
    ".reason": `optional ${[
      '"subscriptionNotFound"',
      '"customerNotFound"',
      '"paymentMethodNotFound"',
      '"scheduleSubscriptionChangeFailed"',
      '"subscriptionNotElligible"',
      '"subscriptionAlreadyInUpdateState"',
      '"customerNotMigratedToOrb"',
    ].join(" | ")}`,
  },
};

/** All that the sources say of a field beyond its kind: the descriptions, no format, no bound. */
const NOTES = {
  "UpdateSubscriptionPlanRequest.creditsCount": { description: "Number of credits in the plan." },
  "UpdateSubscriptionPlanRequest.cadence": { description: "Billing cadence for the plan." },
  "UpdateSubscriptionPlanResponse.subscription": { description: "Updated subscription details." },
};

const document = documentOf("cargo.yaml");
const roots = Object.keys(FIELDS).map((name) => ({ name, fields: componentFields(document, name) }));

const jsonOf = (component: string, samples: JsonObject = {}): JsonObject => ({
  "application/json": { schema: { $ref: `#/components/schemas/${component}` }, ...samples },
});

/** Holds whatever stands at `examples`: another test holds the samples against their schemas. */
const samples = { examples: { referencePage: { value: expect.anything() as Json } } };

describe("cargo.yaml", () => {
  it.each(Object.entries(FIELDS))("%s has the fields known, and no other", (name, expected) => {
    const actual = componentFields(document, name).map(({ path, kind }) => [path.slice(name.length), kind]);
    expect(Object.fromEntries(actual)).toEqual(expected);
  });

  it("says of no field more than the sources", () => {
    const notes = roots.flatMap(({ fields }) => fields.map((field) => [field.path, field.notes] as const));
    expect(Object.fromEntries(notes.filter(([, each]) => Object.keys(each).length > 0))).toEqual(NOTES);
  });

  it("has no other schema", () => {
    const shared = ["Subscription", "Cadence", "CreditsOverageBehavior", "FutureChange", "Topup"];
    const names = Object.keys(objectAt(document, "components", "schemas"));
    expect(names.toSorted()).toEqual([...Object.keys(FIELDS), ...shared].toSorted());
  });

  it("has the one operation, its server and its authentication, and nothing else", () => {
    const { components, ...rest } = document;
    expect({ ...rest, components: { ...objectAt(components), schemas: {} } }).toEqual({
      openapi: "3.1.0",
      info: { title: "Cargo API", version: "v1" },
      servers: [{ url: "https://api.getcargo.io/v1" }],
      security: [{ bearerAuth: [] }],
      paths: {
        "/billing/subscription/plan": {
          put: {
            operationId: "updateSubscriptionPlan",
            summary: "Update plan",
            description: "Update the subscription plan",
            requestBody: { required: true, content: jsonOf("UpdateSubscriptionPlanRequest", samples) },
            responses: {
              "200": {
                description: "Successful response",
                content: jsonOf("UpdateSubscriptionPlanResponse", samples),
              },
              "4XX": { description: "Client Error", content: jsonOf("UpdateSubscriptionPlanError") },
            },
          },
        },
      },
      components: {
        securitySchemes: {
          bearerAuth: {
            type: "http",
            scheme: "bearer",
            description:
              "Bearer authentication header of the form Bearer <token>, where <token> is your auth token.",
          },
        },
        schemas: {},
      },
    });
  });
});
