import type { ApiModel, Operation, Parameter } from "../../model/model.js";
import type { ParameterCheck } from "../../runtime/contract-rules.js";
import type { PartIssue } from "../../runtime/errors.js";
import { parseParameters, type Parsed } from "../../runtime/parse-parameters.js";
import { matchPath } from "../../runtime/path-template.js";
import { isArray, isObject, own, type JsonValue } from "../../source/json.js";
import { nameOf } from "../compare/comparison.js";
import { parameterKeys } from "../compare/parameters.js";
import { lackOf } from "./credentials.js";
import type { Judgement } from "./judgement.js";
import { headerOf, parameterKey, type Call, type MessageFault, type WireRequest } from "./message.js";
import { checkOf, ruleOf } from "./parameter-rules.js";
import type { Routes } from "./routes.js";

/** A request, with what its sender means by it. */
export type Sent = {
  readonly request: WireRequest;
  readonly call: Call;
  /** The operation that the sender means. */
  readonly operation: Operation;
};

type ReaderParts = {
  readonly model: ApiModel;
  readonly routes: () => Routes;
  readonly judgement: Judgement;
};

/** Reads requests as a server of one document does: by the parser of the runtime, and the validator of the original schemas. */
export class RequestReader {
  private readonly model: ApiModel;
  private readonly routes: () => Routes;
  private readonly judgement: Judgement;

  constructor({ model, routes, judgement }: ReaderParts) {
    this.model = model;
    this.routes = routes;
    this.judgement = judgement;
  }

  /**
   * What is wrong with a request: why it is refused, or what is read otherwise than it was meant.
   *
   * @param operation the one that should take it.
   */
  faults(sent: Sent, operation: Operation | undefined): MessageFault[] {
    const astray = this.astray(sent, operation);
    if (astray || !operation) return astray ? [astray] : [];
    const lack = lackOf(operation.requirements, {
      schemes: this.model.securitySchemes,
      request: sent.request,
    });
    return [
      ...this.parameters(sent, operation),
      ...unread(sent, operation),
      ...(lack === undefined ? [] : [refused({ kind: "credentials" }, `the operation needs ${lack}`)]),
      ...this.body(sent, operation),
    ];
  }

  /** Where a request goes instead. What the client receives comes to the operation that it is for. */
  private astray(
    { request, operation: meant }: Sent,
    expected: Operation | undefined,
  ): MessageFault | undefined {
    const part = { kind: "operation" } as const;
    const takers = meant.received ? [expected] : this.routes().takersOf(request);
    if (takers.includes(expected) && expected) return undefined;
    const [other] = takers;
    if (!other)
      return refused(part, meant.received ? "nothing describes it" : "no operation has this method and path");
    return { part, outcome: "misread", text: `it is taken for ${nameOf(other)}` };
  }

  private parameters(sent: Sent, operation: Operation): MessageFault[] {
    const { args, issues } = this.parsed(sent.request, operation);
    return operation.parameters.flatMap((parameter) => {
      const { location, name } = parameter;
      const key = parameterKey(parameter);
      const issue = issues.find((each) => each.in === location && each.name === name);
      const partner = partnerOf(parameter, { of: operation, among: sent.operation });
      const part = { kind: "parameter", keys: [key, ...(partner ? [parameterKey(partner)] : [])] } as const;
      if (issue) return [refused(part, `${whatOf(parameter)}${atPointer(issue)} ${issue.message}`)];
      // What the runtime reads is made of JSON.
      const value = own(args as { readonly [key: string]: JsonValue }, key);
      const meant = partner && sent.call.parameters.get(parameterKey(partner));
      const refusal = this.refusal(parameter, value);
      if (refusal !== undefined) return [refused(part, refusal)];
      const text = misreading(value, meant);
      return text === undefined ? [] : [{ part, outcome: "misread", text: `${whatOf(parameter)} ${text}` }];
    });
  }

  private refusal(parameter: Parameter, value: JsonValue | undefined): string | undefined {
    const { required, allowEmptyValue, schema } = parameter;
    if (value === undefined) return required ? `${whatOf(parameter)} is required` : undefined;
    const isEmpty = allowEmptyValue && value === "";
    return isEmpty ? undefined : this.judgement.refusal(whatOf(parameter), schema, value);
  }

  private parsed(request: WireRequest, operation: Operation): Parsed {
    const checks = operation.parameters.map((each): [string, ParameterCheck] => {
      const isValid = (value: unknown) =>
        this.judgement.refusal("", each.schema, value as JsonValue) === undefined;
      return [parameterKey(each), checkOf(each, this.model.schemas, isValid)];
    });
    return parseParameters(
      { parameters: operation.parameters.map(ruleOf) },
      { id: operation.id, parameters: Object.fromEntries(checks), body: [], responses: {} },
      {
        path: matchPath(operation.path, request.path) ?? {},
        query: request.query,
        header: (name) => headerOf(request, name),
      },
    );
  }

  private body({ request }: Sent, { body }: Operation): MessageFault[] {
    const text = request.body
      ? body
        ? this.judgement.bodyRefusal(request.body, body.content)
        : "no request body is described"
      : body?.required
        ? "a request body is required"
        : undefined;
    return text === undefined ? [] : [refused({ kind: "body" }, text)];
  }
}

function atPointer({ pointer }: Pick<PartIssue, "pointer">): string {
  return pointer === "" ? "" : ` at ${pointer}`;
}

/** How a value is read otherwise than it was meant. */
function misreading(value: JsonValue | undefined, meant: JsonValue | undefined): string | undefined {
  if (meant === undefined) return undefined;
  if (value === undefined) return "is not read from it";
  return isSameText(meant, value)
    ? undefined
    : `is read as ${JSON.stringify(value)}, and ${JSON.stringify(meant)} was meant`;
}

function refused(part: MessageFault["part"], text: string): MessageFault {
  return { part, outcome: "refused", text };
}

/** What was sent and nobody looks at. */
function unread({ call, operation: meant }: Sent, operation: Operation): MessageFault[] {
  const read = new Set(operation.parameters.map((each) => partnerOf(each, { of: operation, among: meant })));
  return meant.parameters.flatMap((each): MessageFault[] => {
    const key = parameterKey(each);
    if (read.has(each) || !call.parameters.has(key)) return [];
    return [
      { part: { kind: "parameter", keys: [key] }, outcome: "misread", text: `${whatOf(each)} is not read` },
    ];
  });
}

function whatOf({ location, name }: Parameter): string {
  return `${location} parameter ${JSON.stringify(name)}`;
}

/** What the sender calls a parameter: at the same place of the path, at the same location by its name, or elsewhere by its name. */
function partnerOf(
  parameter: Parameter,
  { of, among }: { readonly of: Operation; readonly among: Operation },
): Parameter | undefined {
  const key = parameterKeys(of, among)(parameter);
  const keyOf = parameterKeys(among, of);
  const isNamed = ({ name }: Parameter) => name.toLowerCase() === parameter.name.toLowerCase();
  return (
    among.parameters.find((each) => keyOf(each) === key) ??
    among.parameters.find((each) => isNamed(each) && each.location !== parameter.location)
  );
}

/** Values that are the same text: what is a number to one is its text to the other. */
function isSameText(a: JsonValue, b: JsonValue): boolean {
  if (isArray(a) && isArray(b))
    return a.length === b.length && a.every((item, index) => isSameText(item, b[index]!));
  if (isObject(a) && isObject(b)) {
    const names = Object.keys(a);
    return (
      names.length === Object.keys(b).length &&
      names.every((name) => own(b, name) !== undefined && isSameText(own(a, name)!, own(b, name)!))
    );
  }
  return !isArray(a) && !isObject(a) && !isArray(b) && !isObject(b) && String(a) === String(b);
}
