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
  const known: Known = new Map();
  for (const alternative of operation.security) {
    const names = alternative.filter((name) => Object.hasOwn(schemes, name));
    if (names.length === 0 || !(await areGiven(names, credentials, known))) continue;
    for (const name of names) addCredential(parts, schemes[name]!, known.get(name)!);
    break;
  }
  return parts;
}

/** The credentials that were asked for, by the name of their scheme: a function is asked once for a request. */
type Known = Map<string, string | BasicCredential | undefined>;

/** A function is asked where no other credential is missing. */
async function areGiven(names: readonly string[], credentials: Credentials, known: Known): Promise<boolean> {
  const isGiven = (name: string) => Object.hasOwn(credentials, name) && credentials[name] !== undefined;
  if (!names.every(isGiven)) return false;
  for (const name of names) {
    const credential = credentials[name];
    if (!known.has(name)) known.set(name, typeof credential === "function" ? await credential() : credential);
    if (known.get(name) === undefined) return false;
  }
  return true;
}

function addCredential(parts: AuthParts, scheme: SecurityScheme, credential: string | BasicCredential): void {
  if (scheme.kind === "basic") {
    const { username, password } = credential as BasicCredential;
    // It would end there, and the rest be of the password (RFC 7617, section 2).
    if (username.includes(":")) throw new TypeError("HTTP Basic: a user's name cannot hold a colon");
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
