import { describe, expect, it } from "vitest";
import type { Pair } from "../../generator/diff/change.js";
import { operationTraces, type Traces } from "../../generator/diff/impact/cause.js";
import type { PackageSide } from "../../generator/diff/impact/changed-parts.js";
import { Causes } from "../../generator/diff/impact/causes.js";
import type { LocatedFinding } from "../../generator/diff/finding.js";
import type { Operation } from "../../generator/model/model.js";
import { cli } from "../support/terminal.js";
import { emptyFolder, writeFiles } from "../support/workspace.js";

type Place = { readonly base?: string; readonly head?: string };

const locationOf = (pointer: string) => ({ file: "a.yaml", source: "a.yaml", line: 1, column: 1, pointer });
const originOf = (pointer: string) => ({ source: "a.yaml", pointer });

function finding(
  id: string,
  {
    base,
    head,
    level = "warning",
    ...more
  }: Place &
    Partial<Pick<LocatedFinding, "direction" | "operations" | "rule">> & { level?: LocatedFinding["level"] },
): LocatedFinding {
  const placed = {
    ...(base !== undefined && { base: locationOf(base) }),
    ...(head !== undefined && { head: locationOf(head) }),
  };
  const rule = "request-property-type-changed";
  return {
    id,
    rule,
    level,
    direction: "request",
    operations: [],
    ...more,
    ...placed,
  } as unknown as LocatedFinding;
}

function traces(
  { base = [], head = [] }: { readonly base?: readonly string[]; readonly head?: readonly string[] },
  { operations = [], direction }: Partial<Pick<Traces, "operations" | "direction">> = {},
): Traces {
  return { places: { base: base.map(originOf), head: head.map(originOf) }, operations, direction };
}

/** Findings, where an effect stands, and the finding that it comes from. */
it.each<[name: string, findings: LocatedFinding[], Traces, cause: string | undefined]>([
  ["nothing found", [], traces({ base: ["/a"] }), undefined],
  [
    "at its place",
    [finding("other", { base: "/b" }), finding("own", { base: "/a" })],
    traces({ base: ["/a"] }),
    "own",
  ],
  ["below its place", [finding("below", { head: "/a/properties/b" })], traces({ head: ["/a"] }), "below"],
  ["beside it, by letters alone", [finding("beside", { base: "/ab" })], traces({ base: ["/a"] }), undefined],
  ["on the other side", [finding("head", { head: "/a" })], traces({ base: ["/a"] }), undefined],
  [
    "the worst at its place",
    [finding("note", { base: "/a", level: "info" }), finding("error", { head: "/a/b", level: "error" })],
    traces({ base: ["/a"], head: ["/a"] }),
    "error",
  ],
  [
    "the first of those alike",
    [finding("first", { base: "/a/x" }), finding("second", { base: "/a/y" })],
    traces({ base: ["/a"] }),
    "first",
  ],
  [
    "its own direction before what is worse",
    [finding("error", { base: "/a", level: "error", direction: "response" }), finding("own", { base: "/a" })],
    traces({ base: ["/a"] }, { direction: "request" }),
    "own",
  ],
  [
    "another direction where its own has none",
    [finding("response", { base: "/a", direction: "response" })],
    traces({ base: ["/a"] }, { direction: "request" }),
    "response",
  ],
  [
    "one of its operation before what it leads to",
    [finding("schema", { base: "/schemas/A" }), finding("operation", { base: "/x", operations: ["GET /a"] })],
    traces({ base: ["/a", "/schemas/A"] }, { operations: ["GET /a"] }),
    "operation",
  ],
  [
    "none of several operations",
    [finding("both", { base: "/x", operations: ["GET /a", "GET /b"] })],
    traces({ base: ["/a"] }, { operations: ["GET /a"] }),
    undefined,
  ],
  [
    "the nearest schema that it leads to, whatever is worse",
    [finding("far", { base: "/schemas/B", level: "error" }), finding("near", { base: "/schemas/A/items" })],
    traces({ base: ["/a", "/schemas/A", "/schemas/B"] }),
    "near",
  ],
  [
    "what it leads to before what it is a part of",
    [finding("around", { base: "/a", level: "error" }), finding("to", { base: "/schemas/A" })],
    traces({ base: ["/a/b", "/schemas/A"] }),
    "to",
  ],
  [
    "what refers to it, where nothing stands nearer",
    [finding("path", { base: "/paths/a" }), finding("other", { base: "/paths/b" })],
    { ...traces({ base: ["/schemas/A"] }), references: { base: [originOf("/paths/a/get")] } },
    "path",
  ],
  [
    "the nearest schema with an operation of its own",
    [
      finding("other", { base: "/schemas/A", operations: ["GET /b", "GET /c"] }),
      finding("shared", { base: "/schemas/B", operations: ["GET /a", "GET /b"] }),
    ],
    traces({ base: ["/a", "/schemas/A", "/schemas/B"] }, { operations: ["GET /a"] }),
    "shared",
  ],
  [
    "what may refuse an argument before what takes more",
    [
      finding("more", { base: "/a", level: "error", rule: "request-property-enum-value-added" }),
      finding("less", { base: "/a", rule: "request-property-enum-value-removed" }),
    ],
    traces({ base: ["/a"] }, { direction: "request" }),
    "less",
  ],
  [
    "what may refuse a result before what holds less",
    [
      finding("less", { base: "/a", direction: "response", rule: "response-property-became-required" }),
      finding("index", {
        base: "/a",
        level: "info",
        direction: "response",
        rule: "response-body-additional-properties-forbidden",
      }),
    ],
    traces({ base: ["/a"] }, { direction: "response" }),
    "index",
  ],
  ["what it is a part of", [finding("around", { base: "/a" })], traces({ base: ["/a/b/c"] }), "around"],
  ["not the document as a whole", [finding("all", { base: "" })], traces({ base: ["/a/b/c"] }), undefined],
])("an effect comes from %s", (_name, findings, effect, cause) => {
  expect(new Causes(findings, () => new Set()).of(effect)?.id).toBe(cause);
});

describe("what the compiler names", () => {
  const names = { coupon: ["coupon"], plan: ["plan", "pro"], quantity: ["qty"] };
  const findings = [
    finding("coupon", { base: "/a/properties/coupon", level: "error" }),
    finding("plan", { base: "/a/properties/plan" }),
    finding("quantity", { base: "/a/properties/qty", level: "info" }),
    finding("elsewhere", { base: "/b/properties/qty", level: "error" }),
  ];
  const namesOf = ({ id }: LocatedFinding) => new Set(names[id as keyof typeof names] ?? ["qty"]);

  it.each([
    ["Property 'qty' is missing in type 'A' but required in type 'B'.", "quantity"],
    ["Types of property 'coupon' are incompatible.\n  Property 'qty' is missing in type 'A'.", "quantity"],
    ["The types of 'body.plan' are incompatible between these types.", "plan"],
    ["Type '\"pro\"' is not assignable to type '\"basic\" | undefined'.", "plan"],
    ["Type '\"pro\"' is not assignable to type '\"qty\"'.", "plan"],
    ["Type '\"basic\"' is not assignable to type '\"pro\"'.", "plan"],
    ["Property 'withoutQty' does not exist on type 'A'.", "quantity"],
    // What it proposes, and the types that it names, say nothing.
    ["Property 'price' does not exist on type 'qty'. Did you mean 'plan'?", "coupon"],
  ])("comes before what is worse: %s", (message, cause) => {
    expect(new Causes(findings, namesOf).of(traces({ base: ["/a"] }), message)?.id).toBe(cause);
  });
});

it.each([
  "request-property-max-length-decreased",
  "request-parameter-pattern-added",
  "request-parameter-explode-changed",
  "response-property-format-changed",
  "response-body-default-value-changed",
  "endpoint-deprecated",
  "api-security-added",
])("%s changes no type: nothing comes from it", (rule) => {
  const found = [finding("untyped", { base: "/a", level: "error", rule }), finding("typed", { base: "/a" })];
  const causes = [found, found.slice(0, 1)].map((each) => new Causes(each, () => new Set()));
  expect(causes.map((each) => each.of(traces({ base: ["/a"] }))?.id)).toEqual(["typed", undefined]);
});

/** The parts of one operation, and those that it refers to. */
type Parts = {
  readonly get: object;
  /** The same with another method. */
  readonly post?: object;
  readonly components?: object;
  readonly path?: string;
};

/** What a finding is told by, of each type that comes, goes, or stops being assignable. */
async function causesBetween(
  base: Parts,
  head: Parts,
  told: "rule" | "message" = "rule",
): Promise<{ readonly [symbol: string]: string | undefined }> {
  const cwd = emptyFolder();
  const text = ({ get, post, components = {}, path = "/a" }: Parts) =>
    JSON.stringify({
      openapi: "3.1.0",
      info: { title: "T", version: "1" },
      paths: {
        [path]: {
          get: { operationId: "getA", responses: { 204: { description: "" } }, ...get },
          ...(post && { post: { operationId: "postA", responses: { 204: { description: "" } }, ...post } }),
        },
      },
      components,
    });
  writeFiles(cwd, [
    { path: "base.json", text: text(base) },
    { path: "head.json", text: text(head) },
  ]);
  const { out } = await cli(cwd, "diff", "base.json", "head.json", "--format", "json");
  const { findings, typescript } = JSON.parse(out) as {
    readonly findings: readonly { readonly id: string; readonly rule: string; readonly message: string }[];
    readonly typescript: readonly { readonly symbol: string; readonly finding?: string }[];
  };
  return Object.fromEntries(
    typescript.map(({ symbol, finding: id }) => [symbol, findings.find((each) => each.id === id)?.[told]]),
  );
}

const withParameters = (required: boolean, minItems: number) => ({
  parameters: [
    { name: "q", in: "query", schema: { type: "array", items: { type: "string" }, minItems } },
    { name: "w-w", in: "query", required, schema: { type: "string" } },
  ],
});

it("knows a parameter that the compiler names", async () => {
  expect(await causesBetween({ get: withParameters(false, 0) }, { get: withParameters(true, 1) })).toEqual({
    GetAArgs: "request-parameter-became-required",
  });
});

/** An operation that answers with headers, of which one is elsewhere. */
const withHeader = (headers: object) => ({
  responses: {
    200: {
      description: "",
      headers,
      content: { "application/json": { schema: { type: "string" } } },
    },
  },
});

const HEADER = { required: true, schema: { $ref: "#/components/schemas/Count" } };

it.each<[name: string, base: Parts, head: Parts, causes: object]>([
  [
    "a header",
    {
      get: withHeader({ "X-Count": { $ref: "#/components/headers/Count" } }),
      components: { headers: { Count: { required: true, schema: { type: "integer" } } } },
    },
    { get: withHeader({}) },
    { GetAResult: "required-response-header-removed" },
  ],
  [
    "the schema of a header",
    {
      get: withHeader({ "X-Count": HEADER }),
      components: { schemas: { Count: { type: "integer" } } },
    },
    {
      get: withHeader({ "X-Count": HEADER }),
      components: { schemas: { Count: { type: "string" } } },
    },
    { GetAResult: "response-header-type-changed", Count: "response-header-type-changed" },
  ],
  [
    "a parameter",
    {
      get: { parameters: [{ $ref: "#/components/parameters/Q" }] },
      components: { parameters: { Q: { name: "q", in: "query", schema: { type: "string" } } } },
    },
    {
      get: { parameters: [{ $ref: "#/components/parameters/Q" }] },
      components: { parameters: { Q: { name: "q", in: "query", schema: { type: "boolean" } } } },
    },
    { GetAArgs: "request-parameter-type-changed" },
  ],
  [
    "a parameter that is gone",
    {
      get: { parameters: [{ $ref: "#/components/parameters/Q" }] },
      components: { parameters: { Q: { name: "q", in: "query", schema: { type: "string" } } } },
    },
    { get: {} },
    { GetAArgs: "request-parameter-removed" },
  ],
])("knows the cause in %s that several operations refer to", async (_name, base, head, causes) => {
  const found = await causesBetween({ ...base, post: base.get }, { ...head, post: head.get });
  expect(found).toMatchObject(causes);
  expect(Object.values(found)).not.toContain(undefined);
});

const json = (schema: object) => ({ "application/json": { schema } });
const response = (schema: object) => ({ description: "", content: json(schema) });
const EMPTY = { description: "" };
const LOST = { $ref: "#/components/responses/Lost" };
const DONE = { $ref: "#/components/responses/Done" };
const withResponses = { responses: { Lost: EMPTY, Done: EMPTY } };
const TEXT = { type: "string" };
const withStatus = (more: object) =>
  response({ type: "object", properties: { status: TEXT, sent: TEXT }, ...more });
const query = (more: object) => ({ parameters: [{ name: "q", in: "query", ...more }] });

it.each<[name: string, base: Parts, head: Parts, causes: object]>([
  [
    "a status of the operation, and none of another",
    {
      get: { responses: { 204: DONE } },
      post: { responses: { 204: DONE } },
      components: withResponses,
    },
    {
      get: { responses: { 204: DONE, 404: LOST } },
      post: { responses: { 204: DONE, 404: LOST, 405: DONE } },
      components: withResponses,
    },
    { GetAResult: 'status "404" is new', PostAResult: 'status "404" is new' },
  ],
  [
    "a status, and no property that is called so",
    { get: { responses: { 200: withStatus({}), 500: EMPTY } } },
    { get: { responses: { 200: withStatus({ required: ["status"] }), 429: EMPTY, 500: EMPTY } } },
    { GetAResult: 'status "429" is new' },
  ],
  [
    "a status whose result has no data, and no property that is called so",
    {
      get: { responses: { 201: response({ $ref: "#/components/schemas/Repo" }) } },
      components: { schemas: { Repo: { type: "object", properties: { id: TEXT } } } },
    },
    {
      get: { responses: { 201: response({ $ref: "#/components/schemas/Repo" }), 400: EMPTY } },
      components: { schemas: { Repo: { type: "object", properties: { id: TEXT, data: TEXT } } } },
    },
    { GetAResult: 'status "400" is new' },
  ],
  [
    "a value that is gone, and none that is new",
    { get: query({ schema: { enum: ["asc", "desc"] } }) },
    { get: query({ schema: { enum: ["ASC", "DESC"] } }) },
    { GetAArgs: '"asc" is no longer a value of query parameter `q`' },
  ],
  [
    "a media type, and no property that is called as the package calls the body",
    { get: { responses: { 200: response({ type: "object" }) } } },
    {
      get: {
        responses: {
          200: {
            description: "",
            content: {
              ...json({ type: "object", properties: { data: TEXT } }),
              "application/xml": { schema: { type: "object", properties: { data: TEXT, more: TEXT } } },
            },
          },
        },
      },
    },
    {
      GetAResponse200: "`data` of the 200 response is new, and optional",
      GetAResponse200Xml: 'media type "application/xml" of the 200 response is new',
      GetAResult: 'media type "application/xml" of the 200 response is new',
    },
  ],
  [
    "a type, and not how it is written",
    { get: query({ explode: false, schema: { type: "array", items: TEXT } }) },
    { get: query({ schema: TEXT }) },
    { GetAArgs: "the type of query parameter `q` changed from array to string" },
  ],
])("knows the cause in %s", async (_name, base, head, causes) => {
  expect(await causesBetween(base, head, "message")).toEqual(causes);
});

it("knows the cause of a type that comes at what refers to it, and not at its operation, which is called otherwise", async () => {
  const problem = { type: "object", properties: { title: TEXT } };
  const failing = (operationId: string, type: string, schema: object): Parts => ({
    get: { operationId, responses: { 400: { description: "", content: { [type]: { schema } } } } },
    components: { schemas: { Problem: problem } },
  });
  expect(
    await causesBetween(
      { ...failing("getE", "application/json", TEXT), components: {} },
      failing("fetchE", "application/problem+json", { $ref: "#/components/schemas/Problem" }),
    ),
  ).toMatchObject({ Problem: "response-media-type-added", getE: "api-operation-id-changed" });
});

const kindOf = (value: string) => ({
  type: "object",
  properties: { kind: { enum: [value] } },
  required: ["kind"],
});
const eitherOf = (...names: string[]) => names.map((name) => ({ $ref: `#/components/schemas/${name}` }));
const owned = (owner: object, ...schemas: string[]): Parts => ({
  get: { responses: { 200: response({ type: "object", properties: { owner } }) } },
  post: { requestBody: { content: json({ $ref: "#/components/schemas/Pet" }) } },
  components: {
    schemas: {
      Pet: { type: "object", properties: { owner } },
      ...Object.fromEntries(schemas.map((name) => [name, kindOf(name)])),
    },
  },
});
const marked = { discriminator: { propertyName: "kind" } };
const PERSON = owned({ oneOf: eitherOf("Person") }, "Person");
const COMPANY = owned({ oneOf: eitherOf("Person", "Company"), ...marked }, "Person", "Company");

it("an alternative that comes with a discriminator, or goes with it, is the cause", async () => {
  expect(await causesBetween(PERSON, COMPANY)).toEqual({
    GetAResponse200: "response-property-alternative-added",
    GetAResult: "response-property-alternative-added",
    Company: "response-property-alternative-added",
  });
  expect(await causesBetween(COMPANY, PERSON)).toEqual({
    Company: "request-property-alternative-removed",
    Pet: "request-property-alternative-removed",
    PostAArgs: "request-property-alternative-removed",
  });
});

const open = (more: object): Parts => ({
  get: { responses: { 200: response({ oneOf: eitherOf("A", "B"), ...more }) } },
  components: {
    schemas: Object.fromEntries(
      ["A", "B"].map((name) => [name, { type: "object", properties: { kind: TEXT }, required: ["kind"] }]),
    ),
  },
});

it("a discriminator is the cause where it alone comes or goes", async () => {
  expect(await causesBetween(open(marked), open({}))).toEqual({
    GetAResponse200: "response-body-discriminator-removed",
    GetAResult: "response-body-discriminator-removed",
  });
});

const answering = (schema: object, schemas: object): Parts => ({
  get: { responses: { 200: response(schema) } },
  components: { schemas },
});
const REF = { $ref: "#/components/schemas/Pet" };
const holding = (properties: object) => ({ type: "object", properties });
const STATES = (...values: string[]) => ({ enum: values });

it.each<[name: string, base: Parts, head: Parts, causes: object]>([
  [
    "nothing inside what is called otherwise now",
    answering(REF, { Pet: holding({ s: STATES("a", "b"), t: TEXT }) }),
    answering(
      { $ref: "#/components/schemas/Animal" },
      { Animal: holding({ s: STATES("a", "b", "c"), n: TEXT }) },
    ),
    { Pet: undefined, GetAResult: "response-optional-property-removed" },
  ],
  [
    "nothing inside what has a name now",
    answering(holding({ s: STATES("a", "b") }), {}),
    answering(holding({ s: REF }), { Pet: STATES("a", "b", "c") }),
    { Pet: undefined },
  ],
  [
    "nothing inside what has moved",
    answering(holding({ s: STATES("a", "b") }), {}),
    {
      get: { responses: { 200: { $ref: "#/components/responses/R" } } },
      components: { responses: { R: response(holding({ s: STATES("a", "b", "c") })) } },
    },
    { GetAResponse200: undefined },
  ],
  [
    "a property of its type",
    answering(holding({}), {}),
    answering(holding({ p: REF }), { Pet: holding({ a: TEXT }) }),
    { Pet: "response-optional-property-added" },
  ],
  [
    "what has become it",
    answering(holding({ p: TEXT }), {}),
    answering(holding({ p: REF }), { Pet: holding({ a: TEXT }) }),
    { Pet: "response-property-type-changed", GetAResult: "response-property-type-changed" },
  ],
  [
    "a media type that it moved with",
    { get: {}, post: { requestBody: { content: { "text/csv": { schema: { minLength: 1, ...TEXT } } } } } },
    { get: {}, post: { requestBody: { content: { "text/plain": { schema: { minLength: 2, ...TEXT } } } } } },
    { PostABody: "request-body-media-type-removed" },
  ],
])("a name comes from %s", async (_name, base, head, causes) => {
  expect(await causesBetween(base, head)).toMatchObject(causes);
});

const item = (name: string, schema: object): Parts => ({
  path: `/a/{${name}}`,
  get: { parameters: [{ name, in: "path", required: true, schema }] },
});

it("a parameter that is called otherwise now is the cause, and not what else it is", async () => {
  const found = await causesBetween(
    item("id", { type: "integer" }),
    item("petId", { ...TEXT, format: "uuid" }),
  );
  const renamed = "request-path-parameter-renamed";
  expect(found).toEqual({ GetAArgs: renamed, 'paths["/a/{id}"]': renamed });
});

it("names an operation as findings do, with the query of its path", () => {
  const operation = { method: "GET", path: "/a", query: ["x=1"], parameters: [], responses: [] };
  const side = { model: { schemas: new Map() } };
  const sides = { base: side, head: side } as unknown as Pair<PackageSide>;
  const { operations } = operationTraces(sides, { base: operation as unknown as Operation });
  expect(operations).toEqual(["GET /a?x=1"]);
});
