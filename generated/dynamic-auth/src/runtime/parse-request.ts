import type { OperationValidators } from "./contract.js";
import type { PartIssue } from "./errors.js";
import type { OperationRule } from "./operation.js";
import { parseBody, type ItemParser, type WireBody } from "./parse-body.js";
import { parseParameters, type WireParameters } from "./parse-parameters.js";

/** A request as it was sent, taken apart. */
export interface WireRequest extends WireParameters {
  readonly body: WireBody;
}

/** What a request says, or what is wrong with it. */
export type ReadRequest =
  | { readonly kind: "valid"; readonly args: { readonly [argument: string]: unknown } }
  | { readonly kind: "unsupported" }
  /** `isMalformed` where it cannot be read at all. */
  | { readonly kind: "invalid"; readonly issues: readonly PartIssue[]; readonly isMalformed: boolean };

/** The arguments of a request, validated: what a server makes of what a client sent. */
export async function readRequest(
  operation: OperationRule,
  { request, rules }: Pick<OperationValidators<object, object>, "request" | "rules">,
  wire: WireRequest,
  parseItems?: ItemParser,
): Promise<ReadRequest> {
  const parameters = parseParameters(operation, rules(), wire);
  const body = await parseBody(operation, rules(), wire.body, parseItems);
  if (body.kind === "unsupported") return { kind: "unsupported" };
  const unread = [...parameters.issues, ...(body.kind === "malformed" ? [body.issue] : [])];
  const args = { ...parameters.args, ...(body.kind === "read" && body.args) };
  // What could not be read was given: nobody should be told that it is missing.
  const known = new Set(unread.map(placeOf));
  const issues = [...unread, ...request(args).filter((issue) => !known.has(placeOf(issue)))];
  if (issues.length > 0) return { kind: "invalid", issues, isMalformed: unread.length > 0 };
  return { kind: "valid", args };
}

function placeOf({ in: part, name = "" }: PartIssue): string {
  return `${part} ${name}`;
}
