import type { Operation, SecurityScheme } from "../../model/model.js";
import type { ParameterRule } from "../../runtime/operation.js";
import { argumentOf, serializeParameter, serializePath } from "../../runtime/serialize.js";
import { credentialOf, type Credential } from "./credentials.js";
import type { Call, WireRequest } from "./message.js";
import { ruleOf } from "./parameter-rules.js";

/** What a request is written from. */
type Writing = {
  readonly operation: Operation;
  readonly schemes: readonly SecurityScheme[];
};

/** The request that a package sends for a call, by the serializer that packages hold; undefined where they refuse to write it. */
export function written(call: Call, writing: Writing): WireRequest | undefined {
  try {
    return assembled(call, writing);
  } catch (error) {
    // What no style has a place for (`serialize.ts`).
    if (error instanceof TypeError) return undefined;
    throw error;
  }
}

function assembled(call: Call, { operation, schemes }: Writing): WireRequest {
  const { method, path, query = [], received, parameters } = operation;
  const rules = parameters.map(ruleOf);
  const args = Object.fromEntries(call.parameters);
  const textsIn = (place: ParameterRule["in"]) => textsOf(rules, args, place).map(([, text]) => text);
  const credentials = schemes.flatMap((scheme) =>
    call.credentials.has(scheme.name) ? (credentialOf(scheme) ?? []) : [],
  );
  const cookies = [...textsIn("cookie"), ...pairsAt("cookie", credentials)];
  return {
    kind: "request",
    method,
    // A webhook is sent to where the client has said.
    path: received ? path : serializePath(path, rules, args),
    query: [...query, ...textsIn("query"), ...textsIn("querystring"), ...pairsAt("query", credentials)].join(
      "&",
    ),
    headers: [
      ...textsOf(rules, args, "header"),
      ...headersOf(credentials),
      ...(cookies.length > 0 ? [["Cookie", cookies.join("; ")] as const] : []),
    ],
    hasCertificate: credentials.some(({ place }) => place === "certificate"),
    scopes: call.credentials,
    ...(call.body && { body: call.body }),
  };
}

function textsOf(
  rules: readonly ParameterRule[],
  args: { readonly [key: string]: unknown },
  place: ParameterRule["in"],
): (readonly [name: string, text: string])[] {
  return rules.flatMap((rule) => {
    const text = rule.in === place ? serializeParameter(rule, argumentOf(rule, args)) : undefined;
    return text === undefined ? [] : [[rule.name, text] as const];
  });
}

function pairsAt(place: "query" | "cookie", credentials: readonly Credential[]): string[] {
  return credentials.flatMap((each) =>
    each.place === place ? [`${encodeURIComponent(each.name)}=${each.value}`] : [],
  );
}

function headersOf(credentials: readonly Credential[]): (readonly [name: string, value: string])[] {
  return credentials.flatMap((each) => (each.place === "header" ? [[each.name, each.value] as const] : []));
}
