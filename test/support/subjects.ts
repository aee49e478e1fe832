import type { Failure, RequestOptions, Success } from "../../generated/dynamic-auth/src/index.js";
import type { ClientOptions } from "../../generated/dynamic-auth/src/index.js";
import type { Installed } from "./installed.js";
import type { PackageName } from "./packages.js";

type Auth = { readonly bearerAuth?: string | (() => string | Promise<string>) };

/** An operation of an installed package, in the one shape that tests of both packages need. */
export interface Subject {
  readonly name: PackageName;
  readonly operationId: string;
  /** Calls the operation with the arguments of its fixtures, through a new client. */
  call(
    client: ClientOptions<Auth>,
    request?: RequestOptions,
  ): Promise<Success<number, unknown> | Failure<number, unknown>>;
  /** The request that this makes. */
  readonly path: string;
  readonly body: unknown;
  /** The status that the document gives to success, and its body. */
  readonly success: { readonly status: number; readonly data: unknown };
  /** The package's fixtures, by status and name. */
  readonly responses: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  /** A failure that the document describes. */
  readonly failure: { readonly status: number; readonly error: unknown };
  readonly errors: Pick<Installed["cargoClient"], "ApiError" | "RequestError">;
  readonly unwrap: Installed["cargoClient"]["unwrap"];
}

export function subjectsOf(installed: Installed): readonly Subject[] {
  return [dynamicAuth(installed), cargo(installed)];
}

function dynamicAuth({ dynamicAuthClient, dynamicAuthFixtures }: Installed): Subject {
  const { args, responses } = dynamicAuthFixtures.upgradeSubscriptionForOrganizationFixtures;
  return {
    name: "dynamic-auth",
    operationId: "upgradeSubscriptionForOrganization",
    call: (client, request) =>
      dynamicAuthClient
        .createDynamicAuthClient(client)
        .upgradeSubscriptionForOrganization(args.full, request),
    path: `/organizations/${args.full.organizationId}/billing/upgrade`,
    body: undefined,
    success: { status: 201, data: responses["201"].full },
    responses,
    failure: { status: 404, error: responses["404"].full },
    errors: dynamicAuthClient,
    unwrap: dynamicAuthClient.unwrap,
  };
}

function cargo({ cargoClient, cargoFixtures }: Installed): Subject {
  const { args, responses } = cargoFixtures.updateSubscriptionPlanFixtures;
  return {
    name: "cargo",
    operationId: "updateSubscriptionPlan",
    call: (client, request) =>
      cargoClient.createCargoClient(client).updateSubscriptionPlan(args.full, request),
    path: "/billing/subscription/plan",
    body: args.full.body,
    success: { status: 200, data: responses["200"].full },
    responses,
    failure: { status: 409, error: responses["4XX"].full },
    errors: cargoClient,
    unwrap: cargoClient.unwrap,
  };
}

/** Codes that a key of a Responses Object stands for; of a range, several. */
export function codesOf(key: string): readonly number[] {
  return key.endsWith("XX")
    ? [0, 1, 4, 9, 22, 29, 99].map((code) => Number(key[0]) * 100 + code)
    : [Number(key)];
}
