import { S, rows, body } from "./rows.js";

const types = (...names: string[]) => ({
  requestBody: { content: Object.fromEntries(names.map((name) => [name, { schema: S }])) },
});

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
  ["a charset", types("application/json"), types("application/json; charset=utf-8"), []],
  ["the case of a type", types("application/json"), types("Application/JSON"), []],
  [
    "a version of a type",
    types("application/x; v=1"),
    types("application/x; v=2"),
    ["W request-body-media-type-name-changed"],
  ],
  [
    "the encoding of a part",
    {
      requestBody: {
        content: { "multipart/form-data": { schema: { type: "object", properties: { a: S } } } },
      },
    },
    {
      requestBody: {
        content: {
          "multipart/form-data": {
            schema: { type: "object", properties: { a: S } },
            encoding: { a: { contentType: "text/csv" } },
          },
        },
      },
    },
    ["W request-body-encoding-changed"],
  ],
]);
