import { expect, it } from "vitest";
import type { JsonObject, JsonValue } from "../../generator/source/json.js";
import { valueAt } from "../../generator/source/pointer.js";
import { upgradeFrom20 } from "../../generator/source/upgrade-2.0.js";

function upgraded(given: JsonObject): JsonObject {
  const document = { swagger: "2.0", paths: {}, ...given };
  const target = (ref: string) => {
    const here = ref.slice(1);
    const value = valueAt(document, here);
    return value === undefined ? undefined : { value, here };
  };
  return upgradeFrom20(document, { target, moved: (ref) => `moved ${ref}` });
}

/** `POST /a` of a document, as 3.0 says it. */
function operation(own: JsonObject, document: JsonObject = {}): JsonValue {
  const { paths } = upgraded({ ...document, paths: { "/a": { post: { responses: {}, ...own } } } });
  return (paths as { "/a": { post: JsonValue } })["/a"].post;
}

it.each<[name: string, document: JsonObject, servers: JsonValue | undefined]>([
  ["nowhere", {}, undefined],
  ["a path", { basePath: "/v1" }, [{ url: "/v1" }]],
  ["a host", { host: "a.example" }, [{ url: "https://a.example" }]],
  [
    "several schemes, the safe one first",
    { host: "a.example", basePath: "/v1", schemes: ["http", "https"] },
    [{ url: "https://a.example/v1" }, { url: "http://a.example/v1" }],
  ],
  ["no scheme", { host: "a.example", schemes: [] }, [{ url: "https://a.example" }]],
])("%s is served", (_name, document, servers) => {
  expect(upgraded(document)["servers"]).toEqual(servers);
});

it.each<[schemes: JsonValue, servers: JsonValue | undefined]>([
  [["http"], [{ url: "http://a.example/v1" }]],
  [
    ["ws", "http"],
    [{ url: "http://a.example/v1" }, { url: "ws://a.example/v1" }],
  ],
  [["http", "https"], undefined],
  [[], undefined],
])("an operation of the schemes %j has its own servers", (schemes, servers) => {
  const document = { host: "a.example", basePath: "/v1", schemes: ["https"] };
  expect(operation({ schemes }, document)).toEqual({ responses: {}, ...(servers && { servers }) });
});

const BODY = { in: "body", name: "b", schema: { type: "string" } };
const FIELD = { in: "formData", name: "f", type: "string" };
const FORM = "application/x-www-form-urlencoded";
const MULTIPART = "multipart/form-data";
const LIST = { ...FIELD, type: "array", items: { type: "string" } };

it.each<[produces: string[], types: string[]]>([
  [[], ["*/*"]],
  [["application/json", "application/problem+json", "text/xml"], ["*/*"]],
  [
    ["application/json", "application/pdf", "image/png"],
    ["application/pdf", "image/png"],
  ],
])("a file is bytes, whatever else the document produces: %j", (produces, types) => {
  const responses = { "200": { description: "A file.", schema: { type: "file" } } };
  const file = { schema: { type: "string", format: "binary" } };
  expect(operation({ responses }, { produces })).toEqual({
    responses: {
      "200": { description: "A file.", content: Object.fromEntries(types.map((type) => [type, file])) },
    },
  });
});

it.each<[name: string, operation: JsonObject, document: JsonObject, content: JsonObject]>([
  [
    "as JSON where nothing is said",
    { parameters: [BODY] },
    {},
    { "application/json": { schema: BODY.schema } },
  ],
  [
    "as the document says",
    { parameters: [BODY] },
    { consumes: ["text/plain"] },
    { "text/plain": { schema: BODY.schema } },
  ],
  [
    "as the operation says, and as no form",
    { parameters: [BODY], consumes: [FORM, "text/plain", MULTIPART] },
    { consumes: ["text/csv"] },
    { "text/plain": { schema: BODY.schema } },
  ],
  [
    "as a form",
    { parameters: [FIELD] },
    {},
    { [FORM]: { schema: { type: "object", properties: { f: { type: "string" } } } } },
  ],
  [
    "as the form that is asked for",
    { parameters: [{ ...FIELD, required: true }], consumes: ["text/plain", MULTIPART, FORM] },
    {},
    { [MULTIPART]: { schema: { type: "object", required: ["f"], properties: { f: { type: "string" } } } } },
  ],
  [
    "as parts where there is a file",
    { parameters: [{ ...FIELD, type: "file" }], consumes: [FORM] },
    {},
    { [MULTIPART]: { schema: { type: "object", properties: { f: { type: "string", format: "binary" } } } } },
  ],
  [
    "as lists in one field",
    { parameters: [LIST, { ...LIST, name: "g", collectionFormat: "multi" }] },
    {},
    {
      [FORM]: {
        schema: {
          type: "object",
          properties: {
            f: { type: "array", items: { type: "string" } },
            g: { type: "array", items: { type: "string" } },
          },
        },
        encoding: { f: { style: "form", explode: false } },
      },
    },
  ],
])("a body is sent %s", (_name, own, document, content) => {
  expect(operation(own, document)).toMatchObject({ requestBody: { content } });
});

it("a body of the path is one of each operation that has none of its own", () => {
  const own = { ...BODY, schema: { type: "integer" } };
  const item = {
    parameters: [BODY, { in: "query", name: "q", type: "string" }],
    get: { responses: {} },
    put: { responses: {}, parameters: [own] },
  };
  const { paths } = upgraded({ paths: { "/a": item } });
  expect(paths).toMatchObject({
    "/a": {
      parameters: [{ in: "query", name: "q", schema: { type: "string" } }],
      get: { requestBody: { content: { "application/json": { schema: BODY.schema } } } },
      put: { requestBody: { content: { "application/json": { schema: own.schema } } } },
    },
  });
});

const A = { in: "formData", name: "a", type: "string", required: true };
const B = { in: "formData", name: "b", type: "string" };
const B_NUMBER = { ...B, type: "integer" };

it.each<[name: string, shared: JsonValue[], own: JsonValue[], content: JsonObject]>([
  [
    "fields of the path beside those of the operation, which replace their namesakes",
    [A, B],
    [B_NUMBER],
    {
      [FORM]: {
        schema: {
          type: "object",
          required: ["a"],
          properties: { a: { type: "string" }, b: { type: "integer" } },
        },
      },
    },
  ],
  [
    "a field in place of the path's body",
    [BODY],
    [B],
    { [FORM]: { schema: { type: "object", properties: { b: { type: "string" } } } } },
  ],
  ["a body in place of the path's fields", [A, B], [BODY], { "application/json": { schema: BODY.schema } }],
  [
    "the path's fields beside a query parameter of the name",
    [B],
    [{ in: "query", name: "b", type: "integer" }],
    { [FORM]: { schema: { type: "object", properties: { b: { type: "string" } } } } },
  ],
])("an operation has %s", (_name, shared, parameters, content) => {
  const item = { parameters: shared, post: { responses: {}, parameters } };
  const { paths } = upgraded({ paths: { "/a": item } });
  const { post } = (paths as { "/a": { post: { requestBody: JsonObject } } })["/a"];
  expect(post.requestBody["content"]).toEqual(content);
});

it("a response has its headers, and an example a media type", () => {
  const headers = {
    "X-A": { type: "integer", description: "One.", "x-nullable": true },
    "X-B": { type: "array", items: { type: "file" }, collectionFormat: "pipes" },
  };
  const response = { description: "", schema: { type: "object" }, headers, examples: { "text/csv": "a" } };
  expect(operation({ produces: ["application/json", "text/csv"], responses: { 200: response } })).toEqual({
    responses: {
      200: {
        description: "",
        headers: {
          "X-A": { description: "One.", schema: { type: "integer", nullable: true } },
          "X-B": {
            collectionFormat: "pipes",
            schema: { type: "array", items: { type: "string", format: "binary" } },
          },
        },
        content: {
          "application/json": { schema: { type: "object" } },
          "text/csv": { schema: { type: "object" }, example: "a" },
        },
      },
    },
  });
});

const SHARED = {
  produces: ["application/json"],
  responses: {
    Text: { description: "", schema: { type: "string" } },
    File: { description: "", schema: { type: "file" } },
    Empty: { description: "" },
  },
};

it.each<[name: string, produces: string[], response: JsonObject]>([
  ["Text", ["text/csv"], { description: "", content: { "text/csv": { schema: { type: "string" } } } }],
  ["Text", ["application/json"], { $ref: "moved #/responses/Text" }],
  [
    "File",
    ["application/pdf"],
    { description: "", content: { "application/pdf": { schema: { type: "string", format: "binary" } } } },
  ],
  // No file is JSON or XML: neither list says what it is.
  ["File", ["application/xml"], { $ref: "moved #/responses/File" }],
  ["Empty", ["text/csv"], { $ref: "moved #/responses/Empty" }],
])("a shared response has the media types of the operation: %s as %j", (name, produces, response) => {
  const responses = { "200": { $ref: `#/responses/${name}` } };
  expect(operation({ produces, responses }, SHARED)).toEqual({ responses: { "200": response } });
});

it.each<[JsonObject, JsonObject]>([
  [
    { type: "basic", description: "B" },
    { type: "http", scheme: "basic", description: "B" },
  ],
  [
    { type: "apiKey", in: "query", name: "k" },
    { type: "apiKey", in: "query", name: "k" },
  ],
  [
    { type: "oauth2", flow: "application", tokenUrl: "/t", scopes: { a: "A" } },
    { type: "oauth2", flows: { clientCredentials: { tokenUrl: "/t", scopes: { a: "A" } } } },
  ],
  [
    { type: "oauth2", flow: "implicit", authorizationUrl: "/a" },
    { type: "oauth2", flows: { implicit: { authorizationUrl: "/a", scopes: {} } } },
  ],
])("the security scheme %j is %j", (scheme, expected) => {
  const { components } = upgraded({ securityDefinitions: { s: scheme } });
  expect(components).toMatchObject({ securitySchemes: { s: expected } });
});

it("a shared body that is another's stands among the bodies", () => {
  const { components } = upgraded({
    parameters: {
      Pet: { $ref: "#/parameters/Animal" },
      Animal: BODY,
      Note: { $ref: "#/parameters/Field" },
      Field: FIELD,
    },
  });
  expect(components).toEqual({
    schemas: {},
    responses: {},
    securitySchemes: {},
    parameters: {},
    requestBodies: {
      Pet: { $ref: "moved #/parameters/Animal" },
      Animal: { content: { "application/json": { schema: { type: "string" } } } },
    },
  });
});

it("what is no field of 2.0 stays where references name it", () => {
  expect(upgraded({ "x-shared": { A: { type: "file" } }, consumes: [] })).toEqual({
    openapi: "3.0.4",
    "x-shared": { A: { type: "file" } },
    paths: {},
    components: { schemas: {}, parameters: {}, requestBodies: {}, responses: {}, securitySchemes: {} },
  });
});
