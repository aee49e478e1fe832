import { OK, S, rows, json } from "./rows.js";

const answers = (responses: object) => ({ responses: { ...OK, ...responses } });
const content = (...names: string[]) => ({
  responses: {
    "200": { description: "", content: Object.fromEntries(names.map((name) => [name, { schema: S }])) },
  },
});
const headers = (more: object | undefined, status = "200") => ({
  responses: {
    ...OK,
    [status]: { description: "", ...(more && { headers: { "X-H": { schema: S, ...more } } }) },
  },
});
const links = (named: object) => ({ responses: { "200": { description: "", links: named } } });
const NONE = { description: "" };

export const RESPONSES = rows([
  ["a success more", {}, answers({ "201": NONE }), ["W response-success-status-added"]],
  ["a success less", answers({ "201": NONE }), {}, ["E response-success-status-removed"]],
  ["a failure more", {}, answers({ "404": NONE }), ["I response-non-success-status-added"]],
  ["a failure less", answers({ "404": NONE }), {}, ["W response-non-success-status-removed"]],
  [
    "a failure that its range describes",
    answers({ "404": NONE }),
    answers({ "4XX": NONE }),
    ["I response-non-success-status-added", "I response-non-success-status-removed"],
  ],
  [
    "a failure that default describes still",
    answers({ "404": NONE, default: NONE }),
    answers({ default: NONE }),
    ["I response-non-success-status-removed"],
  ],
  [
    "default in place of the one success",
    { responses: { "200": NONE } },
    { responses: { default: NONE } },
    ["I response-success-status-removed", "W response-success-status-added"],
  ],
  [
    "default beside the one success",
    { responses: { "200": NONE } },
    { responses: { "200": NONE, default: NONE } },
    ["I response-non-success-status-added"],
  ],
  [
    "a success more, beside what default describes",
    answers({ default: { description: "", content: json() } }),
    answers({ "204": NONE, default: { description: "", content: json() } }),
    ["W response-success-status-added"],
  ],
  [
    "a success that its range describes still",
    answers({ "201": NONE, "2XX": NONE }),
    answers({ "2XX": NONE }),
    ["I response-success-status-removed"],
  ],
  [
    "a range that is listed now",
    answers({ "4XX": NONE }),
    answers({ "400": NONE, "404": NONE }),
    [
      "I response-non-success-status-added",
      "I response-non-success-status-added",
      "I response-non-success-status-removed",
    ],
  ],
  [
    "a status with another body than its range had",
    answers({ "4XX": { description: "", content: json() } }),
    answers({
      "4XX": { description: "", content: json() },
      "404": { description: "", content: json({ type: "integer" }) },
    }),
    ["I response-non-success-status-added", "W response-body-type-changed"],
  ],
  [
    "a media type more",
    content("application/json"),
    content("application/json", "text/plain"),
    ["I response-media-type-added"],
  ],
  [
    "a media type less",
    content("application/json", "text/plain"),
    content("application/json"),
    ["E response-media-type-removed"],
  ],
  ["a body that goes", content("application/json"), {}, ["E response-media-type-removed"]],
  [
    "a range in place of a type",
    content("application/json"),
    content("application/*"),
    ["E response-media-type-name-generalized"],
  ],
  [
    "a type in place of a range",
    content("application/*"),
    content("application/json"),
    ["I response-media-type-name-specialized"],
  ],
  [
    "a type beside the range that took it",
    content("*/*"),
    content("*/*", "application/json"),
    ["I response-media-type-added"],
  ],
  [
    "a type that a range goes on taking",
    content("application/*", "application/json"),
    content("application/*"),
    ["I response-media-type-removed"],
  ],
  [
    "a profile of a type",
    content("application/json"),
    content("application/json; profile=a"),
    ["W response-media-type-name-changed"],
  ],
  ["a charset", content("text/plain"), content("text/plain; charset=utf-8"), []],
  ["a header more", {}, headers({}), ["I response-header-added"]],
  [
    "a required header less",
    headers({ required: true }),
    headers(undefined),
    ["E required-response-header-removed"],
  ],
  [
    "a header that is deprecated",
    headers({}),
    headers({ deprecated: true }),
    ["I response-header-deprecated"],
  ],
  [
    "a header that is no longer deprecated",
    headers({ deprecated: true }, "400"),
    headers({}, "400"),
    ["I response-header-reactivated"],
  ],
  ["an optional header less", headers({}), headers(undefined), ["W optional-response-header-removed"]],
  [
    "a header of a failure less",
    headers({ required: true }, "400"),
    headers(undefined, "400"),
    ["W required-response-header-removed"],
  ],
  [
    "a header that is optional now",
    headers({ required: true }),
    headers({}),
    ["E response-header-became-optional"],
  ],
  [
    "a header that is always there",
    headers({}),
    headers({ required: true }),
    ["I response-header-became-required"],
  ],
  [
    "a header of another type",
    headers({}),
    headers({ schema: { type: "array", items: S } }),
    ["E response-header-type-changed"],
  ],
  [
    "a number in a header that is any text now",
    headers({ schema: { type: "integer" } }),
    headers({}),
    ["E response-header-type-changed"],
  ],
  [
    "a text of a pattern in a header that is a number now",
    headers({ schema: { ...S, pattern: "^[0-9]{1,2}$" } }),
    headers({ schema: { type: "integer", minimum: 0, maximum: 99 } }),
    ["I response-header-type-changed"],
  ],
  [
    "a number in a header that is a text of a pattern now",
    headers({ schema: { type: "integer", minimum: 0, maximum: 99 } }),
    headers({ schema: { ...S, pattern: "^[0-9]{1,2}$" } }),
    ["W response-header-type-changed"],
  ],
  [
    "a number in a header that is a text of another pattern now",
    headers({ schema: { type: "integer" } }),
    headers({ schema: { ...S, pattern: "^[a-z]$" } }),
    ["E response-header-type-changed"],
  ],
  [
    "a text in a header that is a number now",
    headers({}),
    headers({ schema: { type: "integer" } }),
    ["I response-header-type-changed"],
  ],
  ["a link more", {}, links({ next: { operationId: "putThing" } }), ["I response-link-added"]],
  ["a link less", links({ next: { operationId: "putThing" } }), {}, ["I response-link-removed"]],
  [
    "another link",
    links({ next: { operationId: "putThing" } }),
    links({ next: { operationId: "putThing", parameters: { id: "$response.body#/id" } } }),
    ["I response-link-changed"],
  ],
  [
    "a failure that gains a type",
    answers({ "400": { description: "", content: json() } }),
    answers({ "400": { description: "", content: json({ type: ["string", "integer"] }) } }),
    ["W response-body-type-changed"],
  ],
  [
    "a header that is written otherwise",
    headers({ required: true, schema: { type: "object", properties: { a: S } } }),
    headers({ required: true, schema: { type: "object", properties: { a: S } }, explode: true }),
    ["E response-header-explode-changed"],
  ],
  [
    "a header that no style writes",
    headers({
      schema: {
        type: "object",
        properties: { a: { type: "object", required: ["b"], properties: { b: S } } },
      },
    }),
    headers({ schema: { type: "object", properties: { a: { type: "object", properties: { b: S } } } } }),
    ["E response-header-property-became-optional"],
  ],
  [
    "a number in a header that is written as JSON",
    headers({ schema: { type: "integer" } }),
    headers({ schema: undefined, content: json({ type: "integer" }) }),
    [],
  ],
  [
    "a header that is written as JSON",
    headers({ required: true, schema: { type: "object", properties: { a: S } } }),
    headers({
      required: true,
      schema: undefined,
      content: json({ type: "object", properties: { a: S } }),
    }),
    ["E response-header-serialization-changed"],
  ],
  [
    "the only response, whatever its status",
    { responses: { default: { description: "", content: json() } } },
    { responses: { default: { description: "", content: json({ type: "integer" }) } } },
    ["E response-body-type-changed"],
  ],
]);
