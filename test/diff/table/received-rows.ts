import { OK, S, paths, json, type OperationRow } from "./rows.js";

const get = (more: object = {}) => ({ operationId: "getThing", responses: OK, ...more });
const AB = { "/a": { get: get() } };
const event = (schema: object, required: string[] = []) => ({
  requestBody: { required: true, content: json({ type: "object", required, properties: { a: schema } }) },
  responses: { "200": { description: "", content: json({ type: "object", properties: { ok: S } }) } },
});
const hook = (operation?: object) =>
  paths(AB, operation ? { webhooks: { happened: { post: operation } } } : {});
const callback = (operation: object | undefined, expression = "{$request.query.url}", more: object = {}) =>
  paths(
    {
      "/a": { get: get(operation ? { callbacks: { done: { [expression]: { post: operation } } } } : {}) },
    },
    more,
  );
const callbacks = (named: object) => paths({ "/a": { get: get({ callbacks: named }) } });
const sentTo = (name: string, schema: object = S) => ({
  [`{$request.query.${name}}`]: { post: event(schema) },
});

const SCHEMES = {
  components: {
    securitySchemes: {
      key: { type: "apiKey", in: "header", name: "X-Key" },
      token: { type: "http", scheme: "bearer" },
      oauth: {
        type: "oauth2",
        flows: { clientCredentials: { tokenUrl: "https://a.test/token", scopes: { read: "", write: "" } } },
      },
    },
  },
};
const SIGNED = { ...SCHEMES, webhooks: { happened: { post: event(S) } } };
/** A webhook that comes with the credentials. */
const secured = (...security: object[]) =>
  paths(AB, { ...SCHEMES, webhooks: { happened: { post: { ...event(S), security } } } });

const answering = (schema: object, responses: object = {}) =>
  hook({
    ...event(S),
    responses: { "200": { description: "", content: json({ type: "object", ...schema }) }, ...responses },
  });

export const RECEIVED: readonly OperationRow[] = [
  ["a webhook more", hook(), hook(event(S)), ["I webhook-added"]],
  ["a webhook less", hook(event(S)), hook(), ["E webhook-removed"]],
  [
    "a webhook that says more",
    hook(event(S)),
    hook(event({ type: ["string", "null"] })),
    ["E request-property-became-nullable"],
  ],
  [
    "a webhook that says less",
    hook(event({ type: ["string", "null"] })),
    hook(event(S)),
    ["I request-property-became-not-nullable"],
  ],
  [
    "a webhook without what was always there",
    hook(event(S, ["a"])),
    hook(event(S)),
    ["E request-property-became-optional"],
  ],
  [
    "a webhook that needs another answer",
    hook(event(S)),
    hook({
      ...event(S),
      responses: {
        "200": {
          description: "",
          content: json({ type: "object", required: ["ok"], properties: { ok: S } }),
        },
      },
    }),
    ["E response-property-became-required"],
  ],
  [
    "a webhook that no longer takes an answer",
    answering({}, { "202": { description: "" } }),
    answering({}),
    ["E response-success-status-removed"],
  ],
  [
    "a webhook that needs a header in the answer",
    answering({}, { "200": { description: "" } }),
    answering({}, { "200": { description: "", headers: { "X-H": { required: true, schema: S } } } }),
    ["E response-header-added"],
  ],
  [
    "a webhook that needs more in the answer",
    answering({ properties: { a: S } }),
    answering({ properties: { a: S, b: S }, required: ["b"] }),
    ["E response-required-property-added"],
  ],
  [
    "a webhook that refuses what the answer held",
    answering({ properties: { a: S, b: S }, additionalProperties: false }),
    answering({ properties: { a: S }, additionalProperties: false }),
    ["E response-optional-property-removed"],
  ],
  [
    "a webhook without what was sometimes there",
    hook({ ...event(S), requestBody: { content: json({ type: "object", properties: { a: S, b: S } }) } }),
    hook({ ...event(S), requestBody: { content: json({ type: "object", properties: { a: S } }) } }),
    ["W request-property-removed"],
  ],
  [
    "a webhook without a header that was always there",
    hook({ ...event(S), parameters: [{ name: "X-Sig", in: "header", required: true, schema: S }] }),
    hook(event(S)),
    ["E request-parameter-removed"],
  ],
  [
    "a server of a webhook, which is sent to the client",
    hook({ ...event(S), servers: [{ url: "https://a.test" }] }),
    hook({ ...event(S), servers: [{ url: "https://a.test" }, { url: "https://b.test" }] }),
    [],
  ],
  [
    "a webhook that comes with credentials",
    secured(),
    secured({ key: [] }),
    ["I api-security-added", "I api-security-removed"],
  ],
  [
    "a webhook that comes without credentials",
    secured({ key: [] }),
    secured(),
    ["E api-security-added", "I api-security-removed"],
  ],
  [
    "a webhook that may come without credentials",
    secured({ key: [] }),
    secured({ key: [] }, {}),
    ["E api-security-added"],
  ],
  [
    "a webhook that no longer comes without credentials",
    secured({ key: [] }, {}),
    secured({ key: [] }),
    ["I api-security-removed"],
  ],
  [
    "a webhook that comes with more credentials",
    secured({ key: [] }),
    secured({ key: [], oauth: ["read"] }),
    ["I api-security-added", "I api-security-removed"],
  ],
  [
    "a webhook that comes with other credentials",
    secured({ key: [] }),
    secured({ oauth: [] }),
    ["E api-security-added", "I api-security-removed"],
  ],
  [
    "a webhook that comes with a token of another scheme",
    secured({ token: [] }),
    secured({ oauth: [] }),
    ["W api-security-added", "I api-security-removed"],
  ],
  [
    "a webhook whose tokens have another scope",
    secured({ oauth: ["read"] }),
    secured({ oauth: ["write"] }),
    ["E api-security-scope-removed", "I api-security-scope-added"],
  ],
  [
    "a webhook whose tokens have a scope less, where they needed none",
    secured({ oauth: ["read", "write"] }, { oauth: [] }),
    secured({ oauth: ["read"] }, { oauth: [] }),
    ["I api-security-scope-removed"],
  ],
  [
    "what the API itself asks for, beside a webhook",
    paths(AB, { ...SIGNED, security: [{ key: [] }] }),
    paths(AB, { ...SIGNED, security: [] }),
    ["I api-global-security-added", "I api-global-security-removed"],
  ],
  [
    "a callback that comes without credentials",
    callback({ ...event(S), security: [{ key: [] }] }, undefined, SCHEMES),
    callback(event(S), undefined, SCHEMES),
    ["E api-security-added", "I api-security-removed"],
  ],
  ["a callback more", callback(undefined), callback(event(S)), ["I callback-added"]],
  ["a callback less", callback(event(S)), callback(undefined), ["E callback-removed"]],
  ["a callback that says more", callback(event(S)), callback(event({})), ["E request-property-type-changed"]],
  [
    "a callback to another place",
    callback(event(S)),
    callback(event(S), "{$request.query.to}"),
    ["E callback-expression-changed"],
  ],
  [
    "a callback of another name",
    callbacks({ done: sentTo("url") }),
    callbacks({ finished: sentTo("url") }),
    ["I callback-renamed"],
  ],
  [
    "a webhook without what was always there, which is not described any more",
    hook(event(S, ["a"])),
    hook({ ...event(S), requestBody: { required: true, content: json({ type: "object" }) } }),
    ["E request-property-removed"],
  ],
  [
    "several places of one callback, in another order",
    callbacks({ done: { ...sentTo("url"), ...sentTo("to", { type: "integer" }) } }),
    callbacks({ done: { ...sentTo("to", { type: "integer" }), ...sentTo("url") } }),
    [],
  ],
  [
    "one of several callbacks to one place",
    callbacks({ done: sentTo("url"), failed: sentTo("url") }),
    callbacks({ done: sentTo("url") }),
    ["E callback-removed"],
  ],
  [
    "a webhook of another name",
    paths(AB, { webhooks: { happened: { post: { operationId: "onEvent", ...event(S) } } } }),
    paths(AB, { webhooks: { occurred: { post: { operationId: "onEvent", ...event(S) } } } }),
    ["I webhook-renamed"],
  ],
];
