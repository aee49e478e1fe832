import type { MockReply, MockRequest } from "./request.js";

type Headers = MockReply["headers"];

/** A year would outlive the mock. */
const MAX_AGE_SECONDS = "600";

/** True for the question that a browser asks before a request (Fetch, "CORS-preflight fetch"). */
export function isPreflight({ method, header }: MockRequest): boolean {
  return (
    method === "OPTIONS" &&
    header("Origin") !== undefined &&
    header("Access-Control-Request-Method") !== undefined
  );
}

/** Every page may ask, for everything: there are no secrets here. Also for what there is not, so that the page sees why. */
export function preflightReply({ header }: MockRequest): MockReply {
  const method = header("Access-Control-Request-Method") ?? "";
  const asked = header("Access-Control-Request-Headers");
  const headers: Headers = [
    ["Access-Control-Allow-Methods", method],
    ...(asked === undefined ? [] : [["Access-Control-Allow-Headers", asked] as const]),
    ["Access-Control-Max-Age", MAX_AGE_SECONDS],
  ];
  return { status: 204, headers, body: [], note: "preflight" };
}

/** What lets a page of another origin read a reply: with credentials, the origin and the headers must be named. */
export function corsHeaders({ header }: Pick<MockRequest, "header">, reply: Headers): Headers {
  const origin = header("Origin");
  if (origin === undefined) return [["Vary", "Origin"]];
  const names = [...new Set(reply.map(([name]) => name))].join(", ");
  return [
    ["Access-Control-Allow-Origin", origin],
    ["Access-Control-Allow-Credentials", "true"],
    ...(names === "" ? [] : [["Access-Control-Expose-Headers", names] as const]),
    ["Vary", "Origin"],
  ];
}
