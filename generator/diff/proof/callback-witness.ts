import type { Operation } from "../../model/model.js";
import { changeAt } from "../../source/pointer.js";
import type { Change } from "../change.js";
import { callsOf } from "./calls.js";
import { Judgement } from "./judgement.js";
import { headerOf, parameterKey, type Call, type WireRequest } from "./message.js";
import { RequestReader } from "./read-request.js";
import { evaluated, partsOf, type Source } from "./runtime-expression.js";
import { shownRequest } from "./shown-message.js";
import { first, type Subjects } from "./subjects.js";
import type { Witness } from "./witness.js";
import { written } from "./write-request.js";

/** Where a client might listen. */
const ADDRESS = "https://client.example/callback";

/**
 * The request by which a client says where it listens, where the other expression reads another address from it.
 *
 * @param callers the operations that callbacks belong to.
 */
export function callbackWitness(
  { before, after }: Change,
  owner: string,
  callers: Subjects,
): Witness | undefined {
  const operation = callers.operation("base", owner);
  if (!operation || typeof before !== "string" || typeof after !== "string") return undefined;
  const reader = new RequestReader({
    model: callers.models.base,
    routes: () => callers.routes("base"),
    judgement: new Judgement(callers.values.base, "proof"),
  });
  return first(callsOf(operation, callers.values.base, undefined), (plain) => {
    const sent = asking({ call: plain, expression: before, operation, callers });
    const [address, other] = sent
      ? [before, after].map((each) => evaluated(each, sent.request, operation))
      : [];
    if (!sent || address === undefined || address === other) return undefined;
    if (reader.faults({ ...sent, operation }, operation).length > 0) return undefined;
    const reason = `${other === undefined ? "nothing is sent" : `what is sent goes to ${other}`}, and ${address} was meant`;
    return {
      kind: "request",
      validIn: "base",
      outcome: "misread",
      value: shownRequest(sent.request),
      reason,
    };
  });
}

type Asking = {
  readonly call: Call;
  readonly expression: string;
  readonly operation: Operation;
  readonly callers: Subjects;
};

/** The call, and its request, with an address where the expression looks for one. */
function asking({
  call,
  expression,
  operation,
  callers,
}: Asking): { readonly call: Call; readonly request: WireRequest } | undefined {
  const source = partsOf(expression).flatMap((part) =>
    typeof part === "string" ? [] : (part.source ?? []),
  )[0];
  const told = source ? withAddress(call, source, operation) : call;
  const request = told && written(told, { operation, schemes: callers.models.base.securitySchemes });
  return told && request && { call: told, request: source ? withText(request, source) : request };
}

function withAddress(call: Call, source: Source, { parameters }: Operation): Call | undefined {
  if (source.kind === "body") {
    const value =
      call.body?.value === undefined ? undefined : changeAt(call.body.value, source.pointer, () => ADDRESS);
    return value === undefined ? undefined : { ...call, body: { ...call.body!, value } };
  }
  if (source.kind === "url" || source.kind === "method") return call;
  const { kind, name } = source;
  const own = parameters.find((each) => parameterKey(each) === parameterKey({ location: kind, name }));
  return own ? { ...call, parameters: new Map(call.parameters).set(parameterKey(own), ADDRESS) } : call;
}

/** What no parameter describes is sent all the same, for the expression names it. */
function withText(request: WireRequest, source: Source): WireRequest {
  if (source.kind === "header" && headerOf(request, source.name) === undefined)
    return { ...request, headers: [...request.headers, [source.name, ADDRESS]] };
  if (
    source.kind !== "query" ||
    evaluated(`{$request.query.${source.name}}`, request, { path: "" }) !== undefined
  )
    return request;
  const pair = `${encodeURIComponent(source.name)}=${encodeURIComponent(ADDRESS)}`;
  return { ...request, query: request.query === "" ? pair : `${request.query}&${pair}` };
}
