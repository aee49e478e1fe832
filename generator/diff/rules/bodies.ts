import { isObject, own, type JsonValue } from "../../source/json.js";
import { rowsOf, saidOtherwise, show, subjectOf, UNTYPED, type Rule } from "./rule.js";
import type { Change, Effect } from "../change.js";

const body = rowsOf("request body");
const response = rowsOf("response");

/** A media type that is called otherwise: a range in place of what it holds, the other way round, or other parameters. */
const names = (row: typeof body, prefix: string): Rule[] =>
  (
    [
      ["generalized", "widens"],
      ["specialized", "narrows"],
      ["changed", "unknown"],
    ] as const satisfies readonly (readonly [string, Effect])[]
  ).map(([how, effect]) =>
    row(
      `${prefix}-media-type-name-${how}`,
      effect,
      (change) =>
        `the media type of ${subjectOf(change)} was ${show(change.before)}, and is ${show(change.after)} now`,
    ),
  );

/** How a part of a form is written: each field that differs. */
function partDiffers(change: Change): string {
  const [old, now] = [change.before, change.after].map((said) => (isObject(said) ? said : {}));
  const fields = new Set([...Object.keys(old!), ...Object.keys(now!)]);
  const differences = [...fields].map((field) => fieldDiffers(field, own(old!, field), own(now!, field)));
  return [
    `${subjectOf(change)} is written otherwise`,
    ...(fields.size > 0 ? [differences.join("; ")] : []),
  ].join(": ");
}

function fieldDiffers(field: string, before: JsonValue | undefined, after: JsonValue | undefined): string {
  const isHeader = field.startsWith("header ");
  if (isHeader && before === undefined) return `${field} is new, and ${String(after)}`;
  if (isHeader) return `${field} is ${after === undefined ? "gone" : `${String(after)} now`}`;
  return saidOtherwise(field, before, after);
}

export const BODY_RULES: readonly Rule[] = [
  body(
    "request-body-removed",
    "both",
    ({ direction }) =>
      `the request body is gone: ${direction === "response" ? "those who receive it miss it" : "what callers send is no longer read"}`,
  ),
  body("request-body-added-required", "narrows", () => "a request body is required now"),
  body("request-body-added-optional", "keeps", () => "an optional request body is new"),
  body("request-body-became-required", "narrows", () => "the request body is now required", {
    keywords: ["required"],
  }),
  body("request-body-became-optional", "widens", () => "the request body is now optional", {
    keywords: ["required"],
  }),
  body(
    "request-body-media-type-removed",
    "both",
    ({ before }) => `media type ${show(before)} of the request is gone`,
  ),
  body(
    "request-body-media-type-added",
    "widens",
    ({ after }) => `media type ${show(after)} of the request is new`,
  ),
  ...names(body, "request-body"),
  body("request-body-encoding-changed", ["unknown", "keeps"], partDiffers),
];

/** A status that is not listed any more. It may be described by another response; one of a webhook or a callback is the client's. */
function statusGone({ before, after, direction }: Change): string {
  if (after !== undefined) return `status ${show(before)} is described by \`${String(after)}\` now`;
  return `status ${show(before)} is gone${direction === "request" ? ": clients may no longer answer with it" : ""}`;
}

/** Where there is something before, it covered the status. */
function statusComes({ after, base, direction }: Change): string {
  if (base) return `status ${show(after)} is described by itself now`;
  const who = direction === "request" ? "clients may answer with it" : "clients of today do not expect it";
  return `status ${show(after)} is new: ${who}`;
}

export const RESPONSE_RULES: readonly Rule[] = [
  ...(["success", "non-success"] as const).map((kind) =>
    response(`response-${kind}-status-removed`, ["widens", "narrows", "keeps"], statusGone),
  ),
  response("response-success-status-added", ["widens", "keeps"], statusComes, { guard: "addition" }),
  response("response-non-success-status-added", "keeps", ({ after }) => `status ${show(after)} is new`),
  response(
    "response-media-type-removed",
    "both",
    (change) => `media type ${show(change.before)} of ${subjectOf(change)} is gone`,
  ),
  response(
    "response-media-type-added",
    "keeps",
    (change) => `media type ${show(change.after)} of ${subjectOf(change)} is new`,
  ),
  ...names(response, "response"),
  response("response-header-added", ["keeps", "narrows"], (change) => `${subjectOf(change)} is new`),
  response(
    "response-header-serialization-changed",
    "both",
    (change) =>
      `${subjectOf(change)} is written as ${show(change.after)} now, no longer as ${show(change.before)}`,
  ),
  response(
    "response-header-explode-changed",
    "both",
    (change) =>
      `the explode of ${subjectOf(change)} was ${show(change.before)}, and is ${show(change.after)} now`,
    { keywords: ["explode"] },
  ),
  response("required-response-header-removed", "widens", (change) => `${subjectOf(change)} is gone`),
  response(
    "optional-response-header-removed",
    "widens",
    (change) => `${subjectOf(change)}, which could be absent, is gone`,
    { guard: "optional" },
  ),
  response(
    "response-header-became-optional",
    "widens",
    (change) => `${subjectOf(change)} may be absent now`,
    {
      keywords: ["required"],
    },
  ),
  response(
    "response-header-became-required",
    "narrows",
    (change) => `${subjectOf(change)} is always there now`,
    { keywords: ["required"] },
  ),
  response("response-link-added", "keeps", ({ after }) => `link ${show(after)} is new`, UNTYPED),
  response("response-link-removed", "keeps", ({ before }) => `link ${show(before)} is gone`, UNTYPED),
  response("response-link-changed", "keeps", () => "a link says otherwise what one may do next", UNTYPED),
];
