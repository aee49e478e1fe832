import { expect, it } from "vitest";
import { reviewTexts } from "../support/review.js";
import { json, OK, paths, S } from "./table/rows.js";

/** What a review says of two documents. */
function messages(base: object, head: object): string[] {
  return reviewTexts(JSON.stringify(base), JSON.stringify(head)).findings.map(({ message }) => message);
}

const called = (operationId?: string) =>
  paths({ "/a": { get: { ...(operationId !== undefined && { operationId }), responses: OK } } });

it("an operationId is shown where the document has it", () => {
  expect(messages(called("listA"), called("readA"))).toEqual([
    'operationId "listA" is now "readA": clients name functions by it',
  ]);
  expect(messages(called(), called("listA"))).toEqual([
    'operationId "listA" is new: clients name the function by it, no longer after the method and the path',
  ]);
  expect(messages(called("listA"), called())).toEqual([
    'operationId "listA" is gone: clients name the function after the method and the path now',
  ]);
});

/** An operation without an operationId, named after its parameter. */
const named = (name: string) => {
  const parameter = { name, in: "path", required: true, schema: { type: "string" } };
  return paths({ [`/a/{${name}}`]: { get: { parameters: [parameter], responses: OK } } });
};

it("a function may be called otherwise without an operationId", () => {
  expect(messages(named("id"), named("key"))[0]).toBe(
    "clients name the function otherwise: it has no operationId, and is named after the method and the path",
  );
});

/** An operation beside one that is called `one`. */
const calledToo = (operationId: string) =>
  paths({
    "/a": { get: { operationId: "one", responses: OK } },
    "/b": { get: { operationId, responses: OK } },
  });

it("an operationId that is taken names no function", () => {
  expect(messages(calledToo("one"), calledToo("other"))).toEqual([
    'operationId "other" is new: clients name the function by it, no longer after the method and the path',
  ]);
});

/** An operation that is let in by one of the ways. */
const secured = (...security: object[]) =>
  paths(
    { "/a": { get: { operationId: "getA", security, responses: OK } } },
    {
      components: {
        securitySchemes: {
          key: { type: "apiKey", in: "header", name: "X-Key" },
          bearer: { type: "http", scheme: "bearer" },
        },
      },
    },
  );
const [KEY, BEARER, NOTHING] = [{ key: [] }, { bearer: [] }, {}];

it("what is let in beside others is let in, too", () => {
  expect(messages(secured(KEY), secured(KEY, BEARER))).toEqual(['security "bearer" is accepted, too']);
  expect(messages(secured(KEY), secured(BEARER))).toEqual([
    'security "key" is no longer accepted; "bearer" is',
    'security "bearer" is accepted now',
  ]);
});

it("who needs no credentials is no scheme", () => {
  expect(messages(secured(), secured(KEY, BEARER))).toEqual([
    'calls without credentials are no longer accepted; "key" or "bearer" is needed',
    'security "bearer" is accepted now',
    'security "key" is accepted now',
  ]);
  expect(messages(secured(KEY), secured(NOTHING, BEARER))).toEqual([
    'security "bearer" is accepted, too',
    "calls without credentials are accepted, too",
    'security "key" is no longer needed; "bearer" or calls without credentials are enough',
  ]);
});

it("what asks for less than before is no longer needed", () => {
  expect(messages(secured({ ...KEY, ...BEARER }), secured(KEY))).toEqual([
    'security "key" is accepted, too',
    'security "bearer + key" is no longer needed; "key" is enough',
  ]);
});

it("what differs in scopes alone is told by them", () => {
  const [reading, writing] = [{ bearer: ["read"] }, { bearer: ["write"] }];
  expect(messages(secured({ bearer: ["read", "write"] }), secured(reading, writing))[0]).toMatch(
    /^security "bearer: (?:read|write)" is accepted, too$/,
  );
});

/** A webhook that is sent a body, where there is one, and that is answered by the status. */
const hook = (properties: object | undefined, status = "200") => {
  const schema = { type: "object", required: Object.keys(properties ?? {}), properties };
  const requestBody = properties && { required: true, content: json(schema) };
  const post = { ...(requestBody && { requestBody }), responses: { [status]: { description: "" } } };
  return paths({}, { webhooks: { happened: { post } } });
};

it("of a webhook, the client reads the request and gives the answer", () => {
  expect(messages(hook({ a: S }), hook(undefined))).toEqual([
    "the request body is gone: those who receive it miss it",
  ]);
  expect(messages(hook({}), hook({}, "204"))).toEqual([
    'status "200" is gone: clients may no longer answer with it',
    'status "204" is new: clients may answer with it',
  ]);
});

/** A webhook that comes with credentials by one of the ways. */
const sent = (...security: object[]) => {
  const { components, paths: own } = secured(...security) as {
    components: object;
    paths: { "/a": object };
  };
  return paths({}, { components, webhooks: own });
};

it("a webhook comes with credentials", () => {
  expect(messages(sent(KEY), sent(NOTHING))).toEqual([
    "calls come without credentials now",
    'calls no longer come with security "key"',
  ]);
  expect(messages(sent(KEY), sent(KEY, BEARER))).toEqual(['calls come with security "bearer", too']);
});

it("a property that a webhook loses is missed in what is sent", () => {
  const { findings } = reviewTexts(JSON.stringify(hook({ a: S, b: S })), JSON.stringify(hook({ b: S })));
  expect(findings.map(({ rule, witness }) => [rule, witness?.value, witness?.reason])).toEqual([
    ["request-property-removed", { b: "B" }, "/ must have required property 'a'"],
  ]);
});

/** An operation that takes a body of some media types. */
const takingEach = (schemas: { readonly [type: string]: object }) => {
  const content = Object.fromEntries(Object.entries(schemas).map(([type, schema]) => [type, { schema }]));
  return paths({ "/a": { post: { operationId: "a", requestBody: { content }, responses: OK } } });
};

const taking = (schema: object, ...types: readonly string[]) =>
  takingEach(Object.fromEntries(types.map((type) => [type, schema])));

it("the media type is said where the same is true of several", () => {
  const shorter = { ...S, maxLength: 5 };
  const types = ["application/json", "text/json"];
  const message = "the request body has a greatest length now: 5";
  const titled = Object.fromEntries(types.map((title) => [title, { ...shorter, title }]));
  expect(messages(taking(S, ...types), takingEach(titled))).toEqual([
    `${message} (application/json)`,
    `${message} (text/json)`,
  ]);
  // What is written out for each is one schema.
  expect(messages(taking(S, ...types), taking(shorter, ...types))).toEqual([message]);
  expect(messages(taking(S, "text/json"), taking(shorter, "text/json"))).toEqual([message]);
});

/** An operation that takes multiples of each of the numbers. */
const multiple = (...steps: number[]) =>
  taking({ type: "number", allOf: steps.map((multipleOf) => ({ multipleOf })) }, "application/json");

it("multiples are told one by one", () => {
  expect(messages(multiple(), multiple(3))).toEqual(["the request body must be a multiple of 3 now"]);
  expect(messages(multiple(3), multiple())).toEqual([
    "the request body need not be a multiple of 3 any more",
  ]);
  expect(messages(multiple(0.1), multiple(2, 5))).toEqual([
    "the multipleOf of the request body changed from 0.1 to 2 and 5",
  ]);
});

/** An operation that takes a form of a list and an object. */
const form = (encoding: object) => {
  const schema = { type: "object", properties: { a: { type: "array", items: S }, o: { type: "object" } } };
  const content = { "multipart/form-data": { schema, encoding } };
  return paths({ "/a": { post: { operationId: "a", requestBody: { content }, responses: OK } } });
};
const header = (required: boolean) => ({ headers: { "X-A": { required, schema: S } } });

it("how a part of a form is written is told by what differs", () => {
  expect(messages(form({}), form({ a: { explode: false } }))).toEqual([
    "`a` of the request body is written otherwise: explode was true, and is false now",
  ]);
  expect(messages(form({ o: header(true) }), form({ o: header(false) }))).toEqual([
    "`o` of the request body is written otherwise: header x-a is optional now",
  ]);
  expect(messages(form({}), form({ o: { contentType: "text/csv", ...header(true) } }))).toEqual([
    '`o` of the request body is written otherwise: contentType was "application/json", and is "text/csv" now; header x-a is new, and required',
  ]);
  expect(messages(form({ o: { style: "form", ...header(true) } }), form({}))).toEqual([
    '`o` of the request body is written otherwise: style is no longer "form"; header x-a is gone',
  ]);
  expect(messages(form({}), form({ o: { style: "form" } }))).toEqual([
    '`o` of the request body is written otherwise: style is "form" now',
  ]);
});

/** The advice on what a review finds. */
function advice(base: object, head: object): (string | undefined)[] {
  return reviewTexts(JSON.stringify(base), JSON.stringify(head)).findings.map((each) => each.advice);
}

/** An operation that answers with the properties. */
const giving = (properties: object) => {
  const schema = { type: "object", required: Object.keys(properties), properties };
  const responses = { "200": { description: "", content: json(schema) } };
  return paths({ "/a": { get: { operationId: "a", responses } } });
};

it("advice is for what harms somebody and was not announced", () => {
  const dated = { ...S, deprecated: true, "x-sunset": "2026-01-01" };
  expect(advice(giving({ a: S, b: S }), giving({ b: S }))).toEqual([
    "keep it until nobody reads it; deprecate it first",
  ]);
  expect(advice(giving({ a: { ...S, deprecated: true }, b: S }), giving({ b: S }))).toEqual([undefined]);
  expect(advice(giving({ a: dated, b: S }), giving({ b: S }))).toEqual([undefined]);
  expect(advice(secured({ ...KEY, ...BEARER }), secured(KEY))).toEqual([undefined, undefined]);
});

/** A webhook with a parameter at a location. */
const told = (location: string) => {
  const parameters = [{ name: "q", in: location, required: true, schema: S }];
  return paths({}, { webhooks: { happened: { post: { parameters, responses: OK } } } });
};

it("advice is for who sends a webhook", () => {
  expect(advice(hook({ a: S }), hook({ a: S, b: S }))).toEqual([undefined]);
  expect(advice(told("query"), told("header"))).toEqual(["send it at both places for a while"]);
});
