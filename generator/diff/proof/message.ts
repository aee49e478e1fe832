import type { Header } from "../../model/model.js";
import type { JsonValue } from "../../source/json.js";

/** A body, its value undefined where it is no JSON. */
export type Body = {
  readonly mediaType: string;
  readonly value: JsonValue | undefined;
  /** The text that it is, where it is no JSON and that is known: for those who read a report, for nobody judges it. */
  readonly text?: string;
};

/** A request as a caller thinks of it: parts that it has none of are not there. */
export type Call = {
  /** By {@link parameterKey}. */
  readonly parameters: ReadonlyMap<string, JsonValue>;
  readonly body?: Body;
  /** The schemes whose credentials it carries, with their scopes. */
  readonly credentials: ReadonlyMap<string, readonly string[]>;
};

/** A request as it is sent. */
export type WireRequest = {
  readonly kind: "request";
  readonly method: string;
  /** Percent-encoded. */
  readonly path: string;
  /** Without its question mark. */
  readonly query: string;
  readonly headers: readonly (readonly [name: string, value: string])[];
  /** Whether the connection has a certificate of the client. */
  readonly hasCertificate: boolean;
  readonly body?: Body;
  /** What no text says of its tokens: the scopes that they are good for, by scheme. */
  readonly scopes: ReadonlyMap<string, readonly string[]>;
};

/** A response of a status. */
export type Answer = {
  readonly kind: "response";
  readonly status: string;
  /** By name, in lower case. */
  readonly headers: ReadonlyMap<string, JsonValue>;
  /** How who sends it writes them, by name, in lower case. */
  readonly written: ReadonlyMap<string, Header["serialization"]>;
  readonly body?: Body;
};

/** The part of a message that a fault is about. */
export type Part =
  | { readonly kind: "operation" | "credentials" | "body" | "status" }
  /** By its keys on both sides. */
  | { readonly kind: "parameter"; readonly keys: readonly string[] }
  | { readonly kind: "header"; readonly name: string };

/** What is wrong with a message for who reads it: it is refused, or read as something else than was meant. */
export type MessageFault = {
  readonly part: Part;
  readonly outcome: "refused" | "misread";
  readonly text: string;
};

/** `query q`; names of headers have no case. */
export function parameterKey({
  location,
  name,
}: {
  readonly location: string;
  readonly name: string;
}): string {
  return `${location} ${location === "header" ? name.toLowerCase() : name}`;
}

export function headerOf({ headers }: Pick<WireRequest, "headers">, name: string): string | undefined {
  return headers.find(([own]) => own.toLowerCase() === name.toLowerCase())?.[1];
}
