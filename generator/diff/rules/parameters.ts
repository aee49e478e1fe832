import { missedOrUnread, rowsOf, show, subjectOf, UNTYPED, type More, type Rule } from "./rule.js";

const row = rowsOf("parameter");
const OPTIONAL = "make it optional";
const ALLOW_RESERVED: More = { keywords: ["allowReserved"], ...UNTYPED };
const ALLOW_EMPTY: More = { keywords: ["allowEmptyValue"], ...UNTYPED };

export const PARAMETER_RULES: readonly Rule[] = [
  row(
    "request-parameter-removed",
    ["unknown", "widens"],
    (change) => `${subjectOf(change)}${missedOrUnread(change)}`,
  ),
  row(
    "request-parameter-removed-with-deprecation",
    "unknown",
    (change) => `${subjectOf(change)}, which was deprecated, is gone`,
  ),
  row(
    "request-parameter-removed-before-sunset",
    "narrows",
    (change) => `${subjectOf(change)} is gone before the sunset that was announced`,
    { advice: { request: "keep it until its sunset" } },
  ),
  row("new-required-request-parameter", "narrows", (change) => `${subjectOf(change)} is new, and required`, {
    advice: { request: OPTIONAL },
  }),
  row(
    "new-required-request-default-parameter-to-existing-path",
    "narrows",
    (change) => `${subjectOf(change)} is new, and required in spite of its default`,
    { advice: { request: OPTIONAL } },
  ),
  row("new-optional-request-parameter", "keeps", (change) => `${subjectOf(change)} is new, and optional`),
  row(
    "new-optional-request-default-parameter-to-existing-path",
    "keeps",
    (change) => `${subjectOf(change)} is new, and optional, with a default`,
  ),
  row(
    "request-path-parameter-renamed",
    "keeps",
    ({ before, after }) =>
      `path parameter ${show(before)} is now called ${show(after)}: nothing changes on the wire, the argument's name does`,
    { level: "warning" },
  ),
  row(
    "request-path-parameter-moved",
    "both",
    (change) =>
      `${subjectOf(change)} stands at another place of the path now: the same arguments are another request`,
    { advice: { request: "keep the order of the path, or call the operation otherwise" } },
  ),
  row(
    "request-parameter-location-changed",
    ["both", "unknown"],
    (change) => `${subjectOf(change)} is now read from the ${String(change.after)}`,
    {
      advice: {
        request: "read it from both places for a while",
        response: "send it at both places for a while",
      },
      keywords: ["in"],
    },
  ),
  row("request-parameter-became-required", "narrows", (change) => `${subjectOf(change)} is now required`, {
    keywords: ["required"],
  }),
  row("request-parameter-became-optional", "widens", (change) => `${subjectOf(change)} is now optional`, {
    keywords: ["required"],
  }),
  ...[
    { name: "serialization", ...UNTYPED },
    { name: "style", keywords: ["style"], ...UNTYPED },
    { name: "explode", keywords: ["explode"], ...UNTYPED },
  ].map(({ name, ...more }) =>
    row(
      `request-parameter-${name}-changed`,
      "both",
      (change) =>
        `${subjectOf(change)} is written otherwise: ${name} was ${show(change.before)}, and is ${show(change.after)} now`,
      more,
    ),
  ),
  row(
    "request-parameter-became-allow-reserved",
    "widens",
    (change) => `${subjectOf(change)} may hold reserved characters as they are`,
    ALLOW_RESERVED,
  ),
  row(
    "request-parameter-became-not-allow-reserved",
    "narrows",
    (change) => `${subjectOf(change)} may no longer hold reserved characters as they are`,
    ALLOW_RESERVED,
  ),
  row(
    "request-parameter-became-allow-empty-value",
    ["widens", "keeps"],
    (change) => `${subjectOf(change)} may be sent without a value`,
    ALLOW_EMPTY,
  ),
  row(
    "request-parameter-became-not-allow-empty-value",
    ["narrows", "keeps"],
    (change) => `${subjectOf(change)} may no longer be sent without a value`,
    ALLOW_EMPTY,
  ),
];
