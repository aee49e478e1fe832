import { bodyTexts, concreteType, headerTexts, presetHeaders } from "../runtime/mock-response.js";
import { parseItems } from "../runtime/parse-items.js";
import { readRequest, type WireRequest } from "../runtime/parse-request.js";
import { issuesText } from "../runtime/guard.js";
import { itemText } from "../runtime/write-items.js";
import { choose, type Choice } from "./choose.js";
import type { MockApi } from "./mock-api.js";
import { preferencesOf, type Preferences } from "./prefer.js";
import { problemReply, type Problem } from "./problem.js";
import type { MockReply, MockRequest } from "./request.js";
import { route, type Route } from "./route.js";
import { challengeOf, missingCredentials } from "./security.js";

/**
 * What a server of the APIs answers. It takes a request at its word as far as the document does: who asks for what there is not, or
 * sends what no operation takes, is told so by Problem Details. `turn` counts the requests for another value each time.
 */
export async function answer(
  apis: readonly MockApi[],
  request: MockRequest,
  turn: () => number,
): Promise<MockReply> {
  const { found, others } = route(apis, request);
  if (!isDecodable(request.path)) return malformedPath(found, request);
  if (!found) return others.length > 0 ? wrongMethod(others, request) : unknownPath(apis, request);
  const refusal = refusalOf(found, request) ?? encodedReply(request) ?? (await invalidReply(found, request));
  if (refusal) return refusal;
  const preferences = preferencesOf(request.header("Prefer") ?? "");
  const chosen = choose(found.operation, { preferences, accept: request.header("Accept"), turn });
  if (chosen.kind === "problem") return problemReply(chosen.problem);
  return withoutBody(request, replyOf(found, chosen.choice, preferences));
}

/** True for a path whose percent signs each stand for a byte of UTF-8 (RFC 3986, section 2.1). */
function isDecodable(path: string): boolean {
  try {
    return decodeURIComponent(path) !== undefined;
  } catch {
    return false;
  }
}

async function malformedPath(found: Route | undefined, request: MockRequest): Promise<MockReply> {
  const reply = found && (await invalidReply(found, request));
  if (reply?.status === 400) return reply;
  const detail = `the path ${request.path} must be percent-encoded`;
  return problemReply({ status: 400, title: "Bad Request", detail });
}

function withoutBody({ method }: MockRequest, reply: MockReply): MockReply {
  return method === "HEAD" ? { ...reply, body: [] } : reply;
}

/** More operations than these nobody reads. */
const MAX_LISTED = 20;

function unknownPath(apis: readonly MockApi[], { method, path }: MockRequest): MockReply {
  const all = apis.flatMap(({ operations }) =>
    operations.map(({ rule, basePaths }) => `${rule.method} ${basePaths[0] ?? ""}${rule.path}`),
  );
  const more = all.length - MAX_LISTED;
  return problemReply({
    status: 404,
    title: "Not Found",
    detail: `no document describes ${method} ${path}`,
    available: [...all.slice(0, MAX_LISTED), ...(more > 0 ? [`and ${more} more`] : [])],
  });
}

/** Which methods a path has; `OPTIONS` asks for nothing else. */
function wrongMethod(others: readonly Route[], { method, path }: MockRequest): MockReply {
  const methods = new Set(others.map(({ operation }) => operation.rule.method));
  if (methods.has("GET")) methods.add("HEAD");
  const allow = [...methods, "OPTIONS"].join(", ");
  const headers = [["Allow", allow] as const];
  if (method === "OPTIONS") return { status: 204, headers, body: [], note: allow };
  const detail = `the document describes no ${method} ${path}`;
  return problemReply({ status: 405, title: "Method Not Allowed", detail, available: [...methods] }, headers);
}

function refusalOf({ api, operation }: Route, request: MockRequest): MockReply | undefined {
  const missing = missingCredentials(operation.rule, api.securitySchemes, request);
  if (!missing) return undefined;
  const challenge = challengeOf(operation.rule, api.securitySchemes);
  const detail = `the operation needs ${missing.join(", or ")}`;
  const headers = challenge === undefined ? [] : [["WWW-Authenticate", challenge] as const];
  return problemReply({ status: 401, title: "Unauthorized", detail, available: missing }, headers);
}

/** A body in a coding is refused: what it holds cannot be looked at (RFC 9110, sections 12.5.3 and 15.5.16). */
function encodedReply({ header, body }: MockRequest): MockReply | undefined {
  const coding = header("Content-Encoding")?.trim() ?? "";
  if (body.length === 0 || /^(identity)?$/i.test(coding)) return undefined;
  const detail = `a body of Content-Encoding ${coding} is not read here`;
  const problem = { status: 415, title: "Unsupported Media Type", detail, available: ["identity"] };
  return problemReply(problem, [["Accept-Encoding", "identity"]]);
}

async function invalidReply(
  { operation, pathValues }: Route,
  request: MockRequest,
): Promise<MockReply | undefined> {
  const { rule, validators } = operation;
  const { query, header, body: bytes } = request;
  const wire: WireRequest = {
    path: pathValues,
    query,
    header,
    body: { contentType: header("Content-Type"), bytes },
  };
  const read = await readRequest(rule, validators, wire, parseItems);
  if (read.kind === "valid") return undefined;
  if (read.kind === "invalid") {
    // What a document says of invalid requests it says by one of the two.
    const isUnprocessable =
      !read.isMalformed && Object.hasOwn(rule.responses, "422") && !Object.hasOwn(rule.responses, "400");
    const problem: Problem = {
      ...(isUnprocessable
        ? { status: 422, title: "Unprocessable Content" }
        : { status: 400, title: "Bad Request" }),
      detail: `the request is not what the document describes: ${issuesText(read.issues)}`,
      errors: read.issues,
    };
    return problemReply(problem);
  }
  const available = rule.body.map(({ mediaType }) => mediaType);
  const detail = `the document describes no body of type ${header("Content-Type") ?? "application/octet-stream"}`;
  const headers = [["Accept", available.join(", ")] as const];
  return problemReply({ status: 415, title: "Unsupported Media Type", detail, available }, headers);
}

function replyOf(
  { operation: { rule } }: Route,
  { response, status, body }: Choice,
  preferences: Preferences,
): MockReply {
  const described = presetHeaders(response.headers, body?.example);
  const headers = Object.entries(headerTexts(rule.headers?.rules[response.status] ?? {}, described));
  const applied = ["code", "example", "dynamic"].filter((name) => preferences.has(name));
  if (applied.length > 0)
    headers.push([
      "Preference-Applied",
      applied.map((name) => `${name}=${preferences.get(name)}`).join(", "),
    ]);
  if (!body) return { status, headers, body: [], note: "no body" };
  const { of, mediaType, example, value } = body;
  const type = concreteType({ ...of.rule, mediaType });
  return {
    status,
    headers: [...headers, ["Content-Type", type]],
    body: bodyTexts(of.rule, value, itemText),
    note: example,
  };
}
