/** What the client must know of an operation to call it. */
export interface OperationRule {
  readonly id: string;
  readonly method: string;
  /** The path template: `/organizations/{organizationId}`. */
  readonly path: string;
  /** The first of its own servers, where it has some. */
  readonly baseUrl?: string;
  /** What every request has in its query, percent-encoded. */
  readonly query?: readonly string[];
  /** Names that every request has in its query: they tell operations of one path apart. */
  readonly queryKeys?: readonly string[];
  readonly parameters: readonly ParameterRule[];
  /** The media types that a request body may have; the first is the default. */
  readonly body: readonly RequestBodyRule[];
  /** The media types of each documented status, range (`4XX`) or `default`; none means that the body is empty. */
  readonly responses: { readonly [status: string]: readonly ResponseBodyRule[] };
  /** The headers that the document describes, by status. */
  readonly headers?: HeadersRule;
  /** Alternatives, each the security schemes that it needs together. */
  readonly security: readonly (readonly string[])[];
}

/** How an argument is written into the request: the style of a Parameter Object, or its media type. */
export interface ParameterRule {
  /** The name in the request. */
  readonly name: string;
  /** The name among the arguments. */
  readonly argument: string;
  readonly in: "path" | "query" | "querystring" | "header" | "cookie";
  readonly style: Style | ContentStyle;
  readonly explode: boolean;
  readonly allowReserved?: boolean;
  /** Where the value is JSON: that `""` stands for an empty value and not for a JSON string. */
  readonly allowEmptyValue?: boolean;
  /** Of a form: what differs from the default, by property. */
  readonly encoding?: Encodings;
}

export type Style =
  "simple" | "label" | "matrix" | "form" | "spaceDelimited" | "pipeDelimited" | "deepObject" | "cookie";

/** How a parameter with `content` is written. */
export type ContentStyle = "json" | "text" | "urlencoded";

/** A media type, and how its bodies are read and written. */
export interface BodyRule {
  /** `application/json`, or a range: `image/*`. */
  readonly mediaType: string;
  readonly as: "json" | "text" | "binary" | "form" | "multipart" | "events" | "jsonLines" | "jsonSequence";
  /** The events whose data is JSON, by name. */
  readonly json?: true | readonly string[];
}

export interface RequestBodyRule extends BodyRule {
  /** Of a form: what differs from the default, by property. */
  readonly encoding?: Encodings;
  /** Of a multipart body without names: the parts in their order, and those after them. */
  readonly prefixEncoding?: readonly PropertyEncoding[];
  readonly itemEncoding?: PropertyEncoding;
  /** Writes what the common code does not. It stands here so that a bundle holds it only where an operation needs it. */
  readonly write?: BodyWriter;
}

export interface ResponseBodyRule extends BodyRule {
  /** Reads a stream of items. It stands here so that a bundle holds it only where an operation needs it. */
  readonly read?: ItemReader;
}

/** Gives what `fetch` takes for a body; the types of Node have no name of their own for it. */
export type BodyWriter = (
  rule: RequestBodyRule,
  body: unknown,
  call: BodyContext,
) => NonNullable<RequestInit["body"]>;

/** What else a body depends on. */
export interface BodyContext {
  /** The headers of the parts of a multipart body, by name or in their order. */
  readonly partHeaders?: unknown;
  /** Aborted when nobody wants the body any longer. */
  readonly signal?: AbortSignal;
  /** Looks at an item before it is written. */
  readonly look?: ((item: unknown, index: number) => void) | undefined;
}

/** Reads a response item by item. */
export type ItemReader = (rule: ResponseBodyRule, source: StreamSource) => AsyncIterable<unknown>;

/** A response that is read item by item. */
export interface StreamSource {
  readonly operationId: string;
  readonly response: Response;
  readonly signal: AbortSignal;
  /** An item may not be longer. */
  readonly maxBytes: number;
  readonly parseJson: (text: string) => unknown;
  /** Called when nothing more is read. */
  readonly release: () => void;
}

export interface Encodings {
  readonly [property: string]: PropertyEncoding;
}

/** How one property of a form is written (OpenAPI 3.2.0, Encoding Object). */
export interface PropertyEncoding {
  readonly contentType?: string;
  readonly style?: Style;
  readonly explode?: boolean;
  readonly allowReserved?: boolean;
  readonly headers?: HeaderRules;
}

/** The headers of the responses, and what reads them. */
export interface HeadersRule {
  readonly rules: { readonly [status: string]: HeaderRules };
  readonly read: (rules: HeaderRules, headers: Headers) => object;
}

export interface HeaderRules {
  readonly [name: string]: HeaderRule;
}

/** The types that a text may have; it is the first that it can be. What is nested, a list or an object, is JSON. */
export type TextType = "null" | "boolean" | "number" | "nested" | "string";

/** How a header is written: in the style `simple`, or as JSON. */
export type HeaderRule =
  | { readonly as: "json" }
  | { readonly as: "value"; readonly types: readonly TextType[] }
  | { readonly as: "array"; readonly types: readonly TextType[] }
  | ({ readonly as: "object"; readonly explode: boolean } & MemberTypes);

/** The types of an object's members, by the keyword that speaks of them (JSON Schema Core 2020-12, section 10.3.2). */
export interface MemberTypes {
  readonly properties: { readonly [name: string]: readonly TextType[] };
  readonly patternProperties?: readonly (readonly [pattern: string, types: readonly TextType[]])[];
  /** Of what nothing else names. Default: text. */
  readonly additionalProperties?: readonly TextType[];
}

/** How a text on the wire becomes a value: by the types that it can have, itself, its items or its members. */
export type WireShape =
  | { readonly as: "json" }
  | { readonly as: "value" | "array"; readonly types: readonly TextType[] }
  | ({ readonly as: "object" } & MemberTypes);

/** How a credential travels (OpenAPI, Security Scheme Object). */
export type SecurityScheme =
  | { readonly kind: "bearer" }
  | { readonly kind: "basic" }
  | { readonly kind: "apiKey"; readonly in: "header" | "query" | "cookie"; readonly name: string };

export interface SecuritySchemes {
  readonly [name: string]: SecurityScheme;
}

/**
 * The key that describes a status; undefined where the document describes no such response. A code comes before its range,
 * a range before `default` (OpenAPI 3.1.1, Responses Object). Beside a documented success, `default` speaks of failures: no
 * document means that an unexpected 202 has the body of its errors.
 */
export function responseKey(
  { responses }: { readonly responses: { readonly [status: string]: unknown } },
  status: number,
): string | undefined {
  const isKnown = (key: string) => Object.hasOwn(responses, key);
  const exact = [String(status), `${Math.floor(status / 100)}XX`].find(isKnown);
  const isSuccess = status >= 200 && status < 300;
  const knowsSuccess = Object.keys(responses).some((key) => key.startsWith("2"));
  if (exact !== undefined || (isSuccess && knowsSuccess)) return exact;
  return isKnown("default") ? "default" : undefined;
}
