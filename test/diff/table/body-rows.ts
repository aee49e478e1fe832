import { S, rows, body } from "./rows.js";

const types = (...names: string[]) => ({
  requestBody: { content: Object.fromEntries(names.map((name) => [name, { schema: S }])) },
});

const of = (type: string, media: object) => ({ requestBody: { content: { [type]: media } } });
const FORM = { type: "object", properties: { a: S, o: { type: "object" }, l: { type: "array", items: S } } };
const form = (encoding: object) => of("multipart/form-data", { schema: FORM, encoding });
const part = (required: boolean) => ({ headers: { "X-A": { required, schema: S } } });
const mixed = (prefixEncoding: object[]) =>
  of("multipart/mixed", { schema: { type: "array", prefixItems: [S] }, prefixEncoding });
const inJson = (n: object) => ({
  type: "object",
  properties: { meta: { type: "object", properties: { n } } },
});
const jsonPart = (n: object) =>
  of("multipart/form-data", {
    schema: { type: "object", properties: { n } },
    encoding: { n: { contentType: "application/json" } },
  });
const fields = (properties: object) =>
  of("application/x-www-form-urlencoded", { schema: { type: "object", properties } });
const CHANGED = ["W request-body-encoding-changed"];
const FREER = ["I request-body-encoding-changed"];

export const BODIES = rows([
  ["a required body", {}, body({ required: true }), ["E request-body-added-required"]],
  ["an optional body", {}, body(), ["I request-body-added-optional"]],
  ["a body that goes", body(), {}, ["E request-body-removed"]],
  ["a body that is required now", body(), body({ required: true }), ["E request-body-became-required"]],
  ["a body that is optional now", body({ required: true }), body(), ["I request-body-became-optional"]],
  [
    "a media type more",
    types("application/json"),
    types("application/json", "text/plain"),
    ["I request-body-media-type-added"],
  ],
  [
    "a media type less",
    types("application/json", "text/plain"),
    types("application/json"),
    ["E request-body-media-type-removed"],
  ],
  [
    "a range in place of a type",
    types("application/json"),
    types("application/*"),
    ["I request-body-media-type-name-generalized"],
  ],
  ["any type", types("text/plain"), types("*/*"), ["I request-body-media-type-name-generalized"]],
  [
    "a type in place of a range",
    types("application/*"),
    types("application/json"),
    ["E request-body-media-type-name-specialized"],
  ],
  [
    "a type beside the range that took it",
    types("*/*"),
    types("*/*", "application/json"),
    ["I request-body-media-type-added"],
  ],
  [
    "a type that a range goes on taking",
    types("application/*", "application/json"),
    types("application/*"),
    ["I request-body-media-type-removed"],
  ],
  ["a charset", types("application/json"), types("application/json; charset=utf-8"), []],
  ["the case of a type", types("application/json"), types("Application/JSON"), []],
  [
    "a version of a type",
    types("application/x; v=1"),
    types("application/x; v=2"),
    ["W request-body-media-type-name-changed"],
  ],
  ["the encoding of a part", form({}), form({ a: { contentType: "text/csv" } }), CHANGED],
  ["a header of a part", form({ a: part(false) }), form({ a: part(true) }), CHANGED],
  ["a header that a part may be without", form({ a: part(true) }), form({ a: part(false) }), FREER],
  [
    "a media type more of a part",
    form({ a: { contentType: "image/png" } }),
    form({ a: { contentType: "image/jpeg, image/*" } }),
    FREER,
  ],
  [
    "the same change of two parts",
    form({ a: { contentType: "text/csv" }, l: { contentType: "text/csv" } }),
    form({ a: {}, l: {} }),
    [...CHANGED, ...CHANGED],
  ],
  ["the reserved characters of a part", form({ a: { allowReserved: true } }), form({ a: {} }), CHANGED],
  [
    "the encoding of parts without names",
    mixed([{ contentType: "text/csv" }]),
    mixed([{ contentType: "text/html" }]),
    CHANGED,
  ],
  [
    "a text in place of a number, in a form",
    fields({ n: { type: "integer" } }),
    fields({ n: S }),
    ["I request-property-type-changed"],
  ],
  [
    "a text of a pattern in place of a number, in a form",
    fields({ n: { type: "integer", minimum: 0, maximum: 99 } }),
    fields({ n: { ...S, pattern: "^[0-9]{1,2}$" } }),
    ["I request-property-type-changed"],
  ],
  [
    "a text that is too long in place of a number, in a form",
    fields({ n: { type: "integer" } }),
    fields({ n: { ...S, maxLength: 5 } }),
    ["E request-property-type-changed"],
  ],
  ["what a form lists", fields({ n: { enum: ["1", "2"] } }), fields({ n: { enum: [1, 2] } }), []],
  [
    "a text in place of a number, in the JSON of a form",
    fields({ o: { type: "object", properties: { n: { type: "integer" } } } }),
    fields({ o: { type: "object", properties: { n: S } } }),
    ["E request-property-type-changed"],
  ],
  [
    "a text in place of a number, in a form that holds JSON, too",
    fields({ n: { type: "integer" }, o: { type: "object" } }),
    fields({ n: S, o: { type: "object" } }),
    ["I request-property-type-changed"],
  ],
  [
    "an alternative less, in a form with JSON in it",
    of("multipart/form-data", { schema: { oneOf: [inJson(S), inJson({ type: "integer" })] } }),
    of("multipart/form-data", { schema: { oneOf: [inJson(S)] } }),
    ["E request-body-alternative-removed"],
  ],
  [
    "a list in the place of a text, in a part that is JSON",
    jsonPart(S),
    jsonPart({ type: "array", items: S }),
    ["E request-property-type-changed"],
  ],
  [
    "what bytes were said to be",
    of("application/octet-stream", { schema: { type: "string", format: "binary" } }),
    of("application/octet-stream", {}),
    [],
  ],
  [
    "what YAML says",
    of("application/yaml", { schema: { type: "object", properties: { a: S } } }),
    of("application/yaml", { schema: { type: "object", properties: { a: { type: "integer" } } } }),
    ["E request-property-type-changed"],
  ],
  [
    "the encoding that parts have anyway",
    form({}),
    form({ a: { contentType: "text/plain" }, o: { contentType: "application/json" }, l: { explode: true } }),
    [],
  ],
]);
