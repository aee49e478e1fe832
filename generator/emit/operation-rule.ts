import { isRange, isSequence } from "../model/media-kind.js";
import { partHeaders } from "../model/header-shape.js";
import type {
  ApiModel,
  BodyKind,
  MediaType,
  Operation,
  PartEncoding,
  SecurityScheme,
} from "../model/model.js";
import { isPlainForm } from "../model/plain-form.js";
import { objectOf, type JsonValue } from "../source/json.js";
import { argumentNames } from "./arguments.js";
import { inlineObject, json, list, openObject, runtimeName, type Code } from "./code.js";
import { headerRules } from "./headers.js";
import { responseKind } from "./media-types.js";
import { parameterRule } from "./parameter-rule.js";
import { isPositional } from "./request-body.js";

type Schemas = ApiModel["schemas"];
type Rules = (readonly [name: string, value: Code | undefined])[];

/** What all operations share: the address, and how credentials travel (`ApiRule` of the runtime). */
export function apiRule({ servers, securitySchemes }: ApiModel): Code {
  const schemes = securitySchemes.filter(({ kind }) => kind !== "unsupported");
  return openObject([
    ["baseUrl", json(servers[0]?.url ?? "/")],
    ["securitySchemes", openObject(schemes.map((scheme) => [scheme.name, json(securityRule(scheme))]))],
  ]);
}

function securityRule(scheme: SecurityScheme): JsonValue {
  if (scheme.kind !== "apiKey") return { kind: scheme.kind };
  return { kind: scheme.kind, in: scheme.in, name: scheme.parameter };
}

/** What the runtime must know of an operation: its `OperationRule`. */
export function operationRule(operation: Operation, schemas: Schemas): Code {
  const names = argumentNames(operation);
  const { id, method, path, servers, query, queryKeys, parameters, body, responses, security } = operation;
  return openObject([
    ["id", json(id)],
    ["method", json(method)],
    ["path", json(path)],
    ["baseUrl", servers && json(servers[0]?.url ?? "/")],
    ["query", query && json(query)],
    ["queryKeys", queryKeys && json(queryKeys)],
    ["parameters", list(parameters.map((each) => json(parameterRule(each, names.get(each)!))))],
    ["body", list((body?.content ?? []).map((media) => requestRule(media, schemas)))],
    [
      "responses",
      openObject(responses.map(({ status, content }) => [status, list(content.map(responseRule))])),
    ],
    ["headers", headersRule(operation, schemas)],
    ["security", json(security)],
  ]);
}

/** What both directions say of a media type. */
function mediaTypeRule({ type, events }: MediaType, kind: BodyKind): Rules {
  const withData = (events ?? []).filter(({ data, isJson }) => data ?? isJson);
  const isAll = withData.length === events?.length;
  const named = withData.flatMap(({ name }) => name ?? []);
  return [
    ["mediaType", json(type)],
    ["as", json(kind)],
    ["json", withData.length === 0 ? undefined : json(isAll ? true : named)],
  ];
}

function responseRule(media: MediaType): Code {
  const kind = responseKind(media);
  return inlineObject([...mediaTypeRule(media, kind), ["read", READERS[kind]]]);
}

/** The functions that read bodies item by item. */
const READERS: { readonly [K in BodyKind]?: Code } = {
  events: runtimeName("eventReader", "events"),
  jsonLines: runtimeName("jsonLinesReader", "json-lines"),
  jsonSequence: runtimeName("jsonSequenceReader", "json-sequence"),
};

function requestRule(media: MediaType, schemas: Schemas): Code {
  const ruleOf = (encoding: PartEncoding) => encodingRule(encoding, schemas);
  const encodings = media.encoding.map(
    ({ property, origin: _origin, ...rest }) => [property, ruleOf(rest)] as const,
  );
  const { prefixEncoding, itemEncoding } = media;
  return inlineObject([
    ...mediaTypeRule(media, media.kind),
    ["encoding", encodings.length > 0 ? json(objectOf(encodings)) : undefined],
    ["prefixEncoding", prefixEncoding.length > 0 ? json(prefixEncoding.map(ruleOf)) : undefined],
    ["itemEncoding", itemEncoding && json(ruleOf(itemEncoding))],
    ["write", writer(media, schemas)],
  ]);
}

function encodingRule({ headers, ...rest }: PartEncoding, schemas: Schemas): JsonValue {
  return { ...rest, ...(headers.length > 0 && { headers: headerRules(headers, schemas) }) };
}

/** What `FormData` cannot hold is written by hand: other types than its own, parts in order, with headers, or with types but no files. */
function writer(media: MediaType, schemas: Schemas): Code | undefined {
  if (isSequence(media.kind)) return runtimeName("itemsWriter", "write-items");
  if (media.kind !== "multipart" || isRange(media.type)) return undefined;
  const isForm = /^multipart\/form-data\s*(;|$)/i.test(media.type);
  const isPlain = partHeaders(media).length === 0 && !isPositional(media) && isPlainForm(media, schemas);
  return isForm && isPlain ? undefined : runtimeName("multipartWriter", "multipart");
}

/** The headers of the responses, with the function that reads by them; undefined where none is described. */
function headersRule({ responses }: Operation, schemas: Schemas): Code | undefined {
  const described = responses.filter(({ headers }) => headers.length > 0);
  if (described.length === 0) return undefined;
  const rules = described.map(
    ({ status, headers }) => [status, json(headerRules(headers, schemas))] as const,
  );
  return inlineObject([
    ["rules", inlineObject(rules)],
    ["read", runtimeName("headersReader", "headers")],
  ]);
}
