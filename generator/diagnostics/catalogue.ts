import { LIMIT_UNITS, type LimitName } from "../source/limits.js";

/** An error refuses the document; a warning does not stop. */
export type Severity = "error" | "warning";

/** For entries that say the same of every document. */
type None = Record<never, never>;
type Entry<P> = { readonly severity: Severity; readonly message: (parameters: P) => string };

const error = <P>(message: (parameters: P) => string): Entry<P> => ({ severity: "error", message });
const warning = <P>(message: (parameters: P) => string): Entry<P> => ({ severity: "warning", message });

/** Every message that the generator can say about a document, by its code. */
export const catalogue = {
  "document-empty": error<None>(() => "the document is empty"),
  "document-unreadable": error((p: { reason: string }) => `cannot read the document: ${p.reason}`),
  "yaml-syntax": error((p: { reason: string }) => p.reason),
  "yaml-not-json": error(
    (p: { found: string }) => `${p.found} has no place in an OpenAPI document: JSON cannot carry it`,
  ),
  "key-duplicate": error((p: { key: string }) => `the key ${JSON.stringify(p.key)} is given twice`),
  "limit-exceeded": error(
    (p: { name: LimitName; limit: number }) =>
      `more than ${p.limit} ${LIMIT_UNITS[p.name]}: --limit ${p.name}=N raises the limit`,
  ),
  "nesting-exhausting": error<None>(
    () => "the document is nested deeper than Node's stack allows: node --stack-size=N raises that",
  ),
  "version-unsupported": error(
    (p: { found: string }) => `OpenAPI ${p.found} is not supported: 2.0, 3.0, 3.1 and 3.2 are`,
  ),
  "wrong-type": error(
    (p: { name: string; expected: string; found: string }) =>
      `${p.name} must be ${p.expected}, not ${p.found}`,
  ),
  "missing-field": error((p: { name: string; owner: string }) => `${p.owner} needs ${p.name}`),
  "unknown-value": error(
    (p: { name: string; found: string; expected: readonly string[] }) =>
      `${p.name} ${JSON.stringify(p.found)} is unknown: use ${p.expected.join(", ")}`,
  ),
  "ref-not-found": error((p: { ref: string }) => `$ref ${JSON.stringify(p.ref)} points to nothing`),
  "ref-external": error(
    (p: { ref: string }) => `$ref ${JSON.stringify(p.ref)} leaves the document: write the target into it`,
  ),
  "ref-circular": error(
    (p: { ref: string }) => `$ref ${JSON.stringify(p.ref)} leads back to itself and names no schema`,
  ),
  "ref-endless": warning<None>(
    () =>
      "the reference leads back to its own schema for the same value, which no validator ends: it is read as anything",
  ),
  "operation-id-duplicate": error(
    (p: { id: string; first: string }) => `operationId ${JSON.stringify(p.id)} is taken by ${p.first}`,
  ),
  "path-parameter-undeclared": error(
    (p: { name: string; path: string }) =>
      `path parameter {${p.name}} of ${JSON.stringify(p.path)} is not declared`,
  ),
  "path-parameter-unused": error(
    (p: { name: string; path: string }) =>
      `path parameter ${JSON.stringify(p.name)} does not occur in ${JSON.stringify(p.path)}`,
  ),
  "path-parameter-optional": error(
    (p: { name: string }) => `path parameter ${JSON.stringify(p.name)} needs required: true`,
  ),
  "path-relative": error((p: { path: string }) => `path ${JSON.stringify(p.path)} must start with /`),
  "parameter-duplicate": error(
    (p: { name: string; location: string }) =>
      `${p.location} parameter ${JSON.stringify(p.name)} is declared twice`,
  ),
  "security-unknown": error(
    (p: { name: string }) => `security scheme ${JSON.stringify(p.name)} is not in components.securitySchemes`,
  ),
  "pattern-invalid": warning(
    (p: { pattern: string }) =>
      `pattern ${JSON.stringify(p.pattern)} is no regular expression of ECMA-262 and is not checked`,
  ),
  "responses-missing": error((p: { operation: string }) => `${p.operation} needs responses`),
  "responses-empty": warning(
    (p: { operation: string }) => `${p.operation} declares no response: every answer will be unexpected`,
  ),
  "keyword-unsupported": warning(
    (p: { keyword: string; effect: string }) => `${p.keyword} is not supported: ${p.effect}`,
  ),
  "fixture-unproved": warning(
    (p: { schema: string; fixture: string; reason: string }) =>
      `no fixture ${JSON.stringify(p.fixture)} for ${p.schema}: ${p.reason}`,
  ),
  "example-invalid": warning(
    (p: { name: string; reason: string }) => `example ${JSON.stringify(p.name)} is not valid: ${p.reason}`,
  ),
  "openapi-bridge": warning(
    (p: { reason: string }) =>
      `./openapi is left out, openapi-typescript cannot take the document: ${p.reason}`,
  ),
} as const satisfies Record<string, Entry<never>>;

export type Code = keyof typeof catalogue;
/** What an entry's message is made of. */
export type Parameters<C extends Code> = (typeof catalogue)[C]["message"] extends (
  parameters: infer P,
) => string
  ? P
  : never;
