import type { Staged } from "../diagnostics/problem.js";
import { DEFAULT_LIMITS, type Limits } from "../source/limits.js";
import type { SourceDocument, SourceId } from "../source/source.js";
import { readSchema } from "./json-schema.js";
import type { ApiModel, Info, SecurityScheme, Server } from "./model.js";
import { readOperations } from "./operations.js";
import { sortedBy } from "./order.js";
import { Reader, type ObjectNode } from "./reader.js";
import { SchemaTable } from "./schema-table.js";
import { cutCircles, reportLimits } from "./same-value.js";

/**
 * Documents → model (OpenAPI 3.1.1, OpenAPI Object).
 *
 * @param documents every document of the API by its id; @param entry the one that holds the OpenAPI Object.
 * @returns the model, undefined where the entry is no OpenAPI document at all, beside everything that is wrong with it.
 */
export function buildModel(
  documents: ReadonlyMap<SourceId, SourceDocument>,
  entry: SourceId,
  limits: Limits = DEFAULT_LIMITS,
): Staged<ApiModel | undefined> {
  const reader = new Reader(documents, limits);
  const root = { value: documents.get(entry)!.value, origin: { source: entry, pointer: "" } };
  const document = reader.expect(root, "object", "an OpenAPI document");
  const value = document && isSupported(reader, document) ? readDocument(reader, document) : undefined;
  return { value, problems: reader.problems };
}

function isSupported(reader: Reader, document: ObjectNode): boolean {
  if (Object.hasOwn(document.value, "swagger")) {
    const found = JSON.stringify(document.value["swagger"]);
    reader.report("version-unsupported", { found }, { source: document.origin.source, pointer: "/swagger" });
    return false;
  }
  const version = reader.required(document, "openapi", "string", "an OpenAPI document");
  if (version && !/^3\.[0-2]\.\d+/.test(version.value)) {
    reader.report("version-unsupported", { found: version.value }, version.origin);
    return false;
  }
  return version !== undefined;
}

function readDocument(reader: Reader, document: ObjectNode): ApiModel {
  const table = new SchemaTable(reader);
  const components = reader.member(document, "components", "object");
  for (const [name, node] of components ? reader.entries(components, "schemas") : [])
    table.name(node, [name]);
  const securitySchemes = components ? readSecuritySchemes(reader, components) : [];
  const schemes = new Set(securitySchemes.map(({ name }) => name));
  const operations = readOperations(reader, table, { document, schemes });
  const read = table.readAll((node, schemas) => readSchema(reader, node, schemas));
  const model = {
    info: readInfo(reader, document),
    servers: readServers(reader, document),
    operations,
    securitySchemes,
    schemas: cutCircles(reader, read),
  };
  reportLimits(reader, model);
  return model;
}

function readInfo(reader: Reader, document: ObjectNode): Info {
  const info = reader.required(document, "info", "object", "an OpenAPI document");
  const bare = { origin: info?.origin ?? document.origin, title: "API", version: "0" };
  if (!info) return bare;
  const summary = reader.member(info, "summary", "string")?.value;
  const description = reader.member(info, "description", "string")?.value;
  const license = readLicense(reader, info);
  return {
    origin: info.origin,
    title: reader.required(info, "title", "string", "info")?.value ?? bare.title,
    version: reader.required(info, "version", "string", "info")?.value ?? bare.version,
    ...(summary !== undefined && { summary }),
    ...(description !== undefined && { description }),
    ...(license && { license }),
  };
}

function readLicense(reader: Reader, info: ObjectNode): Info["license"] {
  const license = reader.member(info, "license", "object");
  const name = license && reader.required(license, "name", "string", "license");
  const identifier = license && reader.member(license, "identifier", "string");
  return name && { name: name.value, ...(identifier && { identifier: identifier.value }) };
}

/** Server Objects with their variables at the defaults (OpenAPI 3.1.1, Server Variable Object). */
function readServers(reader: Reader, document: ObjectNode): Server[] {
  return reader.items(document, "servers").flatMap((item) => {
    const server = reader.expect(item, "object", "a server");
    const url = server && reader.required(server, "url", "string", "a server");
    if (!server || !url) return [];
    const description = reader.member(server, "description", "string")?.value;
    const defaults = new Map(readDefaults(reader, server));
    const filled = url.value.replace(/\{([^{}]*)\}/g, (whole, name: string) => defaults.get(name) ?? whole);
    return [{ url: filled, ...(description !== undefined && { description }) }];
  });
}

function readDefaults(reader: Reader, server: ObjectNode): (readonly [string, string])[] {
  return reader.entries(server, "variables").flatMap(([name, node]) => {
    const variable = reader.expect(node, "object", "a server variable");
    const preset = variable && reader.required(variable, "default", "string", "a server variable");
    return preset ? [[name, preset.value] as const] : [];
  });
}

/** Security Scheme Objects by name. */
function readSecuritySchemes(reader: Reader, components: ObjectNode): SecurityScheme[] {
  const schemes = reader.entries(components, "securitySchemes").flatMap(([name, node]): SecurityScheme[] => {
    const object = reader.deref(node, "a security scheme");
    if (!object) return [];
    const description = reader.member(object, "description", "string")?.value;
    return [{ name, ...(description !== undefined && { description }), ...readScheme(reader, object) }];
  });
  return sortedBy(schemes, ({ name }) => name);
}

type SchemeKind =
  | { kind: "bearer" | "basic" | "unsupported" }
  | { kind: "apiKey"; in: "header" | "query" | "cookie"; parameter: string };

function readScheme(reader: Reader, node: ObjectNode): SchemeKind {
  const owner = "a security scheme";
  if (!Object.hasOwn(node.value, "type")) reader.required(node, "type", "string", owner);
  switch (reader.oneOf(node, "type", ["apiKey", "http", "mutualTLS", "oauth2", "openIdConnect"])) {
    case "http":
      return { kind: httpKind(reader.required(node, "scheme", "string", owner)?.value) };
    case "oauth2":
    case "openIdConnect":
      return { kind: "bearer" };
    case "apiKey": {
      const parameter = reader.required(node, "name", "string", owner)?.value;
      const place = reader.oneOf(node, "in", ["header", "query", "cookie"]);
      return parameter === undefined || !place
        ? { kind: "unsupported" }
        : { kind: "apiKey", in: place, parameter };
    }
    default:
      return { kind: "unsupported" };
  }
}

/** Schemes are compared without case (RFC 9110, section 11.1). */
function httpKind(scheme: string | undefined): "bearer" | "basic" | "unsupported" {
  const lower = scheme?.toLowerCase();
  return lower === "bearer" || lower === "basic" ? lower : "unsupported";
}
