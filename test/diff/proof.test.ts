import { describe, expect, it } from "vitest";
import type { JsonObject, JsonValue } from "../../generator/source/json.js";
import type { Change } from "../../generator/diff/change.js";
import { proved } from "../../generator/diff/prove-changes.js";
import type { WitnessSearch } from "../../generator/diff/proof/witness-search.js";
import type { Witness } from "../../generator/diff/proof/witness.js";
import { levelOf } from "../../generator/diff/rules/rules.js";
import { documentOf, reviewTexts } from "../support/review.js";
import { api, json, paths, S } from "./table/rows.js";

const parameter = (more: object) => ({ name: "q", in: "query", schema: S, ...more });
const takes = (...parameters: object[]) => api({ parameters });
const LIST = { type: "array", items: S };
const COLOR = { type: "object", properties: { r: { type: "integer" }, g: { type: "integer" } } };
const ID = { name: "id", in: "path", required: true, schema: S };
const item = (more: object = {}, schema: object = S) => ({
  parameters: [{ ...ID, schema, ...more }],
  get: { operationId: "g", responses: {} },
});
const at = (path: string, more: object = {}, schema: object = S) => paths({ [path]: item(more, schema) });
const guarded = (security: object[], schemes: object) =>
  api({ security }, { components: { securitySchemes: schemes } });
const KEY = { type: "apiKey", in: "header", name: "X-Key" };
const TOKEN = {
  type: "oauth2",
  flows: { clientCredentials: { tokenUrl: "/token", scopes: { r: "", w: "" } } },
};
const flows = (...names: string[]) => {
  const known = { authorizationUrl: "https://a.test/auth", tokenUrl: "https://a.test/token", scopes: {} };
  const flow = Object.fromEntries(names.map((name) => [name, known]));
  return guarded([{ oauth: [] }], { oauth: { type: "oauth2", flows: flow } });
};
const calledBack = (...expressions: string[]) => {
  const done = Object.fromEntries(expressions.map((each) => [each, { post: { responses: {} } }]));
  const body = { content: json({ type: "object", properties: { url: S, to: S } }) };
  const post = { operationId: "p", requestBody: body, responses: {}, callbacks: { done } };
  return paths({ "/a/{id}": { parameters: [ID], post } });
};

const kind = (value: string) => ({
  type: "object",
  properties: { kind: { const: value } },
  required: ["kind"],
});

/** What one document understands and the other does not: the whole message, and why. */
const PROOFS: readonly (readonly [
  rule: string,
  name: string,
  base: object,
  head: object,
  request: object,
  reason: string,
])[] = [
  [
    "request-parameter-type-changed",
    "a number whose text is too long",
    takes(parameter({ schema: { type: "integer" } })),
    takes(parameter({ schema: { ...S, maxLength: 5 } })),
    { method: "PUT", path: "/things/Things", query: "q=2147483648" },
    'query parameter "q" must NOT have more than 5 characters',
  ],
  [
    "request-parameter-style-changed",
    "a list in a query",
    takes(parameter({ schema: LIST })),
    takes(parameter({ schema: LIST, style: "pipeDelimited", explode: false })),
    { method: "PUT", path: "/things/Things", query: "q=a&q=b" },
    'query parameter "q" is there twice',
  ],
  [
    "request-parameter-type-changed",
    "of a path that calls it otherwise now",
    at("/a/{id}"),
    paths({
      "/a/{key}": {
        parameters: [{ ...ID, name: "key", schema: { type: "integer" } }],
        get: { operationId: "g", responses: {} },
      },
    }),
    { method: "GET", path: "/a/string" },
    'path parameter "key" must be integer',
  ],
  [
    "request-parameter-style-changed",
    "a text in a path",
    at("/a/{id}"),
    at("/a/{id}", { style: "matrix" }),
    { method: "GET", path: "/a/A" },
    'path parameter "id" must begin with ";"',
  ],
  [
    "request-parameter-style-changed",
    "a number in a path",
    at("/a/{id}", {}, { type: "integer" }),
    at("/a/{id}", { style: "label" }, { type: "integer" }),
    { method: "GET", path: "/a/42" },
    'path parameter "id" must begin with "."',
  ],
  [
    "request-parameter-style-changed",
    "an object in a query",
    takes(parameter({ schema: COLOR })),
    takes(parameter({ schema: COLOR, style: "deepObject" })),
    { method: "PUT", path: "/things/Things", query: "g=42&r=42" },
    'query parameter "q" is not read from it',
  ],
  [
    "request-parameter-explode-changed",
    "a list in a query",
    takes(parameter({ schema: LIST })),
    takes(parameter({ schema: LIST, explode: false })),
    { method: "PUT", path: "/things/Things", query: "q=a&q=b" },
    'query parameter "q" is there twice',
  ],
  [
    "request-parameter-explode-changed",
    "a list in a cookie",
    takes(parameter({ schema: LIST, in: "cookie", explode: false })),
    takes(parameter({ schema: LIST, in: "cookie" })),
    { method: "PUT", path: "/things/Things", headers: { Cookie: "q=a,b" } },
    'cookie parameter "q" is read as ["a,b"], and ["a","b"] was meant',
  ],
  [
    "request-parameter-explode-changed",
    "an object in a header",
    takes(parameter({ schema: COLOR, in: "header" })),
    takes(parameter({ schema: COLOR, in: "header", explode: true })),
    { method: "PUT", path: "/things/Things", headers: { q: "g,42,r,42" } },
    'header parameter "q" at /42 is there twice',
  ],
  [
    "request-parameter-serialization-changed",
    "JSON in place of a text",
    takes(parameter({})),
    takes({ name: "q", in: "query", content: json() }),
    { method: "PUT", path: "/things/Things", query: "q=Things" },
    'query parameter "q" must be JSON',
  ],
  [
    "request-parameter-became-not-allow-reserved",
    "a plus sign",
    takes(parameter({ allowReserved: true })),
    takes(parameter({})),
    { method: "PUT", path: "/things/Things", query: "q=a+b" },
    'query parameter "q" is read as "a b", and "a+b" was meant',
  ],
  [
    "request-parameter-became-not-allow-empty-value",
    "a number",
    takes(parameter({ schema: { type: "integer" }, allowEmptyValue: true })),
    takes(parameter({ schema: { type: "integer" } })),
    { method: "PUT", path: "/things/Things", query: "q=" },
    'query parameter "q" must be integer',
  ],
  [
    "request-parameter-location-changed",
    "from a query to a header",
    takes(parameter({ required: true })),
    takes(parameter({ required: true, in: "header" })),
    { method: "PUT", path: "/things/Things", query: "q=Things" },
    'header parameter "q" is required',
  ],
  [
    "request-parameter-removed-before-sunset",
    "a query",
    takes(parameter({ deprecated: true, "x-sunset": "2030-01-01" })),
    takes(),
    { method: "PUT", path: "/things/Things", query: "q=Things" },
    'query parameter "q" is not read',
  ],
  [
    "request-parameter-became-required",
    "a header",
    takes(parameter({ in: "header" })),
    takes(parameter({ in: "header", required: true })),
    { method: "PUT", path: "/things/Things" },
    'header parameter "q" is required',
  ],
  [
    "request-parameter-max-length-decreased",
    "a path",
    at("/a/{id}", {}, { ...S, maxLength: 3 }),
    at("/a/{id}", {}, { ...S, maxLength: 2 }),
    { method: "GET", path: "/a/xxx" },
    'path parameter "id" must NOT have more than 2 characters',
  ],
  [
    "api-path-removed-without-deprecation",
    "no path takes it",
    paths({ "/a/{id}": item(), "/b/{id}": item() }),
    at("/a/{id}"),
    { method: "GET", path: "/b/B" },
    "no operation has this method and path",
  ],
  [
    "api-path-removed-without-deprecation",
    "another path takes it",
    paths({ "/a/{id}": item(), "/a/me": { get: { operationId: "m", responses: {} } } }),
    at("/a/{id}"),
    { method: "GET", path: "/a/me" },
    "it is taken for GET /a/{id}",
  ],
  [
    "api-security-removed",
    "a key",
    guarded([], { key: KEY }),
    guarded([{ key: [] }], { key: KEY }),
    { method: "PUT", path: "/things/Things" },
    "the operation needs the header X-Key",
  ],
  [
    "api-security-removed",
    "one key more",
    guarded([{ key: [] }], { key: KEY, oauth: TOKEN }),
    guarded([{ key: [], oauth: [] }], { key: KEY, oauth: TOKEN }),
    { method: "PUT", path: "/things/Things", headers: { "X-Key": "key" } },
    "the operation needs the header Authorization: Bearer …",
  ],
  [
    "api-security-removed",
    "a certificate",
    guarded([], { mtls: { type: "mutualTLS" } }),
    guarded([{ mtls: [] }], { mtls: { type: "mutualTLS" } }),
    { method: "PUT", path: "/things/Things" },
    "the operation needs a certificate of the client",
  ],
  [
    "api-security-scope-added",
    "a scope",
    guarded([{ oauth: ["r"] }], { oauth: TOKEN }),
    guarded([{ oauth: ["r", "w"] }], { oauth: TOKEN }),
    {
      method: "PUT",
      path: "/things/Things",
      headers: { Authorization: "Bearer token" },
      scopes: { oauth: ["r"] },
    },
    'the operation needs a token with the scope "w"',
  ],
  [
    "api-security-component-place-changed",
    "a cookie",
    guarded([{ key: [] }], { key: KEY }),
    guarded([{ key: [] }], { key: { ...KEY, in: "cookie" } }),
    { method: "PUT", path: "/things/Things", headers: { "X-Key": "key" } },
    "the operation needs the cookie X-Key",
  ],
  [
    "api-security-component-name-changed",
    "a query",
    guarded([{ key: [] }], { key: { ...KEY, in: "query" } }),
    guarded([{ key: [] }], { key: { ...KEY, in: "query", name: "token" } }),
    { method: "PUT", path: "/things/Things", query: "X-Key=key" },
    "the operation needs the query parameter token",
  ],
  [
    "api-security-component-scheme-changed",
    "Digest",
    guarded([{ key: [] }], { key: { type: "http", scheme: "digest" } }),
    guarded([{ key: [] }], { key: { type: "http", scheme: "bearer" } }),
    { method: "PUT", path: "/things/Things", headers: { Authorization: "Digest credentials" } },
    "the operation needs the header Authorization: Bearer …",
  ],
  [
    "api-security-component-oauth-flow-removed",
    "a password",
    flows("implicit", "password"),
    flows("implicit"),
    {
      method: "POST",
      path: "https://a.test/token",
      contentType: "application/x-www-form-urlencoded",
      body: "grant_type=password&username=user&password=password",
    },
    "the scheme has no flow that answers it: it has implicit",
  ],
  [
    "api-security-component-oauth-flow-removed",
    "a code",
    flows("authorizationCode", "clientCredentials"),
    flows("clientCredentials"),
    { method: "GET", path: "https://a.test/auth", query: "response_type=code&client_id=client" },
    "the scheme has no flow that answers it: it has clientCredentials",
  ],
  [
    "callback-expression-changed",
    "another member of the body",
    calledBack("{$request.body#/url}"),
    calledBack("{$request.body#/to}"),
    {
      method: "POST",
      path: "/a/A",
      contentType: "application/json",
      body: { to: "To", url: "https://client.example/callback" },
    },
    "what is sent goes to To, and https://client.example/callback was meant",
  ],
  [
    "callback-expression-changed",
    "a query that nothing describes",
    calledBack("{$request.query.url}/done"),
    calledBack("$request.query.url"),
    { method: "POST", path: "/a/A", query: "url=https%3A%2F%2Fclient.example%2Fcallback" },
    "what is sent goes to https://client.example/callback, and https://client.example/callback/done was meant",
  ],
  [
    "callback-removed",
    "of an operation whose path is a template",
    calledBack("{$request.body#/url}"),
    calledBack(),
    { method: "POST", path: "callback done of POST /a/{id}" },
    "nothing describes it",
  ],
  [
    "request-body-media-type-name-specialized",
    "a range",
    api({ requestBody: { content: { "image/*": {} } } }),
    api({ requestBody: { content: { "image/png": {} } } }),
    { method: "PUT", path: "/things/Things", contentType: "image/vnd.example" },
    "media type image/vnd.example is not described",
  ],
];

describe.each(
  PROOFS.map(([rule, name, base, head, request, reason]) => ({ rule, name, base, head, request, reason })),
)("$rule: $name", ({ rule, base, head, request, reason }) => {
  it("is proved by a request", () => {
    const { findings } = reviewTexts(JSON.stringify(base), JSON.stringify(head));
    const found = findings.find((each) => each.rule === rule);
    expect(found?.witness).toMatchObject({ kind: "request", validIn: "base", value: request, reason });
    expect(found?.witness?.value).toEqual(request);
  });
});

/** Where the fullest value of a body does not hold the place that changed: what is shown holds it. */
const VALUES: readonly (readonly [
  rule: string,
  name: string,
  base: object,
  head: object,
  value: JsonValue,
])[] = [
  [
    "request-property-max-set",
    "in a map",
    { type: "object", additionalProperties: { type: "integer" } },
    { type: "object", additionalProperties: { type: "integer", maximum: 1_000 } },
    { key: 1_001 },
  ],
  [
    "request-property-max-set",
    "of a pattern",
    { type: "object", properties: { a: S }, patternProperties: { "^x-": { type: "integer" } } },
    {
      type: "object",
      properties: { a: S },
      patternProperties: { "^x-": { type: "integer", maximum: 1_000 } },
    },
    { a: "A", "x-": 1_001 },
  ],
  [
    "request-property-max-set",
    "of a pattern, in a list",
    { type: "array", items: { patternProperties: { "^x-": { type: "integer" } } } },
    { type: "array", items: { patternProperties: { "^x-": { type: "integer", maximum: 1_000 } } } },
    [{ "x-": 1_001 }],
  ],
  [
    "request-property-type-changed",
    "of a pattern that the new document has, and the old one has not",
    { type: "object", additionalProperties: { type: "integer" } },
    { type: "object", patternProperties: { "^x-": S }, additionalProperties: { type: "integer" } },
    { key: 42, "x-": 0 },
  ],
  [
    "request-property-type-changed",
    "of a pattern that is forbidden now",
    { type: "object", patternProperties: { "^x-": S }, additionalProperties: false },
    { type: "object", additionalProperties: false },
    { "x-": "string" },
  ],
  [
    "request-body-pattern-properties-narrowed",
    "whose name only the pattern of before matches",
    { type: "object", patternProperties: { "^[a-c]+$": S }, additionalProperties: false },
    { type: "object", patternProperties: { "^[ab]+$": S }, additionalProperties: false },
    { c: "Things" },
  ],
  [
    "request-property-pattern-properties-narrowed",
    "whose name only the pattern of before matches, in a list",
    { type: "array", items: { patternProperties: { "^[a-c]+$": S }, additionalProperties: false } },
    { type: "array", items: { patternProperties: { "^[ab]+$": S }, additionalProperties: false } },
    [{ c: "Thing" }],
  ],
  [
    "request-property-type-changed",
    "of a property that is called as a pattern is written",
    { type: "object", properties: { "~a": S, ba: { const: 1 } } },
    { type: "object", properties: { "~a": { type: "integer" }, ba: { const: 1 } } },
    { ba: 1, "~a": "string" },
  ],
  [
    "new-required-request-property",
    "that is called as a pattern is written, and is none",
    { type: "object", properties: { a: S } },
    { type: "object", properties: { a: S, "~(": S }, required: ["~("] },
    { a: "A" },
  ],
  [
    "response-body-format-removed",
    "of texts that match the pattern in the place of the format",
    { ...S, format: "date" },
    { ...S, pattern: "^\\d{4}-\\d{2}-\\d{2}$" },
    "1112-34-05",
  ],
  [
    "request-body-format-added",
    "of texts that match the pattern of before",
    { ...S, pattern: "^\\d{4}-\\d{2}-\\d{2}$" },
    { ...S, format: "date" },
    "1112-34-05",
  ],
  [
    "request-body-pattern-added",
    "of a date",
    { ...S, format: "date" },
    { ...S, format: "date", pattern: "^2" },
    "1112-04-05",
  ],
  [
    "request-property-max-properties-decreased",
    "of a map of texts",
    { type: "object", properties: { m: { additionalProperties: S, maxProperties: 4 } } },
    { type: "object", properties: { m: { additionalProperties: S, maxProperties: 2 } } },
    { m: { key: "M", member1: "M", member2: "M" } },
  ],
  [
    "request-property-max-set",
    "in an alternative",
    { oneOf: [kind("a"), { ...kind("b"), properties: { ...kind("b").properties, n: { type: "integer" } } }] },
    {
      oneOf: [
        kind("a"),
        { ...kind("b"), properties: { ...kind("b").properties, n: { type: "integer", maximum: 1_000 } } },
      ],
    },
    { kind: "b", n: 1_001 },
  ],
  [
    "response-property-became-nullable",
    "that refers to what may not be null itself",
    { type: "object", properties: { a: { enum: ["x"], type: "string" } } },
    {
      type: "object",
      properties: { a: { anyOf: [{ $ref: "#/components/schemas/X" }, { type: "null" }] } },
    },
    { a: null },
  ],
  [
    "response-required-property-removed",
    "of what may be anything now",
    { type: "object", properties: { of: { type: "object", properties: { id: S }, required: ["id"] } } },
    { type: "object", properties: { of: {} } },
    { of: {} },
  ],
  [
    "request-body-additional-properties-forbidden",
    "beside a property that is required now",
    { type: "object", properties: { a: S } },
    { type: "object", properties: { a: S }, required: ["a"], additionalProperties: false },
    { a: "A", unexpectedProperty: "unexpected" },
  ],
  [
    "response-body-additional-properties-allowed",
    "beside a property that may be absent now",
    { type: "object", properties: { a: S }, required: ["a"], additionalProperties: false },
    { type: "object", properties: { a: S } },
    { a: "A", unexpectedProperty: "unexpected" },
  ],
  [
    "request-body-dependent-required-added",
    "of an object that is closed now",
    { type: "object", properties: { a: S, b: S } },
    {
      type: "object",
      properties: { a: S, b: S },
      dependentRequired: { a: ["b"] },
      additionalProperties: false,
    },
    { a: "A" },
  ],
  [
    "request-property-became-required",
    "of an object that must have some property, and is closed now",
    { type: "object", properties: { a: S }, minProperties: 1 },
    { type: "object", properties: { a: S }, required: ["a"], additionalProperties: false },
    { unexpectedProperty: "unexpected" },
  ],
  [
    "request-property-became-required",
    "beside a value that the fullest example has, and that is gone",
    { type: "object", properties: { k: { enum: ["x", "y"] }, b: S }, required: ["k"] },
    { type: "object", properties: { k: { enum: ["y"] }, b: S }, required: ["k", "b"] },
    { k: "y" },
  ],
  [
    "request-body-required-choice-added",
    "of an object that is closed now",
    { type: "object", properties: { a: S, b: S, c: S }, required: ["c"] },
    {
      type: "object",
      properties: { a: S, b: S, c: S },
      required: ["c"],
      anyOf: [{ required: ["a"] }, { required: ["b"] }],
      additionalProperties: false,
    },
    { c: "C" },
  ],
];

const SCHEMAS = { schemas: { X: { enum: ["x"], type: "string" } } };

describe.each(VALUES.map(([rule, name, base, head, value]) => ({ rule, name, base, head, value })))(
  "$rule: $name",
  ({ rule, base, head, value }) => {
    it("is proved by a value", () => {
      const { findings } = reviewTexts(documentOf(base), documentOf(head, SCHEMAS));
      expect(findings.find((each) => each.rule === rule)?.witness?.value).toEqual(value);
    });
  },
);

const coded = (value: string, maxLength: number) => ({
  type: "object",
  properties: { kind: { const: value }, code: { type: "string", maxLength } },
  required: ["kind", "code"],
});
const either = (a: number, b: number) =>
  documentOf({ oneOf: [coded("a", a), coded("b", b)] }, { direction: "request" });

it("of several alternatives that changed at one place, each is proved by a value of its own", () => {
  const { findings } = reviewTexts(either(10, 20), either(5, 12));
  expect(findings.map(({ before, witness }) => [before, witness?.value])).toEqual([
    [10, { kind: "a", code: "x".repeat(9) }],
    [20, { kind: "b", code: "x".repeat(19) }],
  ]);
});

it("each way to be let in that is gone is proved by its own credentials", () => {
  const schemes = { key: KEY, token: { type: "http", scheme: "bearer" } };
  const base = guarded([{ key: [] }, { token: [] }], schemes);
  const { findings } = reviewTexts(
    JSON.stringify(base),
    JSON.stringify(guarded([{ key: [], token: [] }], schemes)),
  );
  const shown = new Map(findings.map(({ before, witness }) => [before, witness?.value]));
  expect(shown.get("key")).toMatchObject({ headers: { "X-Key": "key" } });
  expect(shown.get("token")).toMatchObject({ headers: { Authorization: "Bearer token" } });
});

const body = (type: string) => ({ requestBody: { required: true, content: { [type]: {} } } });

it("a proof speaks of its own change, whatever else is refused beside it", () => {
  const base = api({ parameters: [parameter({})], ...body("text/plain") });
  const head = api(
    { parameters: [parameter({ required: true })], ...body("text/csv"), security: [{ key: [] }] },
    { components: { securitySchemes: { key: KEY } } },
  );
  const { findings } = reviewTexts(JSON.stringify(base), JSON.stringify(head));
  const reasons = findings.flatMap(({ rule, witness }) => (witness ? [[rule, witness.reason]] : []));
  expect(reasons).toMatchInlineSnapshot(`
    [
      [
        "request-body-media-type-removed",
        "media type text/plain is not described",
      ],
      [
        "request-parameter-became-required",
        "query parameter "q" is required",
      ],
      [
        "api-security-removed",
        "the operation needs the header X-Key",
      ],
    ]
  `);
});

it("no value is looked for by a pattern that would take too long", () => {
  const [base, head] = [S, { type: "integer" }].map((schema) =>
    documentOf({ type: "object", patternProperties: { "^(a|a)+(?<!a)$": schema } }),
  );
  const { findings } = reviewTexts(base!, head!);
  expect(findings.map(({ rule, witness }) => [rule, witness])).toEqual([
    ["request-property-type-changed", undefined],
    ["response-property-type-changed", undefined],
  ]);
});

it("a change that nobody can tell is an error where one of many operations shows it", () => {
  const changes = Array.from({ length: 20 }, (_, index): Change => ({
    rule: "request-property-pattern-changed",
    direction: "request",
    effect: "unknown",
    subject: { kind: "body", mediaType: "application/json" },
    operation: `POST /${index}`,
    path: "/a",
    base: { source: "a.yaml", pointer: "/components/schemas/A/pattern" },
  }));
  const witness: Witness = { kind: "value", validIn: "base", outcome: "refused", value: "a", reason: "no" };
  const search = {
    of: ({ operation }: Change) => (operation === "POST /19" ? witness : undefined),
    far: () => undefined,
    unexplained: () => [],
  } as unknown as WitnessSearch;
  const causes = proved(changes, search, ({ rule }) => rule);
  expect(causes.map(({ told }) => [levelOf(told), told.operation, told.witness])).toEqual([
    ["error", "POST /19", witness],
  ]);
});

/** A document whose bodies are of the media types. */
const ofMedia = (...types: string[]) => {
  const content = Object.fromEntries(types.map((type) => [type, { schema: S }]));
  return api({
    requestBody: { required: true, content },
    responses: { "200": { description: "", content } },
  });
};

it("a media type that is gone is shown by a message of it, not by what has come", () => {
  const { findings } = reviewTexts(
    JSON.stringify(ofMedia("application/json", "text/*")),
    JSON.stringify(ofMedia("application/xml")),
  );
  const gone = findings.filter(({ rule }) => rule.endsWith("media-type-removed"));
  expect(gone.map(({ before, witness }) => [before, witness?.validIn, witness?.reason])).toEqual([
    ["application/json", "base", "media type application/json is not described"],
    ["text/*", "base", "media type text/plain is not described"],
    ["application/json", "base", "media type application/json is not described"],
    ["text/*", "base", "media type text/plain is not described"],
  ]);
});

/** Each error of a step from one object that requests hold to another, and the value that shows it. */
const shownOf = (base: object, head: object, more: object = {}) => {
  const [old, now] = [base, head].map((properties) =>
    documentOf({ type: "object", properties, ...more }, { direction: "request" }),
  );
  const errors = reviewTexts(old!, now!).findings.filter(({ level }) => level === "error");
  return errors.map(({ path, before, witness }) => [path, before, witness?.value]);
};

const choice = (...values: JsonValue[]) => ({ enum: values });
const list = (type: string) => ({ type: "array", items: { type } });

it("a value that is gone is proved by itself, and a change by what breaks by it alone", () => {
  expect(
    shownOf(
      { k: choice("a", "b", "p"), l: choice("x", null), n: S, o: list("string") },
      { k: choice("p", "q"), l: choice("y"), n: { type: "integer" }, o: list("integer") },
      { required: ["k"] },
    ),
  ).toEqual([
    ["/k", "a", { k: "a" }],
    ["/k", "b", { k: "b" }],
    ["/l", ["null", "string"], { k: "p", l: null }],
    ["/l", "x", { k: "p", l: "x" }],
    ["/n", ["string"], { k: "p", n: "string" }],
    ["/o/*", ["string"], { k: "p", o: ["string"] }],
  ]);
});

it("a change is proved beside others that nothing can mend", () => {
  expect(
    shownOf({ k: { const: "a" }, n: S }, { k: { const: "b" }, n: { type: "integer" } }, { required: ["k"] }),
  ).toEqual([
    ["/k", "a", { k: "a" }],
    ["/n", ["string"], { k: "a", n: "string" }],
  ]);
});

it.each<[bounds: object, shown: JsonValue]>([
  [{}, 1.5],
  [{ minimum: 2 }, 42.5],
  [{ minimum: 0, maximum: 1 }, 0.5],
  [{ minimum: 10, multipleOf: 0.25 }, 42.5],
  [{ minimum: 10, maximum: 12, multipleOf: 0.25 }, 11.5],
])("what must be an integer now is proved by a fraction within its bounds: %j", (bounds, shown) => {
  const number = { type: "number", ...bounds };
  const [[, , value]] = shownOf({ n: number }, { n: { ...number, type: "integer" } }) as [JsonValue[]];
  expect(value).toEqual({ n: shown });
});

const taking = (...types: string[]) => {
  const schemas: { readonly [type: string]: object } = {
    "application/x-www-form-urlencoded": { type: "object", properties: { a: { const: "x y" } } },
    "text/plain": { const: "hello" },
  };
  const content = Object.fromEntries(types.map((type) => [type, { schema: schemas[type] ?? {} }]));
  return JSON.stringify(api({ requestBody: { required: true, content } }));
};

it("a message whose body is a form or a text is shown with it", () => {
  const { findings } = reviewTexts(
    taking("application/x-www-form-urlencoded", "text/plain"),
    taking("multipart/form-data"),
  );
  const gone = findings.filter(({ level }) => level === "error");
  expect(gone.map(({ witness }) => witness?.value)).toMatchObject([
    { contentType: "application/x-www-form-urlencoded", body: "a=x+y" },
    { contentType: "text/plain", body: "hello" },
  ]);
});

const inForm = (t: object) => {
  const content = { "application/x-www-form-urlencoded": { schema: { type: "object", properties: { t } } } };
  return JSON.stringify(api({ requestBody: { content } }));
};
const inHeader = (schema: object) =>
  JSON.stringify(api({ responses: { "200": { description: "", headers: { "X-Tags": { schema } } } } }));
const TAGS = { type: "array", items: S };

it.each([
  [
    "a field of a form as a list",
    inForm(S),
    inForm(TAGS),
    '/t is read as ["string"], and "string" was meant',
  ],
  ["a header as a list", inHeader(TAGS), inHeader(S), 'it is read as ["array"], and "array" was meant'],
  ["a list in a header as a text", inHeader(S), inHeader(TAGS), 'it is read as "", and [] was meant'],
])(
  "what is sent as its text may be read as something else, and is not refused: %s",
  (_what, base, head, reason) => {
    const { findings } = reviewTexts(base, head);
    expect(findings.map(({ level, witness }) => [level, witness?.outcome, witness?.reason])).toEqual([
      ["error", "misread", reason],
    ]);
  },
);

const inJson = (n: object) => {
  const schema = { type: "object", properties: { n } };
  const content = {
    "multipart/form-data": { schema, encoding: { n: { contentType: "application/json" } } },
  };
  return JSON.stringify(api({ requestBody: { content } }));
};

it("a part of a form that is JSON is refused where a text would be read as something else", () => {
  const [found] = reviewTexts(inJson(S), inJson(TAGS)).findings;
  expect(found?.witness).toMatchObject({
    outcome: "refused",
    value: { n: "string" },
    reason: "/n must be array",
  });
});

it.each<[what: string, base: object, head: object, change: unknown, shown: unknown]>([
  [
    "another value that is gone",
    { enum: ["a", "b", "p"], if: { const: "b" }, then: false },
    { enum: ["p"], if: { const: "b" }, then: false },
    "b",
    undefined,
  ],
  [
    "another value of a type that was allowed and is",
    { type: ["string", "integer"], if: { type: "integer" }, then: false },
    { type: "string", enum: ["z"], if: { type: "integer" }, then: false },
    ["integer", "string"],
    undefined,
  ],
])("a change is not proved by %s", (_what, base, head, change, shown) => {
  const found = shownOf({ k: base }, { k: head }, { required: ["k"] });
  expect(found).toContainEqual(["/k", change, shown]);
});

it("each of very many changes of one object is proved by itself", () => {
  const names = Array.from({ length: 60 }, (_, index) => `p${index}`);
  const wide = (type: string) =>
    documentOf(
      { type: "object", properties: Object.fromEntries(names.map((name) => [name, { type }])) },
      { direction: "request" },
    );
  const { findings } = reviewTexts(wide("integer"), wide("string"));
  const reasons = findings.map(({ witness }) => witness?.kind === "value" && witness.reason);
  expect(new Set(reasons)).toEqual(new Set(names.map((name) => `/${name} must be string`)));
});

/** Nullable objects within each other, down to a schema. */
const nested = (inner: object) =>
  documentOf(
    Array.from({ length: 30 }).reduce<object>(
      (a) => ({ type: ["object", "null"], properties: { a } }),
      inner,
    ),
    { direction: "request" },
  );

it("nullable objects within each other take no longer than others", () => {
  const { findings } = reviewTexts(nested(S), nested({ ...S, deprecated: true }));
  expect(findings.map(({ rule }) => rule)).toEqual(["request-property-deprecated"]);
});

/** One of three objects, each of which has another member beside a common one. */
const oneOfThree = (type: string) => ({
  oneOf: ["a", "b", "c"].map((name) => ({
    type: "object",
    required: ["n", name],
    properties: { n: { type }, [name]: S },
  })),
});

/** A form of which each part is a list or a text, with what more is said of it. */
const ofLists = (more: object) => {
  const part = { type: ["array", "string"], items: S, minItems: 1 };
  const schema = { type: "object", required: ["a", "b"], properties: { a: part, b: part }, ...more };
  const content = { "application/x-www-form-urlencoded": { schema } };
  return JSON.stringify(api({ requestBody: { required: true, content } }));
};
const where = (name: "a" | "b", type: string, other: string) => ({
  if: { properties: { [name]: { type } } },
  then: { properties: { [name === "a" ? "b" : "a"]: { type: other } } },
});

it("texts of which each reading refuses another are read to an end", () => {
  const ring = [
    where("a", "array", "string"),
    where("b", "string", "string"),
    where("a", "string", "array"),
    where("b", "array", "array"),
  ];
  expect(reviewTexts(ofLists({}), ofLists({ allOf: ring })).findings).not.toEqual([]);
});

const dated = (labels: object, format: string) =>
  documentOf(
    { type: "object", properties: { labels, when: { type: "string", format } } },
    { direction: "request" },
  );

it("a member of another type is shown by itself, and not by a name that is refused", () => {
  const open = { type: "object", additionalProperties: true };
  const named = { ...open, additionalProperties: S, propertyNames: { pattern: "^[a-z]+$" } };
  const { findings } = reviewTexts(dated(open, "date"), dated(named, "date-time"));
  const turned = findings.find(({ rule }) => rule === "request-property-type-changed");
  expect(turned?.witness).toMatchObject({
    value: { labels: { key: null } },
    reason: "/labels/key must be string",
  });
});

const eventOf = (type: string, ...names: string[]) => {
  const schemas = Object.fromEntries(
    names.map((name) => [
      name,
      { type: "object", required: ["event", "id"], properties: { event: { const: name }, id: { type } } },
    ]),
  );
  const oneOf = names.map((name) => ({ $ref: `#/components/schemas/${name}` }));
  return documentOf({ oneOf }, { schemas, direction: "response" });
};

it("an alternative is shown by a value of its own, and what changes in several is told apart", () => {
  const { findings } = reviewTexts(
    eventOf("integer", "Paid", "Sent"),
    eventOf("string", "Paid", "Sent", "Voided"),
  );
  const shown = findings.map(({ witness }) => witness!.value as JsonObject);
  expect(findings.map(({ message }, index) => [message, shown[index]!["event"]])).toEqual([
    ["the type of `id` of the 200 response changed from integer to string (schema `Paid`)", "Paid"],
    ["the type of `id` of the 200 response changed from integer to string (schema `Sent`)", "Sent"],
    ['alternative "Voided" of the 200 response is new', "Voided"],
  ]);
});

it("a reason is given once, however many alternatives have it", () => {
  const [base, head] = ["string", "integer"].map((type) =>
    documentOf(oneOfThree(type), { direction: "request" }),
  );
  const { findings } = reviewTexts(base!, head!);
  for (const { witness } of findings) {
    const reasons = witness?.kind === "value" ? witness.reason.split("; ") : [];
    expect(reasons).toEqual([...new Set(reasons)]);
    expect(reasons).toContain("/n must be integer");
  }
});
