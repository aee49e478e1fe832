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
  "overlay-version": error(
    (p: { found: string }) => `Overlay ${JSON.stringify(p.found)} is not supported: 1.0, 1.1 and 1.2 are`,
  ),
  "overlay-field": error(
    (p: { name: string; owner: string; allowed: readonly string[]; brought: string | undefined }) =>
      `${p.name} is no field of ${p.owner}: ${p.brought === undefined ? `use ${p.allowed.join(", ")}` : `it came with Overlay ${p.brought}`}`,
  ),
  "overlay-empty": error<None>(() => "an overlay needs an action"),
  "overlay-path": error(
    (p: { name: string; reason: string; character: number }) =>
      `${p.name} is no JSONPath (RFC 9535): ${p.reason}, at character ${p.character}`,
  ),
  "overlay-fragment": error((p: { name: string }) => `${p.name} names a document: it takes no #fragment`),
  "overlay-conflict": error<None>(() => "an action has update or copy, not both"),
  "overlay-idle": warning<None>(() => "the action does nothing: it has neither update nor remove"),
  "overlay-extends": warning(
    (p: { reference: string; actual: string }) =>
      `the overlay was made for ${p.reference}, and is applied to ${p.actual}`,
  ),
  "overlay-no-match": warning<None>(() => "target selects nothing"),
  "overlay-primitive": error(
    (p: { pointer: string }) =>
      `target selects ${p.pointer}, which is neither an object nor a list: update what holds it, or say overlay: 1.1.0`,
  ),
  "overlay-mixed": error<None>(
    () => "target selects values of several kinds: all must be objects, or lists, or primitive values",
  ),
  "overlay-root": error<None>(() => "the whole document cannot be removed"),
  "overlay-copy": error((p: { found: number }) => `copy must select one value: it selects ${p.found}`),
  "overlay-incompatible": error(
    (p: { found: string; existing: string }) => `${p.found} cannot be merged with ${p.existing}`,
  ),
  "filter-unmatched": warning(
    (p: { name: string; wanted: string; known: readonly string[] }) =>
      `no operation has the ${p.name} ${JSON.stringify(p.wanted)}: there ${listOf(p.known)}`,
  ),
  "filter-empty": error((p: { count: number }) => `the filters keep none of the ${p.count} operations`),
} as const satisfies Record<string, Entry<never>>;

/** More names than this are counted, not listed. */
const MAX_LISTED = 10;

function listOf(names: readonly string[]): string {
  if (names.length === 0) return "is none";
  const rest = names.length - MAX_LISTED;
  const listed = names.slice(0, MAX_LISTED).map((name) => JSON.stringify(name));
  return `${names.length === 1 ? "is" : "are"} ${listed.join(", ")}${rest > 0 ? ` and ${rest} more` : ""}`;
}

export type Code = keyof typeof catalogue;
/** What an entry's message is made of. */
export type Parameters<C extends Code> = (typeof catalogue)[C]["message"] extends (
  parameters: infer P,
) => string
  ? P
  : never;
