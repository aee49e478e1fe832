import type { ResponseStatus } from "../model/model.js";

/** The type of a status, and the runtime's types that it names. */
export type StatusType = { readonly text: string; readonly uses: readonly string[] };

const RANGES: { readonly [first: string]: string } = {
  1: "InformationalStatus",
  2: "SuccessStatus",
  3: "RedirectionStatus",
  4: "ClientErrorStatus",
  5: "ServerErrorStatus",
};

/**
 * The statuses that a response stands for, as successes and as failures (OpenAPI 3.1.1, Responses Object): a code stands for
 * itself, a range for what no code of it takes, `default` for the rest. Beside a documented success, `default` is a failure.
 */
export function statusType(
  status: ResponseStatus,
  all: readonly ResponseStatus[],
): { success?: StatusType; failure?: StatusType } {
  if (status === "default") return defaultType(all.filter((each) => each !== "default"));
  const first = status.charAt(0);
  const codes = all.filter((each) => /^\d+$/.test(each) && each.startsWith(first));
  const type = /^\d+$/.test(status) ? { text: status, uses: [] } : without(RANGES[first]!, codes);
  return first === "2" ? { success: type } : { failure: type };
}

function defaultType(others: readonly ResponseStatus[]): { success?: StatusType; failure: StatusType } {
  const failures = others.filter((status) => !status.startsWith("2"));
  const ranges = failures
    .filter((status) => status.endsWith("XX"))
    .map((status) => RANGES[status.charAt(0)]!);
  const codes = failures.filter((status) => /^\d+$/.test(status));
  const type = without("NonSuccessStatus", [...ranges, ...codes]);
  const failure = { text: type.text, uses: [...type.uses, ...ranges] };
  return failures.length < others.length ? { failure } : { success: without("SuccessStatus", []), failure };
}

function without(range: string, taken: readonly string[]): StatusType {
  return { text: taken.length === 0 ? range : `Exclude<${range}, ${taken.join(" | ")}>`, uses: [range] };
}
