import { OK, S, rows, paths, body, query, type OperationRow } from "./rows.js";

const inXml = (xml?: object) => ({
  requestBody: { content: { "application/xml": { schema: { type: "object", ...(xml && { xml }) } } } },
});

export const LIFE_CYCLE = rows([
  ["deprecation", {}, { deprecated: true }, ["I endpoint-deprecated"]],
  [
    "deprecation with a sunset",
    {},
    { deprecated: true, "x-sunset": "2027-01-01" },
    ["I endpoint-deprecated-with-sunset"],
  ],
  [
    "deprecation with a sunset that is past",
    {},
    { deprecated: true, "x-sunset": "2026-06-14" },
    ["W endpoint-sunset-past"],
  ],
  ["deprecation with no date", {}, { deprecated: true, "x-sunset": "soon" }, ["W endpoint-sunset-invalid"]],
  ["no deprecation", { deprecated: true }, {}, ["I endpoint-reactivated"]],
  [
    "a sunset that goes",
    { deprecated: true, "x-sunset": "2027-01-01" },
    { deprecated: true },
    ["E sunset-deleted"],
  ],
  [
    "a sunset that comes earlier",
    { deprecated: true, "x-sunset": "2027-01-01T00:00:00Z" },
    { deprecated: true, "x-sunset": "2026-12-31" },
    ["E api-sunset-date-changed-too-small"],
  ],
  [
    "a sunset that comes later",
    { deprecated: true, "x-sunset": "2027-01-01" },
    { deprecated: true, "x-sunset": "2027-02-01" },
    [],
  ],
  [
    "less stability",
    { "x-stability-level": "beta" },
    { "x-stability-level": "alpha" },
    ["E api-stability-decreased"],
  ],
  ["less than stability", {}, { "x-stability-level": "draft" }, ["E api-stability-decreased"]],
  [
    "more stability",
    { "x-stability-level": "alpha" },
    { "x-stability-level": "stable" },
    ["I api-stability-increased"],
  ],
  ["what is written out", {}, { "x-stability-level": "stable" }, []],
  [
    "a break of what is not stable",
    { "x-stability-level": "alpha" },
    { "x-stability-level": "alpha", ...body({ required: true }) },
    ["W request-body-added-required"],
  ],
  ["another operationId", {}, { operationId: "replaceThing" }, ["W api-operation-id-changed"]],
  ["tags", { tags: ["a"] }, { tags: ["b"] }, ["I api-tag-added", "I api-tag-removed"]],
  [
    "texts",
    { summary: "a", description: "a" },
    { summary: "b", description: "b" },
    ["I documentation-changed"],
  ],
  ["how a schema is written in XML", inXml({ name: "a" }), inXml({ name: "b" }), ["W schema-xml-changed"]],
  ["how it is written no longer", inXml({ wrapped: true }), inXml(), ["W schema-xml-changed"]],
  ["what is false anyway", inXml({ attribute: false }), inXml(), []],
  [
    "how it would be written in XML",
    query({ schema: { ...S, xml: { name: "a" } } }),
    query({ schema: { ...S, xml: { name: "b" } } }),
    [],
  ],
  ["an example", query({ example: "a" }), query({ example: "b" }), ["I documentation-changed"]],
]);

const get = (more: object = {}) => ({ operationId: "getThing", responses: OK, ...more });
const put = (more: object = {}) => ({ operationId: "putThing", responses: OK, ...more });
const named = (name: string, schema: object = S) => ({
  parameters: [{ name, in: "path", required: true, schema }],
});
const BOTH = { parameters: [...named("b").parameters, ...named("c").parameters] };
const asJson = (schema: object) => ({
  parameters: [{ name: "b", in: "path", required: true, content: { "application/json": { schema } } }],
});
const TWIN = { "/a/{b}": { get: get({ ...named("b"), operationId: "getOther" }) } };
const NULLABLE = { type: ["string", "null"] };
const AB = { "/a": { get: get() } };

export const OPERATIONS: readonly OperationRow[] = [
  ["an operation more", paths(AB), paths({ "/a": { get: get(), put: put() } }), ["I endpoint-added"]],
  [
    "a path that takes what a template took",
    paths({ "/a/{b}": { get: get(named("b")) } }),
    paths({ "/a/{b}": { get: get(named("b")) }, "/a/me": { get: get({ operationId: "getMe" }) } }),
    ["I endpoint-added", "W endpoint-shadowed"],
  ],
  ...[{ type: "integer" }, { ...S, format: "uuid" }, { enum: ["you"] }, { ...S, minLength: 3 }].map(
    (schema): OperationRow => [
      `a path that a template of ${JSON.stringify(schema)} did not take`,
      paths({ "/a/{b}": { get: get(named("b", schema)) } }),
      paths({ "/a/{b}": { get: get(named("b", schema)) }, "/a/me": { get: get({ operationId: "getMe" }) } }),
      ["I endpoint-added"],
    ],
  ),
  [
    "an operation of a path that was there",
    paths({ "/a/{b}": { get: get(named("b")) }, "/a/me": { put: put() } }),
    paths({
      "/a/{b}": { get: get(named("b")) },
      "/a/me": { put: put(), get: get({ operationId: "getMe" }) },
    }),
    ["I endpoint-added"],
  ],
  [
    "an operation less",
    paths({ "/a": { get: get(), put: put() } }),
    paths(AB),
    ["E api-removed-without-deprecation"],
  ],
  [
    "a deprecated one less",
    paths({ "/a": { get: get(), put: put({ deprecated: true }) } }),
    paths(AB),
    ["W api-removed-with-deprecation"],
  ],
  [
    "one past its sunset less",
    paths({ "/a": { get: get(), put: put({ deprecated: true, "x-sunset": "2026-06-15" }) } }),
    paths(AB),
    ["I api-removed-with-deprecation"],
  ],
  [
    "one before its sunset less",
    paths({ "/a": { get: get(), put: put({ deprecated: true, "x-sunset": "2026-06-16" }) } }),
    paths(AB),
    ["E api-removed-before-sunset"],
  ],
  [
    "one with no date less",
    paths({ "/a": { get: get(), put: put({ deprecated: true, "x-sunset": "soon" }) } }),
    paths(AB),
    ["E api-removed-before-sunset"],
  ],
  [
    "a path less",
    paths({ ...AB, "/b": { put: put(), post: put({ operationId: "p" }) } }),
    paths(AB),
    ["E api-path-removed-without-deprecation"],
  ],
  [
    "a deprecated path less",
    paths({ ...AB, "/b": { put: put({ deprecated: true }) } }),
    paths(AB),
    ["W api-path-removed-with-deprecation"],
  ],
  [
    "a path before its sunset less",
    paths({ ...AB, "/b": { put: put({ deprecated: true, "x-sunset": "2030-01-01" }) } }),
    paths(AB),
    ["E api-path-removed-before-sunset"],
  ],
  [
    "a path parameter of another name",
    paths({ "/a/{b}": { get: get(named("b")) } }),
    paths({ "/a/{c}": { get: get(named("c")) } }),
    ["W request-path-parameter-renamed"],
  ],
  [
    "a path parameter that may not be empty: none could be",
    paths({ "/a/{b}": { get: get(named("b")) } }),
    paths({ "/a/{b}": { get: get(named("b", { ...S, minLength: 1 })) } }),
    ["I request-parameter-min-length-set"],
  ],
  [
    "path parameters in another order",
    paths({ "/a/{b}/{c}": { get: get(BOTH) } }),
    paths({ "/a/{c}/{b}": { get: get(BOTH) } }),
    ["E request-path-parameter-moved", "E request-path-parameter-moved"],
  ],
  [
    "the first of two for the same requests",
    paths({ ...TWIN, "/a/{c}": { get: get(named("c")) } }),
    paths({
      "/a/{b}": { get: { ...TWIN["/a/{b}"].get, deprecated: true } },
      "/a/{c}": { get: get(named("c")) },
    }),
    ["I endpoint-deprecated"],
  ],
  [
    "one of two for the same requests less",
    paths({ ...TWIN, "/a/{c}": { get: get(named("c")) } }),
    paths(TWIN),
    ["W api-removed-without-deprecation"],
  ],
  [
    "a path parameter that may not be null",
    paths({ "/a/{b}": { get: get(named("b", NULLABLE)) } }),
    paths({ "/a/{b}": { get: get(named("b")) } }),
    ["I request-parameter-became-not-nullable"],
  ],
  [
    "a path parameter that may not be null, as JSON",
    paths({ "/a/{b}": { get: get(asJson(NULLABLE)) } }),
    paths({ "/a/{b}": { get: get(asJson(S)) } }),
    ["E request-parameter-became-not-nullable"],
  ],
  [
    "a parameter of the path in place of one of the operation",
    paths({ "/a/{b}": { get: get(named("b")) } }),
    paths({ "/a/{b}": { ...named("b"), get: get() } }),
    [],
  ],
  [
    "a path parameter that is described now",
    paths({ "/a/{b}/{c}": { get: get(named("b")) } }),
    paths({
      "/a/{b}/{c}": { get: get({ parameters: [...named("b").parameters, ...named("c").parameters] }) },
    }),
    [],
  ],
];
