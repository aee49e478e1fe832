/** What the client must know of an operation to call it. */
export interface OperationRule {
  readonly id: string;
  readonly method: string;
  /** The path template: `/organizations/{organizationId}`. */
  readonly path: string;
  /** What every request has in its query, percent-encoded. */
  readonly query?: readonly string[];
  readonly parameters: readonly ParameterRule[];
  /** The media types that a request body may have; the first is the default. */
  readonly body: readonly BodyRule[];
  /** The media types of each documented status, range (`4XX`) or `default`; none means that the body is empty. */
  readonly responses: { readonly [status: string]: readonly BodyRule[] };
  /** Alternatives, each the security schemes that it needs together. */
  readonly security: readonly (readonly string[])[];
}

/** How an argument is written into the request: the style of a Parameter Object, or its media type. */
export interface ParameterRule {
  /** The name in the request. */
  readonly name: string;
  /** The name among the arguments. */
  readonly argument: string;
  readonly in: "path" | "query" | "header" | "cookie";
  readonly style: Style | "json";
  readonly explode: boolean;
  readonly allowReserved?: boolean;
}

export type Style =
  "simple" | "label" | "matrix" | "form" | "spaceDelimited" | "pipeDelimited" | "deepObject";

/** A media type, and how its bodies are read and written. */
export interface BodyRule {
  readonly mediaType: string;
  readonly as: "json" | "text" | "binary" | "form" | "multipart";
  /** By property of a form: what differs from the default. */
  readonly encoding?: { readonly [property: string]: PropertyEncoding };
}

/** How one property of a form is written (OpenAPI 3.1.1, Encoding Object). */
export interface PropertyEncoding {
  readonly contentType?: string;
  readonly style?: Style;
  readonly explode?: boolean;
  readonly allowReserved?: boolean;
}

/** How a credential travels (OpenAPI, Security Scheme Object). */
export type SecurityScheme =
  | { readonly kind: "bearer" }
  | { readonly kind: "basic" }
  | { readonly kind: "apiKey"; readonly in: "header" | "query" | "cookie"; readonly name: string };

export interface SecuritySchemes {
  readonly [name: string]: SecurityScheme;
}

/**
 * The bodies that a status may have; undefined where the document describes no such response. A code comes before its range,
 * a range before `default` (OpenAPI 3.1.1, Responses Object). Beside a documented success, `default` speaks of failures: no
 * document means that an unexpected 202 has the body of its errors.
 */
export function bodyRules({ responses }: OperationRule, status: number): readonly BodyRule[] | undefined {
  const exact = responses[status] ?? responses[`${Math.floor(status / 100)}XX`];
  const isSuccess = status >= 200 && status < 300;
  const knowsSuccess = Object.keys(responses).some((key) => key.startsWith("2"));
  return exact ?? (isSuccess && knowsSuccess ? undefined : responses["default"]);
}
