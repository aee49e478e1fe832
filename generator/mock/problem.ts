import type { PartIssue } from "../runtime/errors.js";
import type { MockReply } from "./request.js";

/** Problem Details (RFC 9457), with what ours have beside it. */
export type Problem = {
  readonly status: number;
  readonly title: string;
  readonly detail: string;
  /** What is wrong with a request, each with its place. */
  readonly errors?: readonly PartIssue[];
  /** What there is in place of what was asked for. */
  readonly available?: readonly string[];
};

export function problemReply(problem: Problem, headers: MockReply["headers"] = []): MockReply {
  const { status, errors, ...rest } = problem;
  const listed = errors?.map(({ path: _path, ...issue }) => issue);
  const body = { type: "about:blank", status, ...rest, ...(listed && { errors: listed }) };
  return {
    status,
    headers: [["Content-Type", "application/problem+json"], ...headers],
    body: [`${JSON.stringify(body, null, 2)}\n`],
    note: problem.detail,
  };
}
