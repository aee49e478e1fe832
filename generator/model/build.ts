import type { Staged } from "../diagnostics/problem.js";
import { DEFAULT_LIMITS, type Limits } from "../source/limits.js";
import type { SourceId } from "../source/source.js";
import type { Upgraded } from "../source/upgrade.js";
import { breakRings } from "./break-rings.js";
import { splitByDirection } from "./direction.js";
import { readSchema } from "./json-schema.js";
import { isFieldCarried } from "./field-name.js";
import { headerShape, partHeaders } from "./header-shape.js";
import type { ApiModel, Info, Operation, SecurityScheme } from "./model.js";
import { readOperations, readReceived } from "./operations.js";
import { sortedBy } from "./order.js";
import { listChildren } from "./list-children.js";
import { Reader, type ObjectNode } from "./reader.js";
import { checkRules } from "./rules/rules.js";
import { SchemaTable } from "./schema-table.js";
import { cutCircles, reportLimits } from "./same-value.js";
import { readServers } from "./servers.js";
import { settleDiscriminators } from "./settle-discriminators.js";
import { checkStyles } from "./styles.js";

/**
 * Documents → model (OpenAPI 3.1.1, OpenAPI Object).
 *
 * @param entry the id of the document that holds the OpenAPI Object.
 * @param parents what a parent with a discriminator is: the union of what builds on it, as packages have it, or as open as it stands.
 * @returns the model, undefined where the entry is no OpenAPI document at all, beside everything that is wrong with it.
 */
export function buildModel(
  { documents, references }: Upgraded,
  entry: SourceId,
  limits: Limits = DEFAULT_LIMITS,
  parents: "listed" | "open" = "listed",
): Staged<ApiModel | undefined> {
  const reader = new Reader(references, limits);
  const root = { value: documents.get(entry)!.value, origin: { source: entry, pointer: "" } };
  const document = reader.expect(root, "object", "an OpenAPI document");
  if (!document || !isSupported(reader, document)) return { value: undefined, problems: reader.problems };
  const table = new SchemaTable(reader, documents, entry);
  const silent = () => new Reader(references, limits);
  const model = readDocument(reader, table, { document, silent, parents });
  return { value: splitByDirection(model), problems: reader.problems };
}

/**
 * What the client receives, as a model of its own: the operations of webhooks and callbacks, and the schemas that they use.
 *
 * @returns undefined where the document has none. What is wrong with them is what {@link buildModel} and the validation say.
 */
export function buildReceived(
  { documents, references }: Upgraded,
  entry: SourceId,
  limits: Limits = DEFAULT_LIMITS,
): ApiModel | undefined {
  const reader = new Reader(references, limits);
  const root = { value: documents.get(entry)!.value, origin: { source: entry, pointer: "" } };
  const document = reader.expect(root, "object", "an OpenAPI document");
  if (!document) return undefined;
  const table = new SchemaTable(reader, documents, entry);
  const components = reader.member(document, "components", "object");
  const securitySchemes = components ? readSecuritySchemes(reader, components) : [];
  const schemes = new Set(securitySchemes.map(({ name }) => name));
  const operations = readReceived(reader, table, { document, schemes });
  if (operations.length === 0) return undefined;
  const read = table.readAll((node, open) => readSchema(reader, node, open));
  const { schemas, settle } = settleDiscriminators(reader, cutCircles(reader, breakRings(reader, read)));
  return splitByDirection({
    info: readInfo(reader, document),
    servers: [],
    operations: operations.map((operation) => ({
      ...operation,
      parameters: operation.parameters.map((each) => ({ ...each, schema: settle(each.schema) })),
    })),
    securitySchemes,
    schemas,
  });
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

/** @param silent gives readers whose problems nobody is told. */
function readDocument(
  reader: Reader,
  table: SchemaTable,
  { document, silent, parents }: { document: ObjectNode; silent: () => Reader; parents: "listed" | "open" },
): ApiModel {
  checkRules(reader, document);
  const components = reader.member(document, "components", "object");
  const named = sortedBy(components ? reader.entries(components, "schemas") : [], ([name]) => name);
  for (const [name, node] of named) table.nameComponent(node, name);
  const securitySchemes = components ? readSecuritySchemes(reader, components) : [];
  const schemes = new Set(securitySchemes.map(({ name }) => name));
  const operations = readOperations(reader, table, { document, schemes });
  // Whoever receives the payloads of webhooks and callbacks wants their types; no call of the client has a part in them.
  readReceived(silent(), table, { document, schemes });
  const read = table.readAll((node, open) => readSchema(reader, node, open));
  const settled = settleDiscriminators(reader, cutCircles(reader, breakRings(reader, read)));
  const schemas = parents === "listed" ? listChildren(settled.schemas) : settled.schemas;
  checkHeaders(reader, operations, schemas);
  checkStyles(reader, operations, schemas);
  const model: ApiModel = {
    info: readInfo(reader, document),
    servers: readServers(reader, document),
    operations: operations.map((operation) => ({
      ...operation,
      parameters: operation.parameters.map((each) => ({ ...each, schema: settled.settle(each.schema) })),
    })),
    securitySchemes,
    schemas,
  };
  reportLimits(reader, model);
  return model;
}

/** What a header's text cannot carry in the style `simple` is left to the reader as text. */
function checkHeaders(reader: Reader, operations: readonly Operation[], schemas: ApiModel["schemas"]): void {
  const headers = operations.flatMap(({ body, responses }) => [
    ...responses.flatMap((response) => response.headers),
    ...(body?.content ?? []).flatMap(partHeaders),
  ]);
  const seen = new Set<string>();
  for (const header of headers.filter((each) => !headerShape(each, schemas))) {
    if (seen.has(header.origin.pointer)) continue;
    seen.add(header.origin.pointer);
    const parameters = { keyword: `the schema of header ${header.name}`, effect: "its value is a string" };
    reader.report("keyword-unsupported", parameters, header.origin);
  }
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

/** Security Scheme Objects by name. */
function readSecuritySchemes(reader: Reader, components: ObjectNode): SecurityScheme[] {
  const schemes = reader.entries(components, "securitySchemes").flatMap(([name, node]): SecurityScheme[] => {
    const object = reader.deref(node, "a security scheme");
    if (!object) return [];
    const description = reader.member(object, "description", "string")?.value;
    const common = { origin: object.origin, name, definition: object.value };
    return [{ ...common, ...(description !== undefined && { description }), ...readScheme(reader, object) }];
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
      return { kind: readHttpKind(reader, node) };
    case "oauth2":
    case "openIdConnect":
      return { kind: "bearer" };
    case "apiKey": {
      const parameter = reader.required(node, "name", "string", owner)?.value;
      const place = reader.oneOf(node, "in", ["header", "query", "cookie"]);
      return parameter === undefined || !place || !isFieldCarried(reader, node)
        ? { kind: "unsupported" }
        : { kind: "apiKey", in: place, parameter };
    }
    default:
      return { kind: "unsupported" };
  }
}

/** Schemes are compared without case (RFC 9110, section 11.1). */
function readHttpKind(reader: Reader, node: ObjectNode): "bearer" | "basic" | "unsupported" {
  const scheme = reader.required(node, "scheme", "string", "a security scheme");
  const lower = scheme?.value.toLowerCase();
  if (lower === "bearer" || lower === "basic") return lower;
  if (scheme) {
    const effect = "no credentials of it are sent, unless `headers` or a middleware brings them";
    reader.report("keyword-unsupported", { keyword: `scheme ${scheme.value}`, effect }, scheme.origin);
  }
  return "unsupported";
}
