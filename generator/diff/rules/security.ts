import { isArray, type JsonValue } from "../../source/json.js";
import type { Change } from "../change.js";
import { rowsOf, saidOtherwise, show, subjectOf, UNTYPED, type Rule } from "./rule.js";

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
      ["type", "the type of"],
      ["place", "the place of the key of"],
      ["name", "the name of the key of"],
      ["scheme", "the HTTP scheme of"],
    ] as const
  ).map(([field, what]) =>
    security(
      `api-security-component-${field}-changed`,
      field === "type" ? ["both", "unknown", "keeps"] : ["both", "keeps"],
      (change) => `${what} ${subjectOf(change)} was ${show(change.before)}, and is ${show(change.after)} now`,
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
      (change) => saidOtherwise(`the ${field} of ${subjectOf(change)}`, change.before, change.after),
      { advice: { request: "let the old address answer for a while" }, ...UNTYPED },
    ),
  ),
  security(
    "api-security-component-oauth-flow-removed",
    ["both", "keeps"],
    (change) => `OAuth flow ${show(change.before)} of ${subjectOf(change)} is gone`,
    { advice: { request: ACCEPT_OLD } },
  ),
  security(
    "api-security-component-oauth-flow-added",
    ["widens", "keeps"],
    (change) => `OAuth flow ${show(change.after)} of ${subjectOf(change)} is new`,
  ),
  security(
    "api-security-component-oauth-scope-removed",
    ["unknown", "keeps"],
    (change) => `scope ${show(change.before)} of ${subjectOf(change)} is no longer given`,
    UNTYPED,
  ),
  security(
    "api-security-component-oauth-scope-added",
    ["widens", "keeps"],
    (change) => `scope ${show(change.after)} of ${subjectOf(change)} is new`,
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
    "api-default-server-changed",
    "unknown",
    ({ before, after }) =>
      `the first server was ${show(before)}, and is ${show(after)} now: clients that name none call that`,
    { advice: { request: "list the server first that clients called" } },
  ),
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
