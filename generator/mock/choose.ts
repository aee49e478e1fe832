import { responseKey } from "../runtime/operation.js";
import type { MockBody, MockOperation, MockResponse } from "./mock-api.js";
import { negotiate } from "./negotiate.js";
import type { Preferences } from "./prefer.js";
import type { Problem } from "./problem.js";

/** A response that a request asks for: of which status, as which media type, with which fixture. */
export type Choice = {
  readonly response: MockResponse;
  readonly status: number;
  readonly body:
    | { readonly of: MockBody; readonly mediaType: string; readonly example: string; readonly value: unknown }
    | undefined;
};
export type Chosen =
  | { readonly kind: "chosen"; readonly choice: Choice }
  | { readonly kind: "problem"; readonly problem: Problem };

/** What a request asks for by its preferences: `code`, `example`, `dynamic`; and by what it accepts. */
export function choose(
  operation: MockOperation,
  asked: {
    readonly preferences: Preferences;
    readonly accept: string | undefined;
    readonly turn: () => number;
  },
): Chosen {
  const { preferences, accept } = asked;
  const found = responseOf(operation, preferences.get("code"));
  if ("problem" in found) return { kind: "problem", problem: found.problem };
  const { response, status } = found;
  if (response.bodies.length === 0 || status === 204 || status === 304)
    return { kind: "chosen", choice: { response, status, body: undefined } };
  const wanted = negotiate(
    accept,
    response.bodies.map((body) => ({ mediaType: body.rule.mediaType, body })),
  );
  if (!wanted) return refusal(406, "nothing of what Accept asks for", mediaTypes(response));
  const { body: of } = wanted.chosen;
  const example = exampleOf(of, asked);
  if (example === undefined) return noExample(of, preferences.get("example"));
  const body = { of, mediaType: wanted.mediaType, example, value: of.value(example) };
  return { kind: "chosen", choice: { response, status, body } };
}

function refusal(status: number, detail: string, available: readonly string[]): Chosen {
  const title = status === 406 ? "Not Acceptable" : status === 501 ? "Not Implemented" : "Bad Request";
  return {
    kind: "problem",
    problem: { status, title, detail: `the document describes ${detail}`, available },
  };
}

function mediaTypes({ bodies }: MockResponse): string[] {
  return bodies.map(({ rule }) => rule.mediaType);
}

type Found = { readonly response: MockResponse; readonly status: number } | { readonly problem: Problem };

/** The response of a code; without one, the first success, or else what comes first. */
function responseOf({ rule, responses }: MockOperation, code: string | undefined): Found {
  const available = responses.map(({ status }) => status);
  if (code === undefined) {
    const preset =
      responses.find(({ status }) => status.startsWith("2")) ??
      responses.find(({ status }) => status === "default") ??
      responses[0];
    if (preset) return { response: preset, status: statusOf(preset.status) };
    return { response: { status: "default", bodies: [], headers: { minimal: {}, full: {} } }, status: 200 };
  }
  const status = Number(code);
  const isStatus = /^[2-5]\d\d$/.test(code);
  const key = isStatus ? responseKey(rule, status) : undefined;
  const response = responses.find((each) => each.status === key);
  if (response) return { response, status };
  const detail = isStatus
    ? `the document describes no response of status ${code}`
    : `Prefer: code takes a status from 200 to 599, not ${JSON.stringify(code)}`;
  return { problem: { status: 400, title: "Bad Request", detail, available } };
}

function statusOf(status: string): number {
  if (status === "default") return 200;
  const first = Number(status.replace(/XX$/i, "00"));
  // An interim response is no answer.
  return first < 200 ? 200 : first;
}

function exampleOf(
  { names, preset }: MockBody,
  { preferences, turn }: { readonly preferences: Preferences; readonly turn: () => number },
): string | undefined {
  const wanted = preferences.get("example");
  if (wanted !== undefined) return names.find((name) => name === wanted);
  const dynamic = preferences.get("dynamic");
  if (dynamic !== undefined && dynamic !== "false") return names[turn() % names.length];
  return preset;
}

function noExample({ rule, names }: MockBody, wanted: string | undefined): Chosen {
  if (names.length === 0) {
    const detail = `${rule.mediaType} here, but no value of it could be made: an example in the document would be served`;
    return refusal(501, detail, []);
  }
  return refusal(400, `no example ${JSON.stringify(wanted)} of this response`, names);
}
