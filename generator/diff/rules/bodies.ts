import { rowsOf, show, subjectOf, UNTYPED, type Rule } from "./rule.js";
import type { Effect } from "../change.js";

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

export const BODY_RULES: readonly Rule[] = [
  body("request-body-removed", "both", () => "the request body is gone: what callers send is no longer read"),
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
  body("request-body-encoding-changed", "unknown", () => "parts of the form are written otherwise"),
];

/** What describes a status, where it is not listed any more. */
const COVERED = (after: unknown) =>
  after === undefined ? "is gone" : `is described by \`${String(after)}\` now`;

export const RESPONSE_RULES: readonly Rule[] = [
  ...(["success", "non-success"] as const).map((kind) =>
    response(
      `response-${kind}-status-removed`,
      ["widens", "narrows", "keeps"],
      ({ before, after }) => `status ${show(before)} ${COVERED(after)}`,
    ),
  ),
  response(
    "response-success-status-added",
    ["widens", "keeps"],
    // Where there is something before, it covered the status.
    ({ after, base }) =>
      `status ${show(after)} is ${base ? "described by itself now" : "new: clients of today do not expect it"}`,
    { guard: "addition" },
  ),
  response("response-non-success-status-added", "keeps", ({ after }) => `status ${show(after)} is new`),
  response(
    "response-media-type-removed",
    "both",
    ({ before }) => `media type ${show(before)} of the response is gone`,
  ),
  response(
    "response-media-type-added",
    "keeps",
    ({ after }) => `media type ${show(after)} of the response is new`,
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
