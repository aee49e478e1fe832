import type { Verdict } from "../../fixtures/prove.js";
import { reasonOf } from "../../fixtures/prove.js";
import type { Header, MediaType, Operation, Parameter, Response } from "../../model/model.js";
import { objectOf, type JsonObject, type JsonValue } from "../../source/json.js";
import { isRangeOf, mediaKey } from "../compare/media-names.js";
import type { SampleValues } from "./sample-values.js";

/** A request as a caller thinks of it: parts that it has none of are not there. */
export type Request = {
  readonly kind: "request";
  /** By location and name: `query q`. */
  readonly parameters: ReadonlyMap<string, JsonValue>;
  readonly body?: { readonly mediaType: string; readonly value: JsonValue | undefined };
  /** The schemes whose credentials it carries, with their scopes. */
  readonly credentials: ReadonlyMap<string, readonly string[]>;
};

/** A response of a status. */
export type Answer = {
  readonly kind: "response";
  readonly status: string;
  /** By name, in lower case. */
  readonly headers: ReadonlyMap<string, JsonValue>;
  readonly body?: { readonly mediaType: string; readonly value: JsonValue | undefined };
};

export type Message = Request | Answer;

export function parameterKey({ location, name }: Pick<Parameter, "location" | "name">): string {
  return `${location} ${location === "header" ? name.toLowerCase() : name}`;
}

/** Messages that one side of an operation describes; each is judged before it counts. */
export class Messages {
  private readonly values: SampleValues;
  private readonly judged: "verdict" | "proof";

  /** @param judged by whom. */
  constructor(values: SampleValues, judged: "verdict" | "proof") {
    this.values = values;
    this.judged = judged;
  }

  /** Requests with what is needed, and with all that there is; of each media type, without a body, by each way of being let in. */
  requests({ parameters, body, requirements }: Operation): Request[] {
    const ways =
      requirements.alternatives.length > 0 ? requirements.alternatives : [new Map<string, string[]>()];
    const bodies = [
      ...(body?.required ? [] : [undefined]),
      ...(body?.content ?? []).map((each) => this.body(each)),
    ];
    const given = [parameters.filter(({ required }) => required), parameters].map((each) => this.given(each));
    return given.flatMap((own) =>
      bodies.flatMap((content) =>
        ways.map((credentials): Request => ({
          kind: "request",
          parameters: own,
          credentials,
          ...(content && { body: content }),
        })),
      ),
    );
  }

  private given(parameters: readonly Parameter[]): ReadonlyMap<string, JsonValue> {
    return new Map(
      parameters.flatMap((each) => {
        const [value] = this.values.of(each.schema);
        return value === undefined ? [] : [[parameterKey(each), value] as const];
      }),
    );
  }

  private body({ type, schema, kind }: MediaType): NonNullable<Message["body"]> {
    const [value] = this.values.ofNamed(schema);
    return { mediaType: type, value: kind === "json" ? value : undefined };
  }

  /** Responses of a status: with the headers that must be there, and with all; of each media type. */
  answers({ content, headers }: Response, status: string): Answer[] {
    const given = [headers.filter(({ required }) => required), headers].map((each) => this.headers(each));
    const bodies = content.length === 0 ? [undefined] : content.map((each) => this.body(each));
    return given.flatMap((own) =>
      bodies.map((body): Answer => ({ kind: "response", status, headers: own, ...(body && { body }) })),
    );
  }

  private headers(headers: readonly Header[]): ReadonlyMap<string, JsonValue> {
    return new Map(
      headers.flatMap(({ name, schema }) => {
        const [value] = this.values.of(schema);
        return value === undefined ? [] : [[name.toLowerCase(), value] as const];
      }),
    );
  }

  /** Why the operation does not take a message; undefined where it does. */
  refusal(message: Message, operation: Operation | undefined): string | undefined {
    if (!operation) return "no operation has this method and path";
    return message.kind === "request"
      ? this.requestRefusal(message, operation)
      : this.answerRefusal(message, operation);
  }

  private requestRefusal(
    request: Request,
    { parameters, body, requirements }: Operation,
  ): string | undefined {
    for (const parameter of parameters) {
      const what = `${parameter.location} parameter ${JSON.stringify(parameter.name)}`;
      const fault = this.partRefusal(what, parameter, request.parameters.get(parameterKey(parameter)));
      if (fault !== undefined) return fault;
    }
    if (!letsIn(requirements.alternatives, request.credentials)) return "its credentials are not accepted";
    if (!request.body) return body?.required ? "a request body is required" : undefined;
    return body ? this.bodyRefusal(request.body, body.content) : "no request body is described";
  }

  private answerRefusal(answer: Answer, { responses }: Operation): string | undefined {
    const found = responseOf(responses, answer.status);
    if (!found) return `status ${answer.status} is not described`;
    for (const header of found.headers) {
      const what = `header ${JSON.stringify(header.name)}`;
      const fault = this.partRefusal(what, header, answer.headers.get(header.name.toLowerCase()));
      if (fault !== undefined) return fault;
    }
    return answer.body && this.bodyRefusal(answer.body, found.content);
  }

  private partRefusal(
    what: string,
    { required, schema }: Pick<Parameter, "required" | "schema">,
    value: JsonValue | undefined,
  ): string | undefined {
    if (value === undefined) return required ? `${what} is required` : undefined;
    return faultOf(what, this.values[this.judged](schema, value));
  }

  private bodyRefusal(
    { mediaType, value }: NonNullable<Message["body"]>,
    content: readonly MediaType[],
  ): string | undefined {
    const media =
      content.find(({ type }) => mediaKey(type) === mediaKey(mediaType)) ??
      content.find(({ type }) => isRangeOf(type, mediaType));
    if (!media) return `media type ${mediaType} is not described`;
    // A body without a schema is of any kind.
    const schema = this.values.schemaOf(media.schema);
    return value === undefined || !schema
      ? undefined
      : faultOf("the body", this.values[this.judged](schema, value));
  }
}

/** What cannot be decided refuses nothing. */
function faultOf(what: string, verdict: Verdict): string | undefined {
  return verdict.kind === "invalid" ? `${what}: ${reasonOf(verdict)}` : undefined;
}

function letsIn(
  alternatives: Operation["requirements"]["alternatives"],
  credentials: Request["credentials"],
): boolean {
  const isMet = (needed: Request["credentials"]) =>
    [...needed].every(
      ([scheme, scopes]) =>
        scopes.every((scope) => credentials.get(scheme)?.includes(scope)) && credentials.has(scheme),
    );
  return alternatives.length === 0 || alternatives.some(isMet);
}

/** What describes a status: itself, its range, or `default`. */
export function responseOf(responses: readonly Response[], status: string): Response | undefined {
  const isNamed = (name: string) => responses.find((each) => each.status === name);
  return isNamed(status) ?? isNamed(`${status.slice(0, 1)}XX`) ?? isNamed("default");
}

/** A message as a report shows it. */
export function shownMessage(message: Message, { method, path }: Operation): JsonValue {
  const body = message.body && {
    contentType: message.body.mediaType,
    ...(message.body.value !== undefined && { body: message.body.value }),
  };
  if (message.kind === "response")
    return { status: message.status, ...part("headers", message.headers), ...body };
  const credentials = [...message.credentials].map(([scheme, scopes]) => [scheme, ...scopes].join(" "));
  const at = (location: string) =>
    new Map(
      [...message.parameters].flatMap(([key, value]) =>
        key.startsWith(`${location} `) ? [[key.slice(location.length + 1), value] as const] : [],
      ),
    );
  return {
    method,
    path: path.replace(
      /\{([^{}]*)\}/g,
      (whole, name: string) => textOf(message.parameters.get(`path ${name}`)) ?? whole,
    ),
    ...part("query", at("query")),
    ...part("querystring", at("querystring")),
    ...part("headers", at("header")),
    ...part("cookies", at("cookie")),
    ...(credentials.length > 0 && { credentials }),
    ...body,
  };
}

function part(name: string, values: ReadonlyMap<string, JsonValue>): JsonObject {
  return values.size > 0 ? { [name]: objectOf(values) } : {};
}

function textOf(value: JsonValue | undefined): string | undefined {
  if (value === undefined) return undefined;
  return encodeURIComponent(typeof value === "string" ? value : JSON.stringify(value));
}
