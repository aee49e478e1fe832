import { attempt, type Check } from "./check.js";
import type { ContractRules } from "./contract-rules.js";
import { RequestError, type PartIssue } from "./errors.js";
import { isBlob } from "./files.js";
import { closest } from "./media-type.js";
import { responseKey } from "./operation.js";
import type { ReceivedBody, ValidationMode } from "./options.js";

/** Looks at the arguments of a call before it is sent, or at an item before it is written. */
export function guardRequest(
  operationId: string,
  validate: () => readonly PartIssue[],
  mode: ValidationMode = "throw",
): void {
  const issues = mode === "off" ? [] : validate();
  if (issues.length === 0) return;
  const reason = `the request is not what the document describes: ${issuesText(issues)}`;
  settle(new RequestError("invalidRequest", operationId, { reason, issues }), mode);
}

/** Looks at the headers and the body of a response, at the items of a stream as they come. */
export function guardResponse(
  rules: ContractRules,
  { body, response }: ReceivedBody,
  mode: ValidationMode = "throw",
): unknown {
  if (mode === "off") return body;
  const key = responseKey(rules, response.status) ?? "";
  const report = (issues: readonly PartIssue[], what: string) => {
    if (issues.length === 0) return;
    const reason = `${what} of status ${response.status} is not what the document describes: ${issuesText(issues)}`;
    settle(new RequestError("invalidResponse", rules.id, { reason, issues, response }), mode);
  };
  const ofHeaders = headerIssues(rules, key, response);
  const check = isBlob(body) ? undefined : bodyCheck(rules, key, response);
  if (!check || body === undefined) {
    report(ofHeaders, "the response");
    return body;
  }
  if (isStream(body)) {
    report(ofHeaders, "the response");
    return guardedStream(body, (item) => report(bodyIssues(check, item), "an item"));
  }
  report([...ofHeaders, ...bodyIssues(check, body)], ofHeaders.length > 0 ? "the response" : "the body");
  return body;
}

function headerIssues({ headers }: ContractRules, key: string, response: Response): readonly PartIssue[] {
  if (!headers || !Object.hasOwn(headers.checks, key)) return [];
  return headers.look(headers.checks[key]!, response);
}

function bodyCheck({ responses }: ContractRules, key: string, { headers }: Response): Check | undefined {
  const content = responses[key] ?? [];
  const media = closest(content, headers.get("Content-Type") ?? "") ?? content[0];
  return media?.check;
}

export function bodyIssues(check: Check, body: unknown): PartIssue[] {
  return attempt(check, body).map((issue) => ({ ...issue, in: "body" }));
}

function isStream(body: unknown): body is AsyncIterable<unknown> {
  return typeof body === "object" && body !== null && Symbol.asyncIterator in body;
}

/** The stream with everything that it has, each item looked at. An error closes the connection, as leaving the loop does. */
function guardedStream<S extends AsyncIterable<unknown>>(stream: S, look: (item: unknown) => void): S {
  async function* items() {
    for await (const item of stream) {
      look(item);
      yield item;
    }
  }
  return Object.assign(Object.create(stream) as S, { [Symbol.asyncIterator]: items });
}

function settle(error: RequestError, mode: ValidationMode): void {
  if (mode === "throw") throw error;
  if (mode === "warn") console.warn(error.message);
  else if (typeof mode === "function") mode(error);
}

/** More issues than these are counted. */
const MAX_SHOWN = 5;

/** `body /plan must be a string; query limit must be at most 100; and 2 more` */
export function issuesText(issues: readonly PartIssue[]): string {
  return issueTexts(issues).join("; ");
}

/** The same, one by one. */
export function issueTexts(issues: readonly PartIssue[]): string[] {
  const shown = issues
    .slice(0, MAX_SHOWN)
    .map(({ in: part, name, pointer, message }) =>
      [part, name, pointer, message].filter((word) => word !== undefined && word !== "").join(" "),
    );
  const more = issues.length - shown.length;
  return [...shown, ...(more > 0 ? [`and ${more} more`] : [])];
}
