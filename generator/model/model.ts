import type { JsonObject, JsonValue } from "../source/json.js";
import type { Origin } from "../source/source.js";
import type { Schema, SchemaId } from "./schema.js";

/** What the documents of one API say, in no language yet. Lists are sorted wherever the document's order means nothing. */
export type ApiModel = {
  readonly info: Info;
  readonly servers: readonly Server[];
  readonly operations: readonly Operation[];
  readonly securitySchemes: readonly SecurityScheme[];
  readonly schemas: ReadonlyMap<SchemaId, NamedSchema>;
};

/** Where something stands, for people: `#/components/schemas/A`, or from the entry's folder `common/schemas.yaml#/A`. */
export type Place = string;

/** OpenAPI 3.1.1, Info Object. */
export type Info = {
  readonly origin: Origin;
  readonly title: string;
  readonly version: string;
  readonly summary?: string;
  readonly description?: string;
  readonly license?: { readonly name: string; readonly identifier?: string };
};

/** Server Object: its URL with the variables at their defaults, and as it is written. */
export type Server = {
  readonly origin: Origin;
  readonly url: string;
  readonly template: string;
  readonly variables: readonly ServerVariable[];
  readonly description?: string;
};

/** Server Variable Object. */
export type ServerVariable = {
  readonly origin: Origin;
  readonly name: string;
  readonly default?: string;
  /** The only values, where they are listed. */
  readonly values?: readonly string[];
};

/** A schema with a name of its own: a component, or the body of a request or response that stands inline. */
export type NamedSchema = {
  readonly id: SchemaId;
  /** The words that its name is made of: `BillingSubscription`, or operation, `response` and status. */
  readonly words: readonly string[];
  readonly origin: Origin;
  readonly place: Place;
  /** The place in the author's document, where that says it elsewhere: one of 2.0 does. */
  readonly see?: Place;
  readonly schema: Schema;
  /** That it is what those have in common which build on a parent: the documents have no place for it, so it has no fixtures. */
  readonly isBase?: true;
  /** The references to parents that list the schema as an alternative: taken at its word, it would have no end. */
  readonly rings?: readonly { readonly origin: Origin; readonly parent: SchemaId }[];
  /** Where the schema is as one direction sees it. */
  readonly view?: SchemaView;
};

/** What requests, or responses, see of a schema that differs by direction. */
export type SchemaView = {
  readonly direction: "request" | "response";
  /** The required properties that this direction leaves out, by the object that requires them. */
  readonly notRequired: readonly PropertyNames[];
  /** The references of an `allOf` to what speaks of properties that are left out around it: their targets are read without them. */
  readonly readWithout: readonly PropertyNames[];
};

/** Properties of the object at a place. */
export type PropertyNames = { readonly origin: Origin; readonly names: readonly string[] };

/** The methods that have a field of their own (OpenAPI 3.2.0, Path Item Object). */
export const HTTP_METHODS = [
  "GET",
  "PUT",
  "POST",
  "DELETE",
  "OPTIONS",
  "HEAD",
  "PATCH",
  "TRACE",
  "QUERY",
] as const;

/** Operation Object, with what its Path Item Object adds. */
export type Operation = {
  readonly origin: Origin;
  readonly place: Place;
  /** The place in the author's document, where that says it elsewhere. */
  readonly see?: Place;
  /** The operationId, or the words of method and path where the document gives none. */
  readonly id: string;
  /** That the document gives it no operationId, or one that is taken. */
  readonly isUnnamed?: true;
  /** As it is sent: `GET`. */
  readonly method: string;
  readonly path: string;
  /** Pairs of the query that every request has, percent-encoded: what a path key held after its `?`. */
  readonly query?: readonly string[];
  /** Names that every request has in its query, as parameters, where they tell the operation from others: those before each `={name}` of a path key. */
  readonly queryKeys?: readonly string[];
  readonly summary?: string;
  readonly description?: string;
  readonly deprecated?: true;
  /** `x-sunset`: the date after which it may go. */
  readonly sunset?: string;
  /** `x-stability-level`. */
  readonly stability?: string;
  readonly tags: readonly string[];
  readonly parameters: readonly Parameter[];
  readonly body?: RequestBody;
  readonly responses: readonly Response[];
  /** Alternatives, each the schemes that it needs together (Security Requirement Object); none means none needed. */
  readonly security: readonly (readonly string[])[];
  /** The same with the scopes that each scheme needs, in the order of the document. */
  readonly requirements: SecurityRequirements;
  /** Its own servers or those of its path, where it has some (Operation Object, `servers`). */
  readonly servers?: readonly Server[];
  /** Set for what the client receives: a webhook or a callback. */
  readonly received?: Received;
};

/** Security Requirement Objects, and where they stand. */
export type SecurityRequirements = {
  readonly origin: Origin;
  readonly alternatives: readonly ReadonlyMap<string, readonly string[]>[];
};

/** How an operation comes to the client: by a member of `webhooks`, or by a Callback Object of another operation. */
export type Received =
  | { readonly kind: "webhook"; readonly name: string }
  | {
      readonly kind: "callback";
      readonly name: string;
      /** The method and the path of the operation that it belongs to: `POST /subscriptions`. */
      readonly owner: string;
      /** Where it is sent to: a runtime expression. */
      readonly expression: string;
    };

export const PARAMETER_LOCATIONS = ["path", "query", "querystring", "header", "cookie"] as const;
export type ParameterLocation = (typeof PARAMETER_LOCATIONS)[number];
export const STYLES = [
  "simple",
  "label",
  "matrix",
  "form",
  "spaceDelimited",
  "pipeDelimited",
  "deepObject",
  "cookie",
] as const;
export type Style = (typeof STYLES)[number];

/** What may stand elsewhere than where it is used: where it is described, and the Reference Object that leads there, if one does. */
export type Referable = { readonly origin: Origin; readonly reference?: Origin };

/** Parameter Object; `content` parameters are serialized as their media type. */
export type Parameter = Referable & {
  readonly name: string;
  readonly location: ParameterLocation;
  readonly required: boolean;
  readonly deprecated?: true;
  /** As of {@link Operation}. */
  readonly sunset?: string;
  readonly description?: string;
  readonly schema: Schema;
  readonly serialization:
    | {
        readonly kind: "style";
        readonly style: Style;
        readonly explode: boolean;
        readonly allowReserved: boolean;
      }
    | {
        readonly kind: "content";
        readonly mediaType: string;
        readonly bodyKind: BodyKind;
        readonly encoding: readonly PropertyEncoding[];
      };
  /** That an empty text may be sent in place of nothing. */
  readonly allowEmptyValue?: true;
  readonly examples: readonly Example[];
};

export type RequestBody = Referable & {
  readonly required: boolean;
  readonly description?: string;
  readonly content: readonly MediaType[];
};

/** A status code, a range of them (`4XX`), or `default` (Responses Object). */
export type ResponseStatus = string;

export type Response = Referable & {
  readonly status: ResponseStatus;
  readonly description: string;
  readonly content: readonly MediaType[];
  readonly headers: readonly Header[];
  readonly links: readonly Link[];
};

/** Link Object, as it is written. */
export type Link = Referable & { readonly name: string; readonly value: JsonValue };

/** Header Object, of a response or of a part. */
export type Header = Referable & {
  readonly name: string;
  readonly required: boolean;
  readonly deprecated?: true;
  readonly description?: string;
  readonly schema: Schema;
  readonly serialization:
    | { readonly kind: "style"; readonly style: "simple"; readonly explode: boolean }
    | { readonly kind: "content"; readonly isJson: boolean };
  readonly examples: readonly Example[];
};

/** How a body is written: as JSON, as one of the two forms, as text, as it is, or item by item. */
export type BodyKind =
  "json" | "form" | "multipart" | "text" | "binary" | "events" | "jsonLines" | "jsonSequence";

/** Media Type Object. Every schema of a body is named, so that it has a type, a validator and fixtures. */
export type MediaType = {
  readonly origin: Origin;
  /** `application/json`, or a range: `image/*`. */
  readonly type: string;
  readonly kind: BodyKind;
  /** The schema of the body; of a body that is read item by item, that of an item. */
  readonly schema?: SchemaId;
  /** That `schema` is that of an item, of a list of parts. */
  readonly isItemSchema?: true;
  /** The events of `text/event-stream`, as far as the document describes them. */
  readonly events?: readonly EventType[];
  readonly examples: readonly Example[];
  /** How the properties of a form are written, by name. */
  readonly encoding: readonly PropertyEncoding[];
  /** How the parts of a multipart body without names are written, in their order; and those after them. */
  readonly prefixEncoding: readonly PartEncoding[];
  readonly itemEncoding?: PartEncoding;
};

/** Events of one schema. */
export type EventType = {
  /** The schema of the event, with its `data` a string, unless `isJson`. */
  readonly schema?: SchemaId;
  /** The data is JSON, as the schema of the event describes it. */
  readonly isJson?: true;
  /** The name that all of them have. */
  readonly name?: string;
  /** Given where the data is JSON that the schema of the event calls a string: its schema. */
  readonly data?: { readonly schema?: SchemaId };
};

/** Encoding Object. */
export type PartEncoding = {
  readonly contentType?: string;
  readonly style?: Style;
  readonly explode?: boolean;
  readonly allowReserved?: boolean;
  readonly headers: readonly Header[];
};

/** Encoding Object of a property. */
export type PropertyEncoding = PartEncoding & { readonly origin: Origin; readonly property: string };

/** Example Object with an embedded value; the `example` keyword is one named `example`. */
export type Example = { readonly origin: Origin; readonly name: string; readonly value: JsonValue };

/** Security Scheme Object, as far as a client can carry it, and as it is written. */
export type SecurityScheme = {
  readonly origin: Origin;
  readonly name: string;
  readonly description?: string;
  readonly definition: JsonObject;
} & (
  | { readonly kind: "bearer" }
  | { readonly kind: "basic" }
  | { readonly kind: "apiKey"; readonly in: "header" | "query" | "cookie"; readonly parameter: string }
  | { readonly kind: "unsupported" }
);
