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
    'security "key" is no longer accepted; "bearer" or calls without credentials are',
  ]);
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

it("a property that a webhook loses is missed in what is sent", () => {
  const { findings } = reviewTexts(JSON.stringify(hook({ a: S, b: S })), JSON.stringify(hook({ b: S })));
  expect(findings.map(({ rule, witness }) => [rule, witness?.value, witness?.reason])).toEqual([
    ["request-property-removed", { b: "B" }, "/ must have required property 'a'"],
  ]);
});

/** An operation that takes a body of some media types. */
const taking = (schema: object, ...types: readonly string[]) => {
  const content = Object.fromEntries(types.map((type) => [type, { schema }]));
  return paths({ "/a": { post: { operationId: "a", requestBody: { content }, responses: OK } } });
};

it("the media type is said where the same is true of several", () => {
  const shorter = { ...S, maxLength: 5 };
  const types = ["application/json", "text/json"];
  const message = "the request body has a greatest length now: 5";
  expect(messages(taking(S, ...types), taking(shorter, ...types))).toEqual([
    `${message} (application/json)`,
    `${message} (text/json)`,
  ]);
  expect(messages(taking(S, "text/json"), taking(shorter, "text/json"))).toEqual([message]);
});
