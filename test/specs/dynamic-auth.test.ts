import { describe, expect, it } from "vitest";
import {
  componentFields,
  documentOf,
  fieldsOf,
  objectAt,
  type Field,
  type Json,
  type JsonObject,
} from "./document.js";
import { callSdk, VendorTypes, type Kinds } from "./vendor-sdk.js";

interface Difference {
  readonly at: string;
  readonly sdk: string | undefined;
  readonly ours: string | undefined;
}

const WIRE = "BillingSubscription.js decodes it by `new Date(json[…])` and encodes it by `toISOString()`";

/** Where the document departs from the SDK's types, in its order, and why. One that no longer occurs fails the test. */
const DIFFERENCES: readonly (Difference & { readonly source: string })[] = [
  {
    at: "BillingSubscription.cancelAtPeriodEnd",
    sdk: undefined,
    ours: "optional boolean",
    source: "the reference page, newer than the SDK",
  },
  date("BillingSubscription.trialStart", "optional"),
  date("BillingSubscription.trialEnd", "optional"),
  date("BillingSubscription.currentBillingPeriod.startDate", "required"),
  date("BillingSubscription.currentBillingPeriod.endDate", "required"),
];

/** The descriptions of the reference page, in its order, and its one example of a field. */
const NOTES = {
  ".hasPaymentMethod": { description: "Whether the organization has a valid payment method on file" },
  ".inTrial": { description: "Whether the subscription is currently in a free trial period" },
  ".scope": { description: "List of feature scope strings included in the current subscription plan" },
  ".version": { description: "Billing plan version identifier" },
  ".billingPortalUrl": { description: "URL to the Stripe billing portal for managing the subscription" },
  ".billingPortalAddPaymentMethodUrl": {
    description: "URL to the Stripe billing portal pre-configured to add a payment method",
  },
  ".cancelAtPeriodEnd": {
    description: "When true, the subscription will be cancelled at the end of the current billing period",
  },
  ".trialStart": { description: "ISO 8601 timestamp of when the trial period started" },
  ".trialEnd": { description: "ISO 8601 timestamp of when the trial period ends" },
  ".trialDaysLeft": { description: "Number of days remaining in the trial period" },
  ".shouldLockEnvironmentSwitch": {
    description: "When true, the user cannot switch between live and sandbox until payment is added",
  },
  ".coupons": { description: "List of discount coupons applied to the subscription" },
  ".coupons[].coupon": { examples: ["An example name"] },
};

const METHOD = "upgradeSubscriptionForOrganization";
const PATH = "/organizations/{organizationId}/billing/upgrade";
const UUID = "^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$";
const SCHEMAS = ["BillingSubscription", "Unauthorized", "Forbidden", "NotFound", "InternalServerError"];
const API = "apis/OrganizationsApi";

const document = documentOf("dynamic-auth.yaml");
const operation = objectAt(document, "paths", PATH, "put");
const parameter = objectAt((operation["parameters"] as Json[])[0]);
const fields = SCHEMAS.map((name) => [name, componentFields(document, name)] as const);
const vendor = new VendorTypes([API, ...SCHEMAS.map((name) => `models/${name}`)]);

function date(at: string, presence: string): Difference & { readonly source: string } {
  return { at, sdk: `${presence} Date`, ours: `${presence} string date-time`, source: WIRE };
}

function kindsOf(list: readonly Field[]): Kinds {
  return Object.fromEntries(list.map(({ path, kind }) => [path, kind]));
}

function differencesOf(sdk: Kinds, ours: Kinds): Difference[] {
  const paths = new Set([...Object.keys(ours), ...Object.keys(sdk)]);
  return [...paths].flatMap((at) => (sdk[at] === ours[at] ? [] : [{ at, sdk: sdk[at], ours: ours[at] }]));
}

function jsonOf(component: string, samples: JsonObject = {}): JsonObject {
  return { "application/json": { schema: { $ref: `#/components/schemas/${component}` }, ...samples } };
}

describe("dynamic-auth.yaml", () => {
  it("has the SDK's models, but for the differences listed", () => {
    const actual = fields.flatMap(([name, ours]) => differencesOf(vendor.model(name), kindsOf(ours)));
    expect(actual).toEqual(DIFFERENCES.map(({ at, sdk, ours }) => ({ at, sdk, ours })));
  });

  it("describes the fields as the reference page does, in its order, and says no more of them", () => {
    const noted = fields.flatMap(([, ours]) => ours).filter(({ notes }) => Object.keys(notes).length > 0);
    const expected = Object.entries(NOTES).map(([path, notes]) => [`BillingSubscription${path}`, notes]);
    expect(noted.map(({ path, notes }) => [path, notes])).toEqual(expected);
  });

  it("takes the SDK's parameter and answers with the SDK's model", () => {
    const { parameters, answer } = vendor.operation(API, "OrganizationsApi", METHOD);
    const ours = fieldsOf(
      document,
      objectAt(parameter, "schema"),
      `.${String(parameter["name"])}`,
      "required ",
    );
    expect(parameters).toEqual(kindsOf(ours));
    expect(answer).toBe(SCHEMAS[0]);
  });

  it("has no other schema", () => {
    const names = Object.keys(objectAt(document, "components", "schemas"));
    expect(names.toSorted()).toEqual([...SCHEMAS, "Coupon"].toSorted());
  });

  it("has the one operation, its server and its authentication, and nothing else", () => {
    const { components, ...rest } = document;
    expect({ ...rest, components: { ...objectAt(components), schemas: {} } }).toEqual({
      openapi: "3.1.0",
      info: { title: "Dashboard API", description: "Dashboard API documentation", version: "v0" },
      servers: [{ url: "https://app.dynamicauth.com/api/v0" }],
      security: [{ bearerAuth: [] }],
      paths: {
        [PATH]: {
          put: {
            operationId: METHOD,
            summary: "Upgrade organization to advanced plan",
            description: "Upgrades the subscription plan for the specified organization.",
            parameters: [
              {
                name: "organizationId",
                in: "path",
                description: "ID of organization",
                required: true,
                schema: { type: "string", minLength: 36, maxLength: 36, pattern: UUID },
                example: "95b11417-f18f-457f-8804-68e361f9164f",
              },
            ],
            responses: {
              "201": {
                description: "Details of the organization's current subscription",
                content: jsonOf("BillingSubscription", {
                  examples: { referencePage: { value: expect.anything() as Json } },
                }),
              },
              "401": { description: "Unauthorized", content: jsonOf("Unauthorized") },
              "403": { description: "Forbidden", content: jsonOf("Forbidden") },
              "404": { description: "Not Found", content: jsonOf("NotFound") },
              "500": { description: "Internal Server Error", content: jsonOf("InternalServerError") },
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

  it("is what the SDK sends and understands", async () => {
    const media = objectAt(operation, "responses", "201", "content", "application/json");
    const sample = objectAt(media, "examples", "referencePage", "value");
    const organizationId = String(parameter["example"]);
    const answer = Response.json(sample, { status: 201 });
    const sent = await callSdk(String(operation["operationId"]), { organizationId }, answer);

    const server = objectAt((document["servers"] as Json[])[0])["url"] as string;
    expect(sent.url).toBe(`${server}${PATH.replace("{organizationId}", organizationId)}`);
    expect([sent.init.method, sent.init.body]).toEqual(["PUT", undefined]);
    expect(sent.init.headers).toEqual({ Authorization: "Bearer <token>" });

    // A Date of the SDK's prints its milliseconds, which the sample omits.
    const understood: unknown = JSON.parse(JSON.stringify(sent.answer).replaceAll(".000Z", "Z"));
    const { cancelAtPeriodEnd, ...known } = sample;
    expect(cancelAtPeriodEnd, "newer than the SDK, which drops it").toBe(true);
    expect(understood).toEqual(known);
  });
});
