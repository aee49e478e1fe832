import type { JsonValue } from "../source/json.js";
import { sortedBy } from "../model/order.js";
import type { Change, ChangeDirection, Guard } from "./change.js";
import type { Effect } from "./compare-schemas.js";

/** How much a change weighs: an error breaks callers, a warning may, information does not. */
export type Level = "error" | "warning" | "info";

/** The part of a document that a rule is about. */
export type Area =
  | "operation"
  | "parameter"
  | "request body"
  | "response"
  | "schema"
  | "security"
  | "server"
  | "life cycle"
  | "documentation";

/** A row of the table: everything that is known of a kind of change. Its id is oasdiff's where the meaning is the same. */
export type Rule = {
  readonly id: string;
  readonly area: Area;
  readonly message: (change: Change) => string;
  /** What to do about it. */
  readonly advice?: string;
  /** Where the law of effect and direction says too much or too little. */
  readonly level?: Level;
};

/**
 * The law: a request breaks when it takes less than before, a response when it may hold more than before. What `keeps` the set, or is
 * no matter of the wire, is information.
 */
export function lawfulLevel({
  effect,
  direction,
  guard,
}: {
  effect: Effect;
  direction: ChangeDirection;
  guard?: Guard | undefined;
}): Level {
  const isBreaking =
    (direction === "request" && (effect === "narrows" || effect === "both")) ||
    (direction === "response" && (effect === "widens" || effect === "both"));
  if (!isBreaking) return "info";
  return guard === undefined ? "error" : "warning";
}

/** The level of a change: its rule's own, or the law's. */
export function levelOf(change: Change): Level {
  return ruleOf(change.rule).level ?? lawfulLevel(change);
}

const show = (value: JsonValue | undefined) =>
  typeof value === "string" ? `"${value}"` : JSON.stringify(value);

/** What is meant: a property by its path, a parameter by its name, a body by its media type. */
function subjectOf({ subject, path }: Change): string {
  const place = path === "" ? "" : `\`${path.slice(1).replaceAll("/", ".").replaceAll(".*", "[]")}\` of `;
  switch (subject.kind) {
    case "parameter":
      return `${place}${subject.location} parameter \`${subject.name}\``;
    case "body":
      return `${place}the request body`;
    case "response":
      return `${place}the ${subject.status} response`;
    case "header":
      return `${place}header \`${subject.name}\` of the ${subject.status} response`;
    default:
      return "the operation";
  }
}

const row = (
  id: string,
  area: Area,
  message: Rule["message"],
  more: { advice?: string; level?: Level } = {},
): Rule => ({ id, area, message, ...more });

const OPERATION_RULES: readonly Rule[] = [
  row(
    "api-removed-without-deprecation",
    "operation",
    ({ operation }) => `${operation} is gone, and was not deprecated before`,
    {
      advice: "deprecate it first, with a sunset date, and remove it after that",
    },
  ),
  row(
    "api-removed-with-deprecation",
    "operation",
    ({ operation }) => `${operation}, which was deprecated, is gone`,
  ),
  row("endpoint-added", "operation", ({ operation }) => `${operation} is new`),
  row(
    "api-operation-id-changed",
    "operation",
    ({ before, after }) =>
      `operationId ${show(before)} is now ${show(after)}: the client's function has another name`,
    {
      level: "warning",
      advice: "keep the operationId; it is the name of the function that people call",
    },
  ),
  row("api-tag-removed", "documentation", ({ before }) => `tag ${show(before)} is gone`),
  row("api-tag-added", "documentation", ({ after }) => `tag ${show(after)} is new`),
  row("endpoint-deprecated", "life cycle", ({ operation }) => `${operation} is deprecated`),
  row("endpoint-reactivated", "life cycle", ({ operation }) => `${operation} is no longer deprecated`),
  row(
    "api-security-removed",
    "security",
    ({ before, after }) => `security ${show(before)} is no longer accepted; ${show(after)} is`,
    {
      advice: "accept the old credentials for a while",
    },
  ),
  row("api-security-added", "security", ({ after }) => `security ${show(after)} is accepted, too`),
];

const PARAMETER_RULES: readonly Rule[] = [
  row(
    "request-parameter-removed",
    "parameter",
    (change) => `${subjectOf(change)} is gone: callers that send it are no longer understood`,
    { level: "warning" },
  ),
  row(
    "new-required-request-parameter",
    "parameter",
    (change) => `${subjectOf(change)} is new, and required`,
    { advice: "make it optional, with a default" },
  ),
  row("new-optional-request-parameter", "parameter", (change) => `${subjectOf(change)} is new, and optional`),
  row(
    "request-path-parameter-renamed",
    "parameter",
    ({ before, after }) =>
      `path parameter ${show(before)} is now called ${show(after)}: nothing changes on the wire, the argument's name does`,
    { level: "warning" },
  ),
  row("request-parameter-became-required", "parameter", (change) => `${subjectOf(change)} is now required`),
  row("request-parameter-became-optional", "parameter", (change) => `${subjectOf(change)} is now optional`),
  row(
    "request-parameter-serialization-changed",
    "parameter",
    (change) =>
      `${subjectOf(change)} is written otherwise: ${show(change.before)} before, ${show(change.after)} now`,
  ),
  ...["added", "removed", "changed"].map((verb) =>
    row(
      `request-parameter-default-value-${verb}`,
      "parameter",
      (change) =>
        `the default of ${subjectOf(change)} ${verb === "changed" ? `changed from ${show(change.before)} to ${show(change.after)}` : `is ${verb}: ${show(change.before ?? change.after)}`}`,
      verb === "added" ? {} : { level: "warning" },
    ),
  ),
];

const BODY_RULES: readonly Rule[] = [
  row(
    "request-body-removed",
    "request body",
    () => "the request body is gone: what callers send is no longer read",
    { level: "warning" },
  ),
  row("request-body-added-required", "request body", () => "a request body is required now"),
  row("request-body-added-optional", "request body", () => "an optional request body is new"),
  row("request-body-became-required", "request body", () => "the request body is now required"),
  row("request-body-became-optional", "request body", () => "the request body is now optional"),
  row(
    "request-body-media-type-removed",
    "request body",
    ({ before }) => `media type ${show(before)} of the request is gone`,
  ),
  row(
    "request-body-media-type-added",
    "request body",
    ({ after }) => `media type ${show(after)} of the request is new`,
  ),
  row("response-success-status-removed", "response", ({ before }) => `status ${show(before)} is gone`),
  row(
    "response-success-status-added",
    "response",
    ({ after }) => `status ${show(after)} is new: clients of today do not expect it`,
    { level: "warning" },
  ),
  row("response-non-success-status-removed", "response", ({ before }) => `status ${show(before)} is gone`),
  row("response-non-success-status-added", "response", ({ after }) => `status ${show(after)} is new`),
  row(
    "response-media-type-removed",
    "response",
    ({ before }) => `media type ${show(before)} of the response is gone`,
  ),
  row(
    "response-media-type-added",
    "response",
    ({ after }) => `media type ${show(after)} of the response is new`,
  ),
];

type SchemaRow = readonly [name: string, says: (change: Change, subject: string) => string];

const BOUND_ROWS: readonly SchemaRow[] = [
  ["min", "minimum"],
  ["exclusive-min", "exclusive minimum"],
  ["min-length", "least length"],
  ["min-items", "least number of items"],
  ["min-properties", "least number of properties"],
  ["max", "maximum"],
  ["exclusive-max", "exclusive maximum"],
  ["max-length", "greatest length"],
  ["max-items", "greatest number of items"],
  ["max-properties", "greatest number of properties"],
].flatMap(([name, words]): SchemaRow[] => [
  [`${name}-set`, ({ after }, subject) => `${subject} has a ${words} now: ${show(after)}`],
  [
    `${name}-removed`,
    ({ before }, subject) => `${subject} has no ${words} any more (it was ${show(before)})`,
  ],
  [
    `${name}-increased`,
    ({ before, after }, subject) =>
      `the ${words} of ${subject} is higher: ${show(before)} before, ${show(after)} now`,
  ],
  [
    `${name}-decreased`,
    ({ before, after }, subject) =>
      `the ${words} of ${subject} is lower: ${show(before)} before, ${show(after)} now`,
  ],
]);

const OPAQUE_ROWS: readonly SchemaRow[] = [
  "pattern",
  "format",
  "not",
  "conditional",
  "contains",
  "property-names",
  "dependent-required",
  "content-encoding",
  "content-media-type",
  "unevaluated",
].flatMap((name): SchemaRow[] => [
  [`${name}-added`, ({ after }, subject) => `${subject} has a ${name} now: ${show(after)}`],
  [`${name}-removed`, ({ before }, subject) => `the ${name} of ${subject} is gone (it was ${show(before)})`],
  [
    `${name}-changed`,
    ({ before, after }, subject) =>
      `the ${name} of ${subject} changed from ${show(before)} to ${show(after)}`,
  ],
]);

const SCHEMA_ROWS: readonly SchemaRow[] = [
  [
    "type-changed",
    ({ before, after }, subject) =>
      `the type of ${subject} changed from ${typeNames(before)} to ${typeNames(after)}`,
  ],
  ["became-nullable", (_, subject) => `${subject} may be null now`],
  ["became-not-nullable", (_, subject) => `${subject} is no longer null`],
  ["enum-value-removed", ({ before }, subject) => `${show(before)} is no longer a value of ${subject}`],
  ["enum-value-added", ({ after }, subject) => `${show(after)} is a new value of ${subject}`],
  ["enum-added", ({ after }, subject) => `${subject} is limited to ${show(after)}`],
  ["enum-removed", ({ before }, subject) => `${subject} is no longer limited to ${show(before)}`],
  ["alternative-removed", (_, subject) => `an alternative of ${subject} is gone`],
  ["alternative-added", (_, subject) => `an alternative of ${subject} is new`],
  ["became-required", (_, subject) => `${subject} is now required`],
  ["became-optional", (_, subject) => `${subject} may be absent now`],
  ["additional-properties-forbidden", (_, subject) => `${subject} takes no further properties any more`],
  ["additional-properties-allowed", (_, subject) => `${subject} may have further properties now`],
  ["became-integer", (_, subject) => `${subject} must be an integer now`],
  ["became-number", (_, subject) => `${subject} may be a fraction now`],
  ["unique-items-set", (_, subject) => `the items of ${subject} must be unique now`],
  ["unique-items-removed", (_, subject) => `the items of ${subject} may repeat now`],
  [
    "multiple-of-changed",
    ({ before, after }, subject) =>
      `the multipleOf of ${subject} changed from ${show(before)} to ${show(after)}`,
  ],
  ...BOUND_ROWS,
  ...OPAQUE_ROWS,
];

function typeNames(types: JsonValue | undefined): string {
  return Array.isArray(types) ? types.join(" | ") : String(types);
}

/** Where a schema can stand, as the beginning of its rules' ids. */
const PLACES = [
  "request-parameter",
  "request-parameter-property",
  "request-body",
  "request-property",
  "response-body",
  "response-property",
] as const;

const PROPERTY_RULES: readonly Rule[] = [
  row("new-required-request-property", "schema", (change) => `${subjectOf(change)} is new, and required`, {
    advice: "make it optional, with a default",
  }),
  row("new-optional-request-property", "schema", (change) => `${subjectOf(change)} is new, and optional`, {
    level: "info",
  }),
  row("response-required-property-added", "schema", (change) => `${subjectOf(change)} is new`, {
    level: "info",
  }),
  row("response-optional-property-added", "schema", (change) => `${subjectOf(change)} is new, and optional`, {
    level: "info",
  }),
  row(
    "request-property-removed",
    "schema",
    (change) => `${subjectOf(change)} is gone: callers that send it are no longer understood`,
  ),
  row("response-required-property-removed", "schema", (change) => `${subjectOf(change)} is gone`, {
    advice: "keep it until nobody reads it; deprecate it first",
  }),
  row(
    "response-optional-property-removed",
    "schema",
    (change) => `${subjectOf(change)}, which was optional, is gone`,
    { level: "warning" },
  ),
];

/** Every rule, by id. */
export const RULES: ReadonlyMap<string, Rule> = new Map(
  sortedBy(
    [
      ...OPERATION_RULES,
      ...PARAMETER_RULES,
      ...BODY_RULES,
      ...PROPERTY_RULES,
      ...PLACES.flatMap((place) =>
        SCHEMA_ROWS.map(([name, says]) =>
          row(`${place}-${name}`, "schema", (change) => says(change, subjectOf(change))),
        ),
      ),
    ],
    ({ id }) => id,
  ).map((rule) => [rule.id, rule]),
);

/** The row of a rule; a change without one is a fault of ours. */
export function ruleOf(id: string): Rule {
  const rule = RULES.get(id);
  if (!rule) throw new Error(`there is no rule ${id}`);
  return rule;
}
