import { objectOf, type JsonObject, type JsonValue } from "../../source/json.js";
import type { Answer, Body, WireRequest } from "./message.js";

/** A request as a report holds it. */
export type ShownRequest = ShownBody & {
  readonly method: string;
  /** Percent-encoded, without the address of the server; the whole address of a server that gives tokens. */
  readonly path: string;
  /** Percent-encoded. */
  readonly query?: string;
  readonly headers?: { readonly [name: string]: string };
  /** What its tokens are good for, by the name of their scheme. */
  readonly scopes?: { readonly [scheme: string]: readonly string[] };
  /** Set where the connection has a certificate of the client. */
  readonly certificate?: true;
};

/** A response as a report holds it. */
export type ShownAnswer = ShownBody & {
  readonly status: string;
  readonly headers?: JsonObject;
};

/** A body that is no JSON has no value, or the text that it is. */
type ShownBody = { readonly contentType?: string; readonly body?: JsonValue };

export function shownRequest(request: WireRequest): ShownRequest {
  const { method, path, query, headers, scopes, hasCertificate, body } = request;
  const granted = [...scopes].filter(([, names]) => names.length > 0);
  return {
    method,
    path,
    ...(query !== "" && { query }),
    ...(headers.length > 0 && { headers: Object.fromEntries(headers) }),
    ...(granted.length > 0 && { scopes: Object.fromEntries(granted) }),
    ...(hasCertificate && { certificate: true }),
    ...(body && shownBody(body)),
  };
}

export function shownAnswer({ status, headers, body }: Answer): ShownAnswer {
  return {
    status,
    ...(headers.size > 0 && { headers: objectOf(headers) }),
    ...(body && shownBody(body)),
  };
}

function shownBody({ mediaType, value, text }: Body): ShownBody {
  const body = value === undefined ? text : value;
  return { contentType: mediaType, ...(body !== undefined && { body }) };
}
