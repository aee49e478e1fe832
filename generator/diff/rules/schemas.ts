import { isArray, type JsonValue } from "../../source/json.js";
import type { Change, Effect } from "../change.js";
import { SET_TYPES } from "../sets/alternative.js";
import {
  missedOrUnread,
  rowsOf,
  saidOtherwise,
  show,
  subjectOf,
  UNTYPED,
  type More,
  type Rule,
} from "./rule.js";
import { BOUND_ROWS, OPAQUE_ROWS } from "./schema-constraints.js";
import { ANY, NARROWS, WIDENS, type SchemaRow } from "./schema-row.js";

const DEFAULT: More = { keywords: ["default"], ...UNTYPED };
const MAPPING: More = { keywords: ["discriminator"], isListed: true, below: ["mapping"] };
const EXTENSIBLE: More = { keywords: ["x-extensible-enum"], isListed: true };
const DEPRECATED: More = { keywords: ["deprecated"], ...UNTYPED };

const ANNOTATION_ROWS: readonly SchemaRow[] = [
  [
    "default-value-added",
    "keeps",
    ({ after }, subject) => `the default of ${subject} is ${show(after)} now`,
    DEFAULT,
  ],
  [
    "default-value-removed",
    ["keeps", "unknown"],
    ({ before }, subject) => `the default of ${subject} is gone (it was ${show(before)})`,
    DEFAULT,
  ],
  [
    "default-value-changed",
    ["keeps", "unknown"],
    ({ before, after }, subject) =>
      `the default of ${subject} changed from ${show(before)} to ${show(after)}`,
    DEFAULT,
  ],
  [
    "discriminator-added",
    "keeps",
    ({ after }, subject) => `property ${show(after)} says now which alternative ${subject} is`,
    { keywords: ["discriminator"] },
  ],
  [
    "discriminator-removed",
    "unknown",
    ({ before }, subject) => `property ${show(before)} no longer says which alternative ${subject} is`,
    { keywords: ["discriminator"] },
  ],
  [
    "discriminator-property-name-changed",
    "unknown",
    ({ before, after }, subject) =>
      `what says which alternative ${subject} is was ${show(before)}, and is ${show(after)} now`,
    { keywords: ["discriminator"] },
  ],
  [
    "discriminator-mapping-added",
    ["keeps", "unknown"],
    ({ after }, subject) => `value ${show(after)} of the discriminator of ${subject} is new`,
    MAPPING,
  ],
  [
    "discriminator-mapping-deleted",
    "unknown",
    ({ before }, subject) => `value ${show(before)} of the discriminator of ${subject} is gone`,
    MAPPING,
  ],
  [
    "discriminator-mapping-changed",
    "unknown",
    ({ before, after }, subject) =>
      `a value of the discriminator of ${subject} meant ${show(before)}, and means ${show(after)} now`,
    MAPPING,
  ],
  [
    "discriminator-default-mapping-changed",
    "unknown",
    ({ before, after }, subject) =>
      `${subject} without a known value of its discriminator meant ${meant(before)}, and means ${meant(after)} now`,
    { keywords: ["discriminator"] },
  ],
  [
    "discriminator-value-changed",
    "unknown",
    ({ before, after }, subject) =>
      `the value of the discriminator that means ${subject} was ${listed(before)}, and is ${listed(after)} now`,
    { keywords: ["discriminator"] },
  ],
  [
    "x-extensible-enum-value-removed",
    "narrows",
    ({ before }, subject) => `${show(before)} is no longer listed for ${subject}`,
    { unprovable: "no validator looks at `x-extensible-enum`", ...EXTENSIBLE },
  ],
  [
    "x-extensible-enum-value-added",
    "keeps",
    ({ after }, subject) => `${show(after)} is listed for ${subject}, too`,
    EXTENSIBLE,
  ],
  ["deprecated", "keeps", (_, subject) => `${subject} is deprecated`, DEPRECATED],
  ["reactivated", "keeps", (_, subject) => `${subject} is no longer deprecated`, DEPRECATED],
];

const SCHEMA_ROWS: readonly SchemaRow[] = [
  [
    "type-changed",
    ANY,
    ({ before, after }, subject) =>
      `the type of ${subject} changed from ${typeNames(before)} to ${typeNames(after)}`,
    { keywords: ["type"] },
  ],
  ["became-nullable", WIDENS, (_, subject) => `${subject} may be null now`],
  ["became-not-nullable", NARROWS, (_, subject) => `${subject} may no longer be null`],
  [
    "enum-value-removed",
    NARROWS,
    ({ before }, subject) => `${show(before)} is no longer a value of ${subject}`,
    { keywords: ["enum"], isListed: true },
  ],
  [
    "enum-value-added",
    WIDENS,
    ({ after }, subject) => `${show(after)} is a new value of ${subject}`,
    { keywords: ["enum"], isListed: true },
  ],
  [
    "enum-added",
    NARROWS,
    ({ after }, subject) => `${subject} is limited to ${show(after)}`,
    { keywords: ["enum"] },
  ],
  [
    "enum-removed",
    WIDENS,
    ({ before }, subject) => `${subject} is no longer limited to ${show(before)}`,
    { keywords: ["enum"] },
  ],
  [
    "const-changed",
    "both",
    ({ before, after }, subject) => `${subject} was always ${show(before)}, and is always ${show(after)} now`,
    { keywords: ["const"] },
  ],
  [
    "alternative-removed",
    NARROWS,
    ({ before }, subject) => `${alternativeOf(before, subject)} is gone`,
    { isComposed: true },
  ],
  [
    "alternative-added",
    WIDENS,
    ({ after }, subject) => `${alternativeOf(after, subject)} is new`,
    { isComposed: true },
  ],
  [
    "required-choice-added",
    NARROWS,
    ({ after }, subject) => `${subject} must have one of ${choice(after)} now`,
    { keywords: ["anyOf", "oneOf"] },
  ],
  [
    "required-choice-removed",
    WIDENS,
    ({ before }, subject) => `${subject} may have none of ${choice(before)} now`,
    { keywords: ["anyOf", "oneOf"] },
  ],
  ["became-required", NARROWS, (_, subject) => `${subject} is now required`],
  ["became-optional", WIDENS, (_, subject) => `${subject} may be absent now`],
  [
    "additional-properties-forbidden",
    NARROWS,
    (_, subject) => `${subject} takes no further properties any more`,
    { keywords: ["additionalProperties"] },
  ],
  [
    "additional-properties-allowed",
    WIDENS,
    (_, subject) => `${subject} may have further properties now`,
    { keywords: ["additionalProperties"] },
  ],
  [
    "became-integer",
    NARROWS,
    (_, subject) => `${subject} must be an integer now`,
    { keywords: ["type"], ...UNTYPED },
  ],
  [
    "became-number",
    WIDENS,
    (_, subject) => `${subject} may be a fraction now`,
    { keywords: ["type"], ...UNTYPED },
  ],
  [
    "unique-items-set",
    NARROWS,
    (_, subject) => `the items of ${subject} must be unique now`,
    { keywords: ["uniqueItems"], ...UNTYPED },
  ],
  [
    "unique-items-removed",
    WIDENS,
    (_, subject) => `the items of ${subject} may repeat now`,
    { keywords: ["uniqueItems"], ...UNTYPED },
  ],
  ["multiple-of-changed", ANY, multiplesDiffer, { keywords: ["multipleOf"], ...UNTYPED }],
  ...BOUND_ROWS,
  ...OPAQUE_ROWS,
  ...ANNOTATION_ROWS,
  [
    "unexplained",
    ANY,
    ({ guard }, subject) =>
      guard === "overlap"
        ? `values that several alternatives of ${subject} take are judged otherwise: see the value that shows it`
        : `${subject} is judged otherwise, though no rule says why: see the value that shows it`,
  ],
];

/** One that has no name has the name of its type. */
function alternativeOf(name: JsonValue | undefined, subject: string): string {
  const isNamed = !SET_TYPES.some((type) => type === name);
  return `${isNamed ? `alternative ${show(name)}` : "an alternative"} of ${subject}`;
}

/** What numbers are multiples of: of nothing where no step is left. */
function multiplesDiffer({ before, after }: Change, subject: string): string {
  const [old, now] = [before, after].map((steps) =>
    isArray(steps) ? steps.map(show).join(" and ") : show(steps),
  );
  if (old === "") return `${subject} must be a multiple of ${now} now`;
  if (now === "") return `${subject} need not be a multiple of ${old} any more`;
  return `the multipleOf of ${subject} changed from ${old} to ${now}`;
}

/** `"a" or "b"`. */
function listed(values: JsonValue | undefined): string {
  return isArray(values) ? values.map(show).join(" or ") : String(show(values));
}

/** What an unknown value means: a schema, or none. */
function meant(place: JsonValue | undefined): string {
  return place === null ? "none of its schemas" : String(show(place));
}

/** The properties of which one must be there: `a`, `b`. */
function choice(names: JsonValue | undefined): string {
  return isArray(names) ? names.map((name) => `\`${String(name)}\``).join(", ") : String(names);
}

function typeNames(types: JsonValue | undefined): string {
  if (!isArray(types)) return String(types);
  return SET_TYPES.every((type) => types.includes(type)) ? "anything" : types.join(" | ") || "nothing";
}

/** Where a schema can stand, as the beginning of its rules' ids. */
const PLACES = [
  "request-parameter",
  "request-parameter-property",
  "request-body",
  "request-property",
  "response-body",
  "response-property",
  "response-header",
  "response-header-property",
] as const;

/** Changes that are about a property of an object: the whole of a body or of a header has none of them. */
const OF_PROPERTIES = new Set(["became-required", "became-optional"]);
/** Changes that are found for the whole of a body alone. */
const OF_BODIES = new Set(["unexplained"]);

/** The rows of what stands in requests, and in responses. */
const ROWS = {
  request: rowsOf("schema", { carrier: "request" }),
  response: rowsOf("schema", { carrier: "response" }),
} as const;
const sideOf = (place: string) => (place.startsWith("request") ? "request" : "response");
const gone = (change: Change, rest: string) => `${subjectOf(change)}${rest}`;

/** What nobody can tell of an annotation but from the whole. */
const ADVISORY: readonly Effect[] = ["unknown", "narrows", "widens"];
/** Clients pass over properties that they do not know, also where their schema forbids them. */
const PASSED_OVER = { guard: "addition" } as const;

const PROPERTY_RULES: readonly Rule[] = [
  ROWS.request(
    "new-required-request-property",
    ["narrows", "both"],
    (change) => gone(change, " is new, and required"),
    {
      advice: { request: "make it optional, or give it a default" },
    },
  ),
  ROWS.request("new-optional-request-property", ["keeps", "widens"], (change) =>
    gone(change, " is new, and optional"),
  ),
  ROWS.response(
    "response-required-property-added",
    ["narrows", "both"],
    (change) => gone(change, " is new"),
    PASSED_OVER,
  ),
  ROWS.response(
    "response-optional-property-added",
    ["keeps", "widens"],
    (change) => gone(change, " is new, and optional"),
    PASSED_OVER,
  ),
  ROWS.request("request-property-removed", ["unknown", "narrows", "both"], (change) =>
    gone(change, missedOrUnread(change)),
  ),
  ROWS.response(
    "response-required-property-removed",
    ["widens", "both"],
    (change) => gone(change, " is gone"),
    {
      advice: { response: "keep it until nobody reads it; deprecate it first" },
    },
  ),
  ROWS.response(
    "response-optional-property-removed",
    ["widens", "both"],
    (change) => gone(change, ", which was optional, is gone"),
    { guard: "optional" },
  ),
  ...PLACES.filter((place) => place.endsWith("property")).flatMap((place) => {
    const side = sideOf(place);
    const mark = side === "request" ? "read-only" : "write-only";
    const marked: More = { keywords: [side === "request" ? "readOnly" : "writeOnly"] };
    // Parameters and headers are held to their schemas as they are, in whichever direction.
    const moreWhere = (isBreak: boolean): More =>
      isBreak && place === `${side}-property` ? marked : { guard: "advisory", ...marked };
    return [
      ROWS[side](
        `${place}-became-${mark}`,
        ADVISORY,
        (change) => gone(change, ` is ${mark} now, and has no place in a ${side}`),
        moreWhere(side === "response"),
      ),
      ROWS[side](
        `${place}-became-not-${mark}`,
        ADVISORY,
        (change) => gone(change, ` is no longer ${mark}, and has its place in a ${side}`),
        moreWhere(side === "request"),
      ),
    ];
  }),
];

export const SCHEMA_RULES: readonly Rule[] = [
  ...PROPERTY_RULES,
  ...PLACES.flatMap((place) =>
    SCHEMA_ROWS.filter(([name]) => isFoundAt(place, name)).map(([name, effects, says, more]) =>
      ROWS[sideOf(place)](`${place}-${name}`, effects, (change) => says(change, subjectOf(change)), more),
    ),
  ),
  rowsOf("schema", UNTYPED)(
    "schema-xml-changed",
    "unknown",
    (change) =>
      `${subjectOf(change)} is written otherwise in XML: ${saidOtherwise("`xml`", change.before, change.after)}`,
    { level: "warning", keywords: ["xml"] },
  ),
];

function isFoundAt(place: (typeof PLACES)[number], name: string): boolean {
  if (OF_BODIES.has(name)) return place.endsWith("-body");
  // A parameter and a header have rules of their own for these.
  return !OF_PROPERTIES.has(name) || place.endsWith("-property");
}
