import type { OperationRule, SecurityScheme, SecuritySchemes } from "./operation.js";
import type { BasicCredential, Credential } from "./options.js";

/** What credentials add to a request. */
export interface AuthParts {
  readonly headers: Record<string, string>;
  readonly query: string[];
  readonly cookies: string[];
}

/** Credentials by the name of their scheme. */
export type Credentials = { readonly [scheme: string]: Credential<string | BasicCredential> | undefined };

/**
 * The credentials of the first alternative that all are given for; nothing where none is. Schemes that a client cannot carry
 * (mutual TLS) are not asked for, and an alternative of none at all (`{}`) is no reason to leave credentials out.
 */
export async function authorize(
  operation: OperationRule,
  schemes: SecuritySchemes,
  credentials: Credentials,
): Promise<AuthParts> {
  const parts: AuthParts = { headers: {}, query: [], cookies: [] };
  const alternatives = operation.security.map((names) =>
    names.filter((name) => Object.hasOwn(schemes, name)),
  );
  const isGiven = (name: string) => Object.hasOwn(credentials, name) && credentials[name] !== undefined;
  const chosen = alternatives.find((names) => names.length > 0 && names.every(isGiven)) ?? [];
  for (const name of chosen) {
    const credential = credentials[name];
    addCredential(parts, schemes[name]!, typeof credential === "function" ? await credential() : credential);
  }
  return parts;
}

function addCredential(
  parts: AuthParts,
  scheme: SecurityScheme,
  credential: string | BasicCredential | undefined,
): void {
  if (credential === undefined) return;
  if (scheme.kind === "basic") {
    const { username, password } = credential as BasicCredential;
    parts.headers["Authorization"] = `Basic ${base64(`${username}:${password}`)}`;
  } else if (scheme.kind === "bearer") {
    parts.headers["Authorization"] = `Bearer ${String(credential)}`;
  } else {
    addApiKey(parts, scheme, String(credential));
  }
}

function addApiKey(parts: AuthParts, scheme: SecurityScheme & { kind: "apiKey" }, key: string): void {
  const pair = `${encodeURIComponent(scheme.name)}=${encodeURIComponent(key)}`;
  if (scheme.in === "header") parts.headers[scheme.name] = key;
  else if (scheme.in === "query") parts.query.push(pair);
  else parts.cookies.push(pair);
}

/** UTF-8, then base64 (RFC 7617, section 2.1). */
function base64(text: string): string {
  return btoa(String.fromCharCode(...new TextEncoder().encode(text)));
}
