import type { JsonValue } from "../source/json.js";
import { conflictText, type Conflict } from "./conflicts.js";
import { LIMIT_UNITS, type LimitName } from "../source/limits.js";
import type { Reading } from "./readings.js";

/** An error refuses the document; a warning does not stop. */
export type Severity = "error" | "warning";

/** For entries that say the same of every document. */
type None = Record<never, never>;
export type Entry<P> = {
  readonly severity: Severity;
  readonly message: (parameters: P) => string;
  /** What a lenient run makes of it, wherever it occurs. */
  readonly reading?: Reading | undefined;
};

const error = <P>(message: (parameters: P) => string, reading?: Reading): Entry<P> => ({
  severity: "error",
  message,
  reading,
});
const warning = <P>(message: (parameters: P) => string): Entry<P> => ({ severity: "warning", message });

/** What a validator says of a value as a whole, which it calls `/`. */
function withoutRoot(reason: string): string {
  return reason.replace(/(^|; )\/ /g, "$1");
}

/** Every message that the generator can say about a document, and that of files that it holds back from, by its code. */
export const catalogue = {
  "file-edited": error((p: { hold: string }) => `it ${p.hold}`),
  "document-empty": error<None>(() => "the document is empty"),
  "document-unreadable": error((p: { reason: string }) => `cannot read the document: ${p.reason}`),
  "merge-unresolved": error<None>(
    () =>
      "a merge is not resolved: keep what is right of both sides, and take away the lines <<<<<<<, ======= and >>>>>>>",
  ),
  "yaml-syntax": error((p: { reason: string }) => p.reason),
  "yaml-not-json": error(
    (p: { found: string }) => `${p.found} has no place in an OpenAPI document: JSON cannot carry it`,
  ),
  "yaml-version": warning((p: { found: string }) => `${p.found}: the document is read as YAML 1.2`),
  "yaml-directive": warning((p: { name: string }) => `${p.name} is no directive of YAML 1.2 and is ignored`),
  "number-rounded": warning(
    (p: { found: string; read: string }) =>
      `${p.found} is read as ${p.read}: JavaScript's numbers hold no integer of so many digits exactly`,
  ),
  "key-duplicate": error((p: { key: string }) => `the key ${JSON.stringify(p.key)} is given twice`),
  "limit-exceeded": error(
    (p: { name: LimitName; limit: number }) =>
      `more than ${p.limit} ${LIMIT_UNITS[p.name]}: --limit ${p.name}=N raises the limit`,
  ),
  "nesting-exhausting": error<None>(
    () => "the document is nested deeper than Node's stack allows: node --stack-size=N raises that",
  ),
  "version-unsupported": error((p: { found: string }) =>
    /^3\.[0-2]$/.test(p.found)
      ? `OpenAPI ${p.found} is no whole version: write "${p.found}.0"`
      : p.found === "2"
        ? 'swagger must be a string, not a number: put it in quotes, as "2.0"'
        : `OpenAPI ${p.found} is not supported: 2.0, 3.0, 3.1 and 3.2 are`,
  ),
  "wrong-type": error(
    (p: { name: string; expected: string; found: string; remedy?: string | undefined }) =>
      `${p.name} must be ${p.expected}, not ${p.found}${p.remedy === undefined ? "" : `: ${p.remedy}`}`,
  ),
  "missing-field": error((p: { name: string; owner: string }) => `${p.owner} needs ${p.name}`),
  "unknown-value": error(
    (p: { name: string; found: JsonValue; expected: readonly string[] }) =>
      `${p.name} ${JSON.stringify(p.found)} is unknown: use ${p.expected.join(", ")}`,
  ),
  "unknown-field": error(
    (p: { name: string; owner: string; near: string | undefined; remedy?: string | undefined }) =>
      `${p.name} is no field of ${p.owner}${p.remedy === undefined ? hint(p.near) : `: ${p.remedy}`}`,
    "ignored",
  ),
  "wrong-value": error((p: { name: string; rule: string }) => `${p.name} must ${p.rule}`),
  "waiver-ambiguous": error<None>(() => "a waiver names a fingerprint, or a rule and a pointer, not both"),
  "component-name": error(
    (p: { name: string }) =>
      `component name ${JSON.stringify(p.name)} must be made of letters, digits, ., - and _ alone`,
    "as-it-is",
  ),
  "fields-exclusive": error(
    (p: { fields: readonly string[] }) => `${p.fields.join(" and ")} exclude each other`,
  ),
  "format-wrong": warning(
    (p: { name: string; found: string; expected: string }) =>
      `${p.name} ${JSON.stringify(p.found)} is not ${p.expected}`,
  ),
  "keyword-unknown": warning(
    (p: { keyword: string; near: string | undefined }) =>
      `${p.keyword} is no keyword of a schema and has no effect${hint(p.near)}`,
  ),
  "keyword-nullable": warning<None>(
    () => 'nullable has no effect in OpenAPI 3.1 and later: add "null" to the type',
  ),
  "ref-not-found": error(
    (p: { ref: string; resource: string | undefined; near: string | undefined }) =>
      `$ref ${JSON.stringify(p.ref)} points to nothing${p.resource === undefined ? "" : ` in ${p.resource}`}${hint(p.near)}`,
  ),
  "ref-anchor-unknown": error((p: { ref: string; resource: string; near: string | undefined }) =>
    /%(?![\da-f]{2})/i.test(p.ref)
      ? `$ref ${JSON.stringify(p.ref)} has a % that two hexadecimal digits must follow: %25 stands for % itself`
      : `$ref ${JSON.stringify(p.ref)} names an anchor that no schema in ${p.resource} has${hint(p.near)}`,
  ),
  "ref-unreadable": error(
    (p: { ref: string; reason: string; near: string | undefined }) =>
      `$ref ${JSON.stringify(p.ref)} cannot be read: ${p.reason}${hint(p.near)}`,
  ),
  "ref-not-allowed": error(
    (p: { ref: string; allow: string; near: string | undefined }) =>
      `$ref ${JSON.stringify(p.ref)} leaves the folder of the document${hint(p.near) || `: --allow-ref ${p.allow} allows it`}`,
  ),
  "ref-kind": error(
    (p: { ref: string; found: string; expected: string }) =>
      `$ref ${JSON.stringify(p.ref)} points to ${p.found} where ${p.expected} must stand`,
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
    "renamed",
  ),
  "path-parameter-undeclared": error(
    (p: { name: string; path: string; near: string | undefined }) =>
      `path parameter {${p.name}} of ${JSON.stringify(p.path)} is not declared${hint(p.near)}`,
    "required-string",
  ),
  "path-parameter-unused": error(
    (p: { name: string; path: string }) =>
      `path parameter ${JSON.stringify(p.name)} does not occur in ${JSON.stringify(p.path)}${hint(colonMeant(p.path, p.name))}`,
    "left-out",
  ),
  "path-parameter-optional": error(
    (p: { name: string }) => `path parameter ${JSON.stringify(p.name)} needs required: true`,
    "required",
  ),
  "path-relative": error(
    (p: { path: string }) => `path ${JSON.stringify(p.path)} must start with /`,
    "slash",
  ),
  "path-name-twice": error(
    (p: { name: string; path: string }) => `{${p.name}} stands twice in path ${JSON.stringify(p.path)}`,
  ),
  "path-twin": error(
    (p: { path: string; first: string }) =>
      `path ${JSON.stringify(p.path)} is the same as ${JSON.stringify(p.first)}`,
  ),
  "path-query": error(
    (p: { path: string }) => `path ${JSON.stringify(p.path)} holds a query: declare query parameters`,
  ),
  "path-fragment": warning(
    (p: { path: string }) => `path ${JSON.stringify(p.path)} holds a fragment, which no request carries`,
  ),
  "path-brace": error(
    (p: { path: string }) => `path ${JSON.stringify(p.path)} holds a brace that belongs to no {name}`,
    "as-it-is",
  ),
  "path-dot-segment": error(
    (p: { path: string; segment: string }) =>
      `path ${JSON.stringify(p.path)} has the segment ${JSON.stringify(p.segment)}, which URLs do not keep`,
    "as-it-is",
  ),
  "path-colon": warning(
    (p: { path: string; segment: string }) =>
      `path ${JSON.stringify(p.path)} has the segment ${JSON.stringify(p.segment)}, which is sent as it stands${hint(`{${p.segment.slice(1)}}`)}`,
  ),
  "parameter-duplicate": error(
    (p: { name: string; location: string }) =>
      `${p.location} parameter ${JSON.stringify(p.name)} is declared twice`,
    "first",
  ),
  "querystring-shared": error(
    (p: { name: string; first: string }) =>
      `parameter ${JSON.stringify(p.name)} cannot stand beside ${JSON.stringify(p.first)}, which is the whole query string`,
  ),
  "security-unknown": error(
    (p: { name: string; near: string | undefined }) =>
      `security scheme ${JSON.stringify(p.name)} is not in components.securitySchemes${hint(p.near)}`,
    "requirement",
  ),
  "server-query": error(
    (p: { url: string; part: "query" | "fragment" }) =>
      `url ${JSON.stringify(p.url)} has a ${p.part}, which would stand before the paths`,
    "without-part",
  ),
  "server-without-scheme": warning(
    (p: { url: string }) =>
      `url ${JSON.stringify(p.url)} names a host without a scheme: did you mean ${schemeFor(p.url)}${p.url}?`,
  ),
  "server-variable-undefined": error(
    (p: { name: string }) => `server variable {${p.name}} is not among the variables of the server`,
  ),
  "server-default-unlisted": warning(
    (p: { found: string; expected: readonly string[] }) =>
      `default ${JSON.stringify(p.found)} is not among the values of the enum: ${p.expected.join(", ")}`,
  ),
  "name-taken": error(
    (p: { owner: string; name: string }) => `${p.owner} has the name ${JSON.stringify(p.name)} already`,
  ),
  "tag-parent-unknown": error(
    (p: { parent: string }) => `parent ${JSON.stringify(p.parent)} is no tag of the document`,
  ),
  "tag-parent-circular": error(
    (p: { parent: string }) => `parent ${JSON.stringify(p.parent)} leads back to the tag itself`,
  ),
  "link-unknown": error(
    (p: { field: string; target: string }) => `${p.field} ${JSON.stringify(p.target)} names no operation`,
    "ignored",
  ),
  "header-ignored": warning(
    (p: { name: string }) =>
      `header parameter ${JSON.stringify(p.name)} is ignored: other parts of a document set this header`,
  ),
  "field-name": error(
    (p: { name: string; of: "header" | "cookie" }) =>
      `${JSON.stringify(p.name)} can be no name of a ${p.of}: those are letters, digits and !#$%&'*+-.^_\`|~`,
    "left-out",
  ),
  "empty-value-ignored": warning(
    (p: { location: string }) => `allowEmptyValue has no effect on a ${p.location} parameter`,
  ),
  "media-type-malformed": warning((p: { type: string }) => `${JSON.stringify(p.type)} is no media type`),
  "encoding-unknown": warning(
    (p: { property: string }) =>
      `encoding names ${JSON.stringify(p.property)}, which is no property of the schema`,
  ),
  "required-undescribed": warning(
    (p: { name: string; near: string }) =>
      `required names ${JSON.stringify(p.name)}, which no property describes${hint(p.near)}`,
  ),
  "discriminator-optional": warning(
    (p: { name: string; lacking: readonly string[] }) =>
      `${
        p.lacking.length === 0
          ? `no schema requires ${JSON.stringify(p.name)}`
          : `${JSON.stringify(p.name)} is not required by ${p.lacking.join(", ")}`
      }: what lacks it cannot be told apart`,
  ),
  "discriminator-undescribed": warning(
    (p: { name: string; near: string | undefined }) =>
      `propertyName is ${JSON.stringify(p.name)}, which no alternative has as a property${hint(p.near)}`,
  ),
  "literal-of-other-type": warning(
    (p: { keyword: string; value: JsonValue; types: readonly string[] }) =>
      `${p.keyword} holds ${JSON.stringify(p.value)}, which is no ${p.types.join(" and no ")}: ${
        p.types.includes("string") && (typeof p.value === "number" || typeof p.value === "boolean")
          ? "put it in quotes, or no value can be it"
          : "no value can be it"
      }`,
  ),
  "pattern-invalid": warning(
    (p: { pattern: string }) =>
      `pattern ${JSON.stringify(p.pattern)} is no regular expression of ECMA-262 and is not checked`,
  ),
  "responses-missing": error((p: { operation: string }) => `${p.operation} needs responses`, "no-responses"),
  "responses-undescribed": warning(
    (p: { operation: string }) => `${p.operation} describes no responses: every answer will be unexpected`,
  ),
  "responses-empty": warning(
    (p: { operation: string }) => `${p.operation} declares no response: every answer will be unexpected`,
  ),
  "keyword-unsupported": warning(
    (p: { keyword: string; effect: string; near?: string | undefined }) =>
      `${p.keyword} is not supported: ${p.effect}${p.near === undefined ? "" : ` (did you mean ${p.near}?)`}`,
  ),
  "discriminator-stranger": warning(
    (p: { value: string; expected: string }) =>
      `the discriminator maps ${JSON.stringify(p.value)} to a schema that is not ${p.expected}`,
  ),
  "discriminator-unmapped": warning(
    (p: { name: string; schema: string }) =>
      `the mapping leaves out ${p.schema}, which ${JSON.stringify(p.name)} then means by its name alone`,
  ),
  "discriminator-textless": warning(
    (p: { name: string }) =>
      `a schema leaves no text to ${JSON.stringify(p.name)}: the discriminator says nothing of it`,
  ),
  "parent-lists-child": warning(
    (p: { parent: string }) =>
      `allOf leads to ${p.parent}, of which this is an alternative itself: read as ${p.parent} without its alternatives`,
  ),
  "fixture-unproved": warning(
    (p: { schema: string; fixture: string; reason: string }) =>
      `no fixture ${JSON.stringify(p.fixture)} for ${p.schema}: ${p.reason}`,
  ),
  "schema-unsatisfiable": warning(
    (p: { schema: string; conflict: Conflict }) =>
      `nothing satisfies ${p.schema}: ${conflictText(p.conflict)}`,
  ),
  "schema-undecided": warning(
    (p: { schema: string; steps: number }) =>
      `no value of ${p.schema} was found in ${p.steps} steps, nor a proof that there is none`,
  ),
  "example-invalid": warning(
    (p: { name: string; reason: string }) =>
      `example ${JSON.stringify(p.name)} is not valid: ${withoutRoot(p.reason)}`,
  ),
  "default-invalid": warning((p: { reason: string }) => `default is not valid: ${withoutRoot(p.reason)}`),
  "openapi-bridge": warning(
    (p: { reason: string }) =>
      `./openapi is left out, openapi-typescript cannot take the document: ${p.reason}`,
  ),
  "overlay-alone": error<None>(
    () =>
      "this is an overlay, no API: it changes a document, by --overlay or by overlays in the configuration",
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

/** A template as routers write it: `/users/:id`. */
function colonMeant(path: string, name: string): string | undefined {
  return path.split("/").includes(`:${name}`)
    ? JSON.stringify(path.replace(`:${name}`, `{${name}}`))
    : undefined;
}

function hint(near: string | undefined): string {
  return near === undefined ? "" : `: did you mean ${near}?`;
}

/** Nobody but developers themselves has a certificate of their own machine. */
function schemeFor(host: string): string {
  return /^(?:localhost|127\.)/.test(host) ? "http://" : "https://";
}

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
