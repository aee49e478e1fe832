import { isArray, type JsonValue } from "../../source/json.js";
import type { Change } from "../change.js";
import { rowsOf, show, UNTYPED, type Rule } from "./rule.js";

const security = rowsOf("security");
const requirement = rowsOf("security", UNTYPED);
const ACCEPT_OLD = "accept the old credentials for a while";

/** How the way to be let in is shown that needs nothing. */
export const NO_CREDENTIALS = "none";

/** `security "a" is`, where one way to be let in is meant. */
function way(shown: JsonValue | undefined): string {
  return shown === NO_CREDENTIALS ? "calls without credentials are" : `security ${show(shown)} is`;
}

/** `"a" or "b" is`, what is no list as it is. */
function ways(shown: JsonValue | undefined): string {
  const all = isArray(shown) ? shown : [shown];
  const schemes = all.filter((each) => each !== NO_CREDENTIALS).map(show);
  return all.includes(NO_CREDENTIALS)
    ? [...schemes, way(NO_CREDENTIALS)].join(" or ")
    : `${schemes.join(" or ")} is`;
}

/** A way to be let in that is gone, or that asks for more than is needed. */
function wayGone({ before, after, effect, direction }: Change): string {
  if (direction === "response") return `calls no longer come ${credentials(before)}`;
  if (effect === "keeps") return `security ${show(before)} is no longer needed; ${ways(after)} enough`;
  return `${way(before)} no longer accepted; ${ways(after)}${before === NO_CREDENTIALS ? " needed" : ""}`;
}

function wayCome({ after, isFurther, direction }: Change): string {
  const when = isFurther ? ", too" : " now";
  return direction === "response"
    ? `calls come ${credentials(after)}${when}`
    : `${way(after)} accepted${when}`;
}

/** What a call of a webhook or a callback brings. */
function credentials(shown: JsonValue | undefined): string {
  return shown === NO_CREDENTIALS ? "without credentials" : `with security ${show(shown)}`;
}

/** Requirements of one operation, or of all that have none of their own. */
const requirements = (prefix: string): Rule[] => [
  requirement(`${prefix}-removed`, ["narrows", "keeps", "unknown"], wayGone, {
    advice: { request: ACCEPT_OLD },
  }),
  requirement(`${prefix}-added`, ["widens", "keeps", "unknown"], wayCome),
  requirement(
    `${prefix}-scope-added`,
    ["narrows", "keeps"],
    ({ after, direction }) =>
      direction === "response"
        ? `calls come with scope ${show(after)} now`
        : `scope ${show(after)} is needed now`,
    {
      advice: { request: "callers have tokens without it: accept those for a while" },
    },
  ),
  requirement(`${prefix}-scope-removed`, ["widens", "keeps"], ({ before, direction }) =>
    direction === "response"
      ? `calls no longer come with scope ${show(before)}`
      : `scope ${show(before)} is no longer needed`,
  ),
];

export const SECURITY_RULES: readonly Rule[] = [
  ...requirements("api-security"),
  ...requirements("api-global-security"),
  security(
    "api-security-component-removed",
    "keeps",
    ({ before }) => `security scheme ${show(before)} is gone`,
  ),
  security(
    "api-security-component-renamed",
    "keeps",
    ({ before, after }) => `security scheme ${show(before)} is called ${show(after)} now`,
  ),
  security("api-security-component-added", "keeps", ({ after }) => `security scheme ${show(after)} is new`),
  ...(
    [
      ["type", "the type of a security scheme"],
      ["place", "where the key is sent"],
      ["name", "the name under which the key is sent"],
      ["scheme", "the scheme of HTTP"],
    ] as const
  ).map(([field, what]) =>
    security(
      `api-security-component-${field}-changed`,
      field === "type" ? ["both", "unknown", "keeps"] : ["both", "keeps"],
      ({ before, after }) => `${what} was ${show(before)}, and is ${show(after)} now`,
      { advice: { request: ACCEPT_OLD } },
    ),
  ),
  ...(
    [
      ["oauth-url", "authorizationUrl"],
      ["oauth-token-url", "tokenUrl"],
      ["oauth-refresh-url", "refreshUrl"],
      ["oauth-device-url", "deviceAuthorizationUrl"],
      ["open-id-url", "openIdConnectUrl"],
    ] as const
  ).map(([name, field]) =>
    security(
      `api-security-component-${name}-changed`,
      ["unknown", "keeps"],
      ({ before, after }) => `${field} was ${show(before)}, and is ${show(after)} now`,
      { advice: { request: "let the old address answer for a while" }, ...UNTYPED },
    ),
  ),
  security(
    "api-security-component-oauth-flow-removed",
    ["both", "keeps"],
    ({ before }) => `OAuth flow ${show(before)} is gone`,
    { advice: { request: ACCEPT_OLD } },
  ),
  security(
    "api-security-component-oauth-flow-added",
    ["widens", "keeps"],
    ({ after }) => `OAuth flow ${show(after)} is new`,
  ),
  security(
    "api-security-component-oauth-scope-removed",
    ["unknown", "keeps"],
    ({ before }) => `scope ${show(before)} is no longer given`,
    UNTYPED,
  ),
  security(
    "api-security-component-oauth-scope-added",
    ["widens", "keeps"],
    ({ after }) => `scope ${show(after)} is new`,
    UNTYPED,
  ),
];

const server = rowsOf("server", UNTYPED);

export const SERVER_RULES: readonly Rule[] = [
  server("api-server-removed", "unknown", ({ before }) => `server ${show(before)} is no longer listed`, {
    advice: { request: "let it answer until nobody calls it" },
  }),
  server("api-server-added", "widens", ({ after }) => `server ${show(after)} is new`),
  server(
    "api-server-variable-removed",
    "unknown",
    ({ before }) => `variable ${show(before)} of a server is gone`,
  ),
  server("api-server-variable-added", "keeps", ({ after }) => `variable ${show(after)} of a server is new`),
  server(
    "api-server-variable-value-removed",
    "unknown",
    ({ before }) => `${show(before)} is no longer a value of a server's variable`,
  ),
  server(
    "api-server-variable-value-added",
    "widens",
    ({ after }) => `${show(after)} is a new value of a server's variable`,
  ),
  server(
    "api-server-variable-limited",
    "unknown",
    ({ after }) => `a server's variable is limited to ${show(after)}`,
  ),
  server(
    "api-server-variable-opened",
    "widens",
    ({ before }) => `a server's variable is no longer limited to ${show(before)}`,
  ),
  server(
    "api-server-variable-default-changed",
    "unknown",
    ({ before, after }) =>
      `the default of a server's variable was ${show(before)}, and is ${show(after)} now`,
  ),
];
