import { isObject } from "../../source/json.js";
import type { Change } from "../change.js";
import { rowsOf, show, subjectOf, UNTYPED, type More, type Rule } from "./rule.js";

const operation = rowsOf("operation");

const DEPRECATE_FIRST = "deprecate it first, with a sunset date, and remove it after that";

/** An operation, or a path with all of its operations, that is gone. */
const REMOVALS: readonly Rule[] = (["api-removed", "api-path-removed"] as const).flatMap((prefix) => {
  const what = (name: string | undefined) =>
    prefix === "api-removed" ? (name ?? "") : `the path of ${name ?? ""}`;
  return [
    operation(
      `${prefix}-without-deprecation`,
      "narrows",
      (change) => `${what(change.operation)} is gone, and was not deprecated before`,
      { advice: { request: DEPRECATE_FIRST } },
    ),
    operation(
      `${prefix}-before-sunset`,
      "narrows",
      (change) => `${what(change.operation)} is gone before the sunset that was announced`,
      { advice: { request: "keep it until its sunset" } },
    ),
    operation(
      `${prefix}-with-deprecation`,
      "narrows",
      (change) => `${what(change.operation)}, which was deprecated, is gone`,
    ),
  ];
});

export const OPERATION_RULES: readonly Rule[] = [
  ...REMOVALS,
  operation("endpoint-added", "keeps", (change) => `${change.operation} is new`),
  operation(
    "endpoint-shadowed",
    "unknown",
    ({ before, after }) => `${String(after)} takes requests now that ${String(before)} took`,
    UNTYPED,
  ),
  ...(["webhook", "callback"] as const).map((kind) =>
    operation(
      `${kind}-renamed`,
      "keeps",
      ({ before, after }) => `the ${kind} ${show(before)} is called ${show(after)} now`,
    ),
  ),
  operation("webhook-added", "keeps", (change) => `${change.operation} is new`),
  operation("webhook-removed", "narrows", (change) => `${change.operation} is no longer sent`, {
    advice: { request: "send it until nobody waits for it" },
    isReceived: true,
  }),
  operation("callback-added", "keeps", (change) => `${change.operation} is new`),
  operation("callback-removed", "narrows", (change) => `${change.operation} is no longer sent`, {
    advice: { request: "send it until nobody waits for it" },
    isReceived: true,
  }),
  operation(
    "callback-expression-changed",
    "both",
    ({ operation: name, before, after }) => `${name} is sent to ${show(after)}, no longer to ${show(before)}`,
  ),
  operation("api-operation-id-changed", "keeps", functionRenamed, {
    level: "warning",
    advice: { none: "leave the operationId as it was; it is the name of the function that people call" },
    keywords: ["operationId"],
  }),
  operation(
    "api-base-path-moved-into-paths",
    "keeps",
    ({ before }) =>
      `base path ${show(before)} stands in the paths now, not in the servers: requests go where they went`,
  ),
  operation(
    "api-base-path-moved-into-servers",
    "keeps",
    ({ after }) =>
      `base path ${show(after)} stands in the servers now, not in the paths: requests go where they went`,
  ),
];

/** Where the document gives no operationId, clients name the function after the method and the path. */
function functionRenamed({ before, after }: Change): string {
  const words = "after the method and the path";
  if (before === undefined && after === undefined)
    return `clients name the function otherwise: it has no operationId, and is named ${words}`;
  if (before === undefined)
    return `operationId ${show(after)} is new: clients name the function by it, no longer ${words}`;
  if (after === undefined)
    return `operationId ${show(before)} is gone: clients name the function ${words} now`;
  return `operationId ${show(before)} is now ${show(after)}: clients name functions by it`;
}

const lifeCycle = rowsOf("life cycle", UNTYPED);
const KEEP_SUNSET = "keep the date that callers were told, or a later one";
const A_PROMISE = "what is broken is a promise of the document, which no message shows";
const DEPRECATED: More = { keywords: ["deprecated"] };
const STABILITY: More = { keywords: ["x-stability-level"] };

/** Something deprecated: an operation, or a parameter. */
const deprecations = (prefix: string, what: string): Rule[] => [
  lifeCycle(`${prefix}-deprecated`, "keeps", () => `${what} is deprecated`, DEPRECATED),
  lifeCycle(
    `${prefix}-deprecated-with-sunset`,
    "keeps",
    ({ after }) => `${what} is deprecated, and goes after ${show(after)}`,
    DEPRECATED,
  ),
  lifeCycle(
    `${prefix}-sunset-past`,
    "keeps",
    ({ after }) => `${what} is deprecated with a sunset that is past already: ${show(after)}`,
    { level: "warning", advice: { none: "give callers time to move" } },
  ),
  lifeCycle(
    `${prefix}-sunset-invalid`,
    "keeps",
    ({ after }) => `${what} is deprecated with a sunset that is no date: ${show(after)}`,
    { level: "warning", advice: { none: "write the date as RFC 3339 has it: 2030-12-31" } },
  ),
  lifeCycle(`${prefix}-reactivated`, "keeps", () => `${what} is no longer deprecated`, DEPRECATED),
];

export const LIFE_CYCLE_RULES: readonly Rule[] = [
  ...deprecations("endpoint", "the operation"),
  ...deprecations("request-parameter", "the parameter"),
  ...(
    [
      ["sunset-deleted", "api-sunset-date-changed-too-small", "the operation"],
      [
        "request-parameter-sunset-deleted",
        "request-parameter-sunset-date-changed-too-small",
        "the parameter",
      ],
    ] as const
  ).flatMap(([deleted, earlier, what]) => [
    lifeCycle(
      deleted,
      "keeps",
      ({ before }) => `the sunset of ${what} is gone (it was ${show(before)}): callers counted on it`,
      { level: "error", advice: { none: KEEP_SUNSET }, unprovable: A_PROMISE },
    ),
    lifeCycle(
      earlier,
      "keeps",
      ({ before, after }) =>
        `the sunset of ${what} moved from ${show(before)} to ${show(after)}, which is earlier`,
      { level: "error", advice: { none: KEEP_SUNSET }, unprovable: A_PROMISE },
    ),
  ]),
  lifeCycle(
    "api-stability-decreased",
    "keeps",
    ({ before, after }) => `the operation was ${show(before)}, and is but ${show(after)} now`,
    {
      level: "error",
      advice: { none: "what was promised to be stable stays so" },
      unprovable: A_PROMISE,
      ...STABILITY,
    },
  ),
  lifeCycle(
    "api-stability-increased",
    "keeps",
    ({ before, after }) => `the operation was ${show(before)}, and is ${show(after)} now`,
    STABILITY,
  ),
];

const TAGS: More = { keywords: ["tags"], isListed: true };
const documentation = rowsOf("documentation", UNTYPED);

export const DOCUMENTATION_RULES: readonly Rule[] = [
  documentation("api-tag-removed", "keeps", ({ before }) => `tag ${show(before)} is gone`, TAGS),
  documentation("api-tag-added", "keeps", ({ after }) => `tag ${show(after)} is new`, TAGS),
  documentation("documentation-changed", "keeps", textsDiffer, { holdsKeywords: true }),
];

/** `the description and the examples of schema `Pet` read differently`. */
function textsDiffer(change: Change): string {
  const texts = isObject(change.before) ? Object.keys(change.before) : ["texts"];
  const names = texts.map((name) => SPELLED[name] ?? name);
  const isOne = names.length === 1 && !names[0]!.endsWith("s");
  const what = names.map((name) => `the ${name}`).join(" and ");
  return `${what} of ${subjectOf(change)} ${isOne ? "reads" : "read"} differently`;
}

/** What is called otherwise in a sentence. */
const SPELLED: { readonly [name: string]: string } = { externalDocs: "external documentation" };
