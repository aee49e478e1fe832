import type { OperationRule, SecurityScheme, SecuritySchemes } from "../runtime/operation.js";
import { pairsOf } from "../runtime/parse-values.js";
import type { MockRequest } from "./request.js";

/**
 * What a request must bring and does not, one description an alternative; undefined where it brings enough (OpenAPI 3.2.0, Security
 * Requirement Object). A mock knows no users: a credential is enough by being there, in its form. Schemes that no client of ours
 * can carry are not asked for.
 */
export function missingCredentials(
  { security }: OperationRule,
  schemes: SecuritySchemes,
  request: MockRequest,
): readonly string[] | undefined {
  if (security.length === 0) return undefined;
  const missing = security.map((names) =>
    names.filter((name) => Object.hasOwn(schemes, name) && !isGiven(schemes[name]!, request)),
  );
  if (missing.some((names) => names.length === 0)) return undefined;
  return missing.map((names) => names.map((name) => `${name}: ${described(schemes[name]!)}`).join(" and "));
}

function isGiven(scheme: SecurityScheme, { header, query }: MockRequest): boolean {
  const authorization = header("Authorization") ?? "";
  if (scheme.kind === "bearer") return /^Bearer\s+\S/i.test(authorization);
  if (scheme.kind === "basic") return /^Basic\s+[A-Za-z\d+/=]+\s*$/i.test(authorization);
  const { name } = scheme;
  if (scheme.in === "header") return (header(name) ?? "") !== "";
  const pairs = scheme.in === "query" ? pairsOf(query, "&") : pairsOf(header("Cookie") ?? "", /;\s*/);
  return pairs.some(([own, value]) => (own === name || own === encodeURIComponent(name)) && value !== "");
}

function described(scheme: SecurityScheme): string {
  if (scheme.kind === "bearer") return "the header Authorization: Bearer …";
  if (scheme.kind === "basic") return "the header Authorization: Basic …";
  return `the ${scheme.in === "query" ? "query parameter" : scheme.in} ${scheme.name}`;
}

/** The challenge of a 401 (RFC 9110, section 11.6.1). Keys have no scheme that is registered. */
export function challengeOf({ security }: OperationRule, schemes: SecuritySchemes): string | undefined {
  const kinds = new Set(
    security.flat().flatMap((name) => (Object.hasOwn(schemes, name) ? schemes[name]!.kind : [])),
  );
  const challenges = [
    ...(kinds.has("bearer") ? ["Bearer"] : []),
    ...(kinds.has("basic") ? ['Basic realm="mock", charset="UTF-8"'] : []),
  ];
  return challenges.length > 0 ? challenges.join(", ") : undefined;
}
