import { api, OK, paths, query, rows, type OperationRow } from "./rows.js";

const SCHEMES = {
  components: {
    securitySchemes: {
      key: { type: "apiKey", in: "header", name: "X-Key" },
      basic: { type: "http", scheme: "basic" },
      token: { type: "http", scheme: "Bearer" },
      oauth: {
        type: "oauth2",
        flows: { clientCredentials: { tokenUrl: "https://a.test/token", scopes: { read: "", write: "" } } },
      },
    },
  },
};
const needs = (...security: object[]) => ({ security });

export const SECURITY = rows(
  [
    [
      "credentials that are needed now",
      needs(),
      needs({ key: [] }),
      ["E api-security-removed", "I api-security-added"],
    ],
    [
      "one of two ways to be let in by one scheme",
      needs({ oauth: ["read"] }, { oauth: ["write"] }),
      needs({ oauth: ["write"] }),
      ["E api-security-removed"],
    ],
    [
      "a scheme whose tokens are sent in the same way",
      needs({ oauth: ["read"] }),
      needs({ token: [] }),
      ["W api-security-removed", "I api-security-added"],
    ],
    [
      "the order of ways to be let in",
      needs({ oauth: ["read"] }, { oauth: ["write"] }),
      needs({ oauth: ["write"] }, { oauth: ["read"] }),
      [],
    ],
    [
      "credentials that are needed no longer",
      needs({ key: [] }),
      needs(),
      ["I api-security-added", "I api-security-removed"],
    ],
    [
      "credentials that are optional now",
      needs({ key: [] }),
      needs({ key: [] }, {}),
      ["I api-security-added"],
    ],
    ["one more way in", needs({ key: [] }), needs({ key: [] }, { basic: [] }), ["I api-security-added"]],
    ["one way in less", needs({ key: [] }, { basic: [] }), needs({ key: [] }), ["E api-security-removed"]],
    [
      "one of two that were needed together",
      needs({ key: [], basic: [] }),
      needs({ key: [] }),
      ["I api-security-added", "I api-security-removed"],
    ],
    [
      "another one beside it",
      needs({ key: [] }),
      needs({ key: [], basic: [] }),
      ["I api-security-added", "E api-security-removed"],
    ],
    [
      "a scope more",
      needs({ oauth: ["read"] }),
      needs({ oauth: ["read", "write"] }),
      ["E api-security-scope-added"],
    ],
    [
      "a scope less",
      needs({ oauth: ["read", "write"] }),
      needs({ oauth: ["read"] }),
      ["I api-security-scope-removed"],
    ],
    ["the order of what is needed", needs({ key: [] }, { basic: [] }), needs({ basic: [] }, { key: [] }), []],
  ],
  SCHEMES,
);

const whole = (security: object[]) => api({}, { ...SCHEMES, security });
const scheme = (key: object, security = [{ key: [] }]) =>
  api({}, { components: { securitySchemes: { key } }, security });
const key = (more: object = {}) => ({ type: "apiKey", in: "header", name: "X-Key", ...more });
const oauth = (flow: object, name = "clientCredentials") => ({
  type: "oauth2",
  flows: { [name]: { tokenUrl: "https://a.test/token", scopes: {}, ...flow } },
});
const implicit = (authorizationUrl: string) => ({
  type: "oauth2",
  flows: { implicit: { authorizationUrl, scopes: {} } },
});
const openId = (openIdConnectUrl: string) => ({ type: "openIdConnect", openIdConnectUrl });

export const SCHEME_ROWS: readonly OperationRow[] = [
  [
    "what all operations need",
    whole([]),
    whole([{ key: [] }]),
    ["E api-global-security-removed", "I api-global-security-added"],
  ],
  [
    "a scope that all operations need",
    whole([{ oauth: [] }]),
    whole([{ oauth: ["read"] }]),
    ["E api-global-security-scope-added"],
  ],
  [
    "a scope that none needs any longer",
    whole([{ oauth: ["read"] }]),
    whole([{ oauth: [] }]),
    ["I api-global-security-scope-removed"],
  ],
  ["a scheme more", api({}), api({}, SCHEMES), [..."1234"].map(() => "I api-security-component-added")],
  ["a scheme less", api({}, SCHEMES), api({}), [..."1234"].map(() => "I api-security-component-removed")],
  [
    "a key under another name",
    scheme(key()),
    scheme(key({ name: "X-Token" })),
    ["E api-security-component-name-changed"],
  ],
  ["a header of a key in another case", scheme(key()), scheme(key({ name: "x-KEY" })), []],
  [
    "a key at another place",
    scheme(key()),
    scheme(key({ in: "query" })),
    ["E api-security-component-place-changed"],
  ],
  [
    "a key that has another name in the document alone",
    scheme(key()),
    api({}, { components: { securitySchemes: { token: key() } }, security: [{ token: [] }] }),
    ["I api-security-component-renamed"],
  ],
  [
    "a key that has the name of one which goes, where another one stays that says the same",
    api({}, { components: { securitySchemes: { a: key(), b: key() } }, security: [{ a: [] }] }),
    api({}, { components: { securitySchemes: { b: key(), c: key() } }, security: [{ c: [] }] }),
    [
      "W api-global-security-removed",
      "I api-global-security-added",
      "I api-security-component-added",
      "I api-security-component-removed",
    ],
  ],
  [
    "a key that has another name, and is not asked for any more",
    api(
      {},
      {
        components: { securitySchemes: { a: key(), b: { type: "http", scheme: "basic" } } },
        security: [{ a: [] }],
      },
    ),
    api(
      {},
      {
        components: { securitySchemes: { c: key(), b: { type: "http", scheme: "basic" } } },
        security: [{ b: [] }],
      },
    ),
    ["E api-global-security-removed", "I api-global-security-added", "I api-security-component-renamed"],
  ],
  [
    "a key of another kind under another name",
    scheme(key()),
    api(
      {},
      { components: { securitySchemes: { token: key({ name: "X-Token" }) } }, security: [{ token: [] }] },
    ),
    [
      "E api-global-security-removed",
      "I api-global-security-added",
      "I api-security-component-added",
      "I api-security-component-removed",
    ],
  ],
  [
    "a scheme of another type, by which tokens are sent in the same way",
    scheme({ type: "http", scheme: "bearer" }),
    scheme(oauth({})),
    ["W api-security-component-type-changed"],
  ],
  [
    "a scheme of another type",
    scheme({ type: "http", scheme: "basic" }),
    scheme(oauth({})),
    ["E api-security-component-type-changed"],
  ],
  [
    "another scheme of HTTP",
    scheme({ type: "http", scheme: "basic" }),
    scheme({ type: "http", scheme: "bearer" }),
    ["E api-security-component-scheme-changed"],
  ],
  [
    "the case of a scheme",
    scheme({ type: "http", scheme: "basic" }),
    scheme({ type: "http", scheme: "Basic" }),
    [],
  ],
  [
    "a scheme that nobody needs",
    scheme(key(), []),
    scheme(key({ name: "X-Token" }), []),
    ["I api-security-component-name-changed"],
  ],
  [
    "another address of tokens",
    scheme(oauth({})),
    scheme(oauth({ tokenUrl: "https://b.test/token" })),
    ["W api-security-component-oauth-token-url-changed"],
  ],
  [
    "another place for devices",
    scheme(oauth({ deviceAuthorizationUrl: "https://a.test/d" })),
    scheme(oauth({ deviceAuthorizationUrl: "https://b.test/d" })),
    ["W api-security-component-oauth-device-url-changed"],
  ],
  [
    "another address of refreshing",
    scheme(oauth({ refreshUrl: "https://a.test/r" })),
    scheme(oauth({ refreshUrl: "https://b.test/r" })),
    ["W api-security-component-oauth-refresh-url-changed"],
  ],
  [
    "another address of authorization",
    scheme(implicit("https://a.test")),
    scheme(implicit("https://b.test")),
    ["W api-security-component-oauth-url-changed"],
  ],
  [
    "another address of OpenID",
    scheme(openId("https://a.test")),
    scheme(openId("https://b.test")),
    ["W api-security-component-open-id-url-changed"],
  ],
  [
    "a flow more",
    scheme(implicit("https://a.test")),
    scheme({
      ...implicit("https://a.test"),
      flows: { ...implicit("https://a.test").flows, ...oauth({}).flows },
    }),
    ["I api-security-component-oauth-flow-added"],
  ],
  [
    "a flow less",
    scheme({
      ...implicit("https://a.test"),
      flows: { ...implicit("https://a.test").flows, ...oauth({}).flows },
    }),
    scheme(implicit("https://a.test")),
    ["E api-security-component-oauth-flow-removed"],
  ],
  [
    "a scope that is given",
    scheme(oauth({})),
    scheme(oauth({ scopes: { read: "" } })),
    ["I api-security-component-oauth-scope-added"],
  ],
  [
    "a scope that is given no longer",
    scheme(oauth({ scopes: { read: "" } })),
    scheme(oauth({})),
    ["W api-security-component-oauth-scope-removed"],
  ],
];

const served = (...servers: object[]) => api({}, { servers });
const A = { url: "https://a.test" };
const B = { url: "https://b.test" };
const regional = (variable?: object) =>
  served({
    url: "https://{r}.a.test",
    ...(variable && { variables: { r: { default: "eu", ...variable } } }),
  });

const MANY = Array.from({ length: 65 }, (_, index) => `r${index}`);

/** The document with the servers, and all of its paths below one. */
const below = (path: string, own: object, ...servers: object[]) =>
  paths({ [`${path}/things`]: { get: { operationId: "getThings", responses: OK, ...own } } }, { servers });
const at = (url: string) => ({ url });
const CALLING = { callbacks: { done: { "{$request.query.url}": { post: { responses: OK } } } } };
const INTO_PATHS = "I api-base-path-moved-into-paths";
const INTO_SERVERS = "I api-base-path-moved-into-servers";

const BASE_PATHS: readonly OperationRow[] = (
  [
    [
      "from the servers into the paths",
      below("", {}, at("https://a.test/v1")),
      below("/v1", {}, A),
      [INTO_PATHS],
    ],
    [
      "from the paths into the servers",
      below("/v1", {}, A),
      below("", {}, at("https://a.test/v1/")),
      [INTO_SERVERS],
    ],
    [
      "of several servers",
      below("", {}, at("https://a.test/v1"), at("//b.test/v1")),
      below("/v1", {}, A, at("//b.test")),
      [INTO_PATHS],
    ],
    ["of one without a host", below("", {}, at("/api/v1")), below("/v1", {}, at("/api")), [INTO_PATHS]],
    ["to where no server is listed", below("", {}, at("/v1")), below("/v1", {}), [INTO_PATHS]],
    [
      "with the host",
      below("", {}, at("https://a.test/v1")),
      below("/v1", {}, at("https://b.test")),
      [INTO_PATHS, "W api-server-removed", "I api-server-added"],
    ],
    ["of an operation with a callback", below("", CALLING, at("/v1")), below("/v1", CALLING), [INTO_PATHS]],
    [
      "beside another change",
      below("", query(), at("/v1")),
      below("/v1", query({ required: true })),
      [INTO_PATHS, "E request-parameter-became-required"],
    ],
    [
      "that is gone from servers alone",
      below("", {}, at("https://a.test/v1")),
      below("", {}, A),
      ["I api-server-added", "W api-server-removed"],
    ],
    [
      "that is another one",
      below("", {}, at("https://a.test/v1")),
      below("", {}, at("https://a.test/v2")),
      ["I api-server-added", "W api-server-removed"],
    ],
    [
      "that one server alone has",
      below("", {}, at("https://a.test/v1"), A),
      below("/v1", {}, A),
      ["E api-path-removed-without-deprecation", "I endpoint-added", "W api-server-removed"],
    ],
  ] satisfies readonly OperationRow[]
).map(([name, base, head, expected]) => [`a base path ${name}`, base, head, expected]);

export const SERVERS: readonly OperationRow[] = [
  ["the server that is meant where none is listed", api({}), served({ url: "/" }), []],
  ["the first server", api({}), served(A), ["I api-server-added"]],
  ["a server less", served(A, { url: "https://b.test" }), served(A), ["W api-server-removed"]],
  ["the order of servers", served(A, B), served(B, A), ["W api-default-server-changed"]],
  [
    "the address that was the default one, written out",
    served(at("https://us.a.test"), at("https://eu.a.test")),
    regional({ enum: ["eu", "us"] }),
    ["W api-default-server-changed"],
  ],
  [
    "a server before the others",
    served(A),
    served(B, A),
    ["I api-server-added", "W api-default-server-changed"],
  ],
  [
    "another server in the place of the first",
    served(A),
    served(B),
    ["I api-server-added", "W api-server-removed"],
  ],
  ["the slash at the end of a server", served(A), served({ url: `${A.url}/` }), []],
  [
    "the addresses of a server, written out",
    regional({ enum: ["eu", "us"] }),
    served({ url: "https://eu.a.test" }, { url: "https://us.a.test/" }),
    [],
  ],
  [
    "some of the addresses of a server, written out",
    regional({ enum: ["eu", "us"] }),
    served({ url: "https://eu.a.test" }),
    ["W api-server-removed"],
  ],
  [
    "too many addresses to be written out",
    regional({ enum: MANY }),
    served(...MANY.map((region) => ({ url: `https://${region}.a.test` }))),
    ["W api-server-removed", ...MANY.map(() => "I api-server-added")],
  ],
  ["the description of a server", served(A), served({ ...A, description: "d" }), []],
  ["a variable more", regional(), regional({}), ["I api-server-variable-added"]],
  ["a variable less", regional({}), regional(), ["W api-server-variable-removed"]],
  ["another default", regional({}), regional({ default: "us" }), ["W api-server-variable-default-changed"]],
  [
    "values of a variable, where any was one",
    regional({}),
    regional({ enum: ["eu", "us"] }),
    ["W api-server-variable-limited"],
  ],
  [
    "any value of a variable",
    regional({ enum: ["eu", "us"] }),
    regional({}),
    ["I api-server-variable-opened"],
  ],
  [
    "a value more",
    regional({ enum: ["eu"] }),
    regional({ enum: ["eu", "us"] }),
    ["I api-server-variable-value-added"],
  ],
  [
    "a value less",
    regional({ enum: ["eu", "us"] }),
    regional({ enum: ["eu"] }),
    ["W api-server-variable-value-removed"],
  ],
  [
    "a server of an operation",
    api({ servers: [A] }),
    api({ servers: [{ url: "https://b.test" }] }),
    ["I api-server-added", "W api-server-removed"],
  ],
  ...BASE_PATHS,
];
