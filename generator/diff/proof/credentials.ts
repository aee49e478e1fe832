import type { SecurityRequirements, SecurityScheme } from "../../model/model.js";
import { pairsOf } from "../../runtime/parse-values.js";
import { own, type JsonObject } from "../../source/json.js";
import { headerOf, type WireRequest } from "./message.js";

/** Where a credential stands in a request, and an example of it (OpenAPI 3.2.0, Security Scheme Object). */
export type Credential =
  | { readonly place: "header" | "query" | "cookie"; readonly name: string; readonly value: string }
  | { readonly place: "certificate" };

/** How the credential of a scheme travels; undefined where the document does not say. */
export function credentialOf({ definition }: Pick<SecurityScheme, "definition">): Credential | undefined {
  switch (own(definition, "type")) {
    case "apiKey":
      return apiKey(definition);
    case "http":
      return authorization(String(own(definition, "scheme") ?? ""));
    case "oauth2":
    case "openIdConnect":
      return authorization("bearer");
    case "mutualTLS":
      return { place: "certificate" };
    default:
      return undefined;
  }
}

function apiKey(definition: JsonObject): Credential | undefined {
  const [place, name] = [own(definition, "in"), own(definition, "name")];
  if (typeof name !== "string") return undefined;
  return place === "header" || place === "query" || place === "cookie"
    ? { place, name, value: "key" }
    : undefined;
}

/** `user:password` in the form of RFC 7617; of other schemes, a text that stands for what only their servers know. */
const EXAMPLES: { readonly [scheme: string]: string } = {
  basic: "Basic dXNlcjpwYXNzd29yZA==",
  bearer: "Bearer token",
};

/** Schemes of HTTP are compared without case (RFC 9110, section 11.1). */
function authorization(scheme: string): Credential | undefined {
  const name = scheme.toLowerCase();
  if (!/^[\w!#$%&'*+.^`|~-]+$/.test(name)) return undefined;
  const shown = `${name.charAt(0).toUpperCase()}${name.slice(1)}`;
  const value = Object.hasOwn(EXAMPLES, name) ? EXAMPLES[name]! : `${shown} credentials`;
  return { place: "header", name: "Authorization", value };
}

type Reading = {
  readonly schemes: readonly SecurityScheme[];
  readonly request: WireRequest;
};

/**
 * What a request needs to be let in and lacks; undefined where it lacks nothing, or nobody can tell: a credential of another scheme that
 * travels in the same way may be good or not.
 */
export function lackOf(
  { alternatives }: Pick<SecurityRequirements, "alternatives">,
  reading: Reading,
): string | undefined {
  const lacks = alternatives.map((needed) =>
    [...needed].flatMap(([scheme, scopes]) => lacking(scheme, scopes, reading)),
  );
  if (lacks.length === 0 || lacks.some((each) => each.length === 0)) return undefined;
  return lacks.map((each) => each.join(" and ")).join(", or ");
}

function lacking(name: string, scopes: readonly string[], { schemes, request }: Reading): string[] {
  const scheme = schemes.find((each) => each.name === name);
  const credential = scheme && credentialOf(scheme);
  if (!credential) return [];
  if (!isCarried(credential, request)) return [described(credential)];
  const granted = request.scopes.get(name);
  const missing = granted ? scopes.filter((scope) => !granted.includes(scope)) : [];
  return missing.map((scope) => `a token with the scope ${JSON.stringify(scope)}`);
}

function isCarried(credential: Credential, request: WireRequest): boolean {
  if (credential.place === "certificate") return request.hasCertificate;
  const { place, name, value } = credential;
  if (place === "header") {
    const given = headerOf(request, name);
    return name === "Authorization" ? firstWord(given) === firstWord(value) : given !== undefined;
  }
  const pairs =
    place === "query" ? pairsOf(request.query, "&") : pairsOf(headerOf(request, "Cookie") ?? "", /;\s*/);
  return pairs.some(([key]) => key === encodeURIComponent(name));
}

function firstWord(text = ""): string {
  return (text.split(" ")[0] ?? "").toLowerCase();
}

function described(credential: Credential): string {
  if (credential.place === "certificate") return "a certificate of the client";
  const { place, name, value } = credential;
  if (place !== "header") return place === "query" ? `the query parameter ${name}` : `the cookie ${name}`;
  return name === "Authorization"
    ? `the header Authorization: ${value.split(" ")[0]} …`
    : `the header ${name}`;
}
