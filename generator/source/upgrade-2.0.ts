import { bodyParameters, isBody, isInBody, METHODS, parametersOf, type ParameterLists } from "./body-2.0.js";
import { mapFields, type Kind } from "./grammar.js";
import { isArray, isObject, mapMembers, objectOf, own, type JsonObject, type JsonValue } from "./json.js";
import { operationAt } from "./places-2.0.js";
import type { JsonPointer } from "./pointer.js";
import { bodyTypes, FORM, listedTypes, MULTIPART, responseTypes } from "./media-types-2.0.js";

/**
 * A document of OpenAPI 2.0 (Swagger) as 3.0 says it. What 2.0 keeps at the top stands under `components` in 3.0; body and form
 * parameters are a request body there, and what a parameter says of its value is its schema.
 */
export function upgradeFrom20(document: JsonObject, around: Surroundings): JsonObject {
  return new Upgrader(document, around).upgrade();
}

/**
 * A part of a document of 2.0 that stands in a file of its own, as 3.0 says it.
 *
 * @param document the whole one that refers to it: its `consumes` and `produces` hold for the part.
 */
export function upgradePartFrom20(
  part: JsonValue,
  kind: Kind,
  { document, ...around }: Surroundings & { readonly document: JsonObject },
): JsonValue {
  return new Upgrader(document, around).part(part, kind);
}

/** What a parameter or a response of 2.0 says, be it a reference. */
export function dereferenced(value: JsonValue, around: Surroundings): JsonValue {
  const ref = isObject(value) ? own(value, "$ref") : undefined;
  return (typeof ref === "string" ? around.target(ref)?.value : undefined) ?? value;
}

/** What an upgrade has to know of other places. */
export type Surroundings = {
  /** What a reference names in the end, as its author wrote it, and where that stands if it is in the same document. */
  target(ref: string): { readonly value: JsonValue; readonly here?: JsonPointer | undefined } | undefined;
  /** The reference to the same in the upgrade: what stands in a whole document of 2.0 moves. */
  moved(ref: string): string;
};

/** The fields of the document itself (OpenAPI 2.0, Swagger Object). */
const FIELDS = new Set([
  "swagger",
  "info",
  "host",
  "basePath",
  "schemes",
  "consumes",
  "produces",
  "paths",
  "definitions",
  "parameters",
  "responses",
  "securityDefinitions",
  "security",
  "tags",
  "externalDocs",
]);
/** What a request can be sent by, the safe one first; sockets come after them. */
const REQUEST_SCHEMES = ["https", "http"];

/** The keywords of a parameter, header or items object that become its schema. */
const SCHEMA_KEYWORDS = new Set([
  "type",
  "format",
  "items",
  "default",
  "maximum",
  "exclusiveMaximum",
  "minimum",
  "exclusiveMinimum",
  "maxLength",
  "minLength",
  "pattern",
  "maxItems",
  "minItems",
  "uniqueItems",
  "enum",
  "multipleOf",
  "x-nullable",
]);

class Upgrader {
  private readonly document: JsonObject;
  private readonly around: Surroundings;

  constructor(document: JsonObject, around: Surroundings) {
    this.document = document;
    this.around = around;
  }

  part(part: JsonValue, kind: Kind): JsonValue {
    switch (kind) {
      case "pathItem":
        return this.pathItem(part);
      case "parameter":
        return isBody(part) ? this.bodyOf(part, this.types("consumes")) : this.parameter(part);
      case "response":
        return this.response(part, this.types("produces"));
      case "schema":
        return this.schema(part);
      default:
        return part;
    }
  }

  upgrade(): JsonObject {
    const { info, paths, tags, security, externalDocs } = this.document;
    // What is no field of 2.0 may still be what a reference names.
    const others = Object.entries(this.document).filter(([name]) => !FIELDS.has(name));
    return compact({
      ...objectOf(others),
      openapi: "3.0.4",
      info,
      servers: this.servers(this.document["schemes"]),
      tags,
      security,
      externalDocs,
      paths: isObject(paths) ? mapValues(paths, (item) => this.pathItem(item)) : paths,
      components: this.components(),
    });
  }

  private servers(schemes: JsonValue | undefined): JsonValue | undefined {
    const { host, basePath = "" } = this.document;
    if (typeof host !== "string") return basePath === "" ? undefined : [{ url: String(basePath) }];
    const listed = isArray(schemes) && schemes.length > 0 ? schemes : ["https"];
    const known = REQUEST_SCHEMES.filter((scheme) => listed.includes(scheme));
    const preferred = new Set<JsonValue>([...known, ...listed]);
    return [...preferred].map((scheme) => ({ url: `${String(scheme)}://${host}${String(basePath)}` }));
  }

  /** The `schemes` of an operation replace the document's. One that has the scheme of the document's first server stays with it. */
  private serversOf(schemes: JsonValue | undefined): JsonValue | undefined {
    const servers = isArray(schemes) && schemes.length > 0 ? this.servers(schemes) : undefined;
    const [first] = toList(this.servers(this.document["schemes"]));
    const isSame = toList(servers).some((server) => JSON.stringify(server) === JSON.stringify(first));
    return isSame ? undefined : servers;
  }

  private components(): JsonObject {
    const parameters = Object.entries(section(this.document, "parameters"));
    const bodies = parameters.filter(([, parameter]) => isBody(this.read(parameter)));
    const others = parameters.filter(([, parameter]) => !isInBody(this.read(parameter)));
    return {
      schemas: mapValues(section(this.document, "definitions"), (schema) => this.schema(schema)),
      parameters: objectOf(others.map(([name, parameter]) => [name, this.parameter(parameter)] as const)),
      requestBodies: objectOf(
        bodies.map(([name, body]) => [name, this.bodyOf(body, this.types("consumes"))] as const),
      ),
      responses: mapValues(section(this.document, "responses"), (response) =>
        this.response(response, this.types("produces")),
      ),
      securitySchemes: mapValues(section(this.document, "securityDefinitions"), upgradeSecurityScheme),
    };
  }

  private pathItem(item: JsonValue): JsonValue {
    if (!isObject(item)) return item;
    const shared = parametersOf(item);
    return mapMembers(item, (key, value) => {
      if (key === "parameters") return this.parametersBeside(shared);
      return METHODS.has(key) && isObject(value) ? this.operation(value, shared) : value;
    });
  }

  /** The parameters that are no part of the request body. */
  private parametersBeside(parameters: readonly JsonValue[]): JsonValue[] {
    const others = parameters.filter((each) => !isInBody(this.read(each)));
    return others.map((each) => this.parameter(each));
  }

  private operation(operation: JsonObject, shared: readonly JsonValue[]): JsonObject {
    const listed = parametersOf(operation);
    const consumes = this.types("consumes", operation);
    const produces = this.types("produces", operation);
    const {
      parameters: _parameters,
      consumes: _consumes,
      produces: _produces,
      schemes,
      responses,
      ...rest
    } = operation;
    return compact({
      ...rest,
      parameters: listed.length > 0 ? this.parametersBeside(listed) : undefined,
      servers: this.serversOf(schemes),
      requestBody: this.requestBody({ own: listed, shared }, consumes),
      responses: isObject(responses)
        ? mapValues(responses, (response) => this.responseOf(response, produces))
        : responses,
    });
  }

  private types(key: "consumes" | "produces", operation?: JsonObject): string[] {
    return listedTypes(this.document, key, operation);
  }

  private read(parameter: JsonValue): JsonValue {
    return dereferenced(parameter, this.around);
  }

  /** What stands in another file refers to places from there: it cannot be written here. */
  private isHere(ref: string): boolean {
    return this.around.target(ref)?.here !== undefined;
  }

  private requestBody(lists: ParameterLists<JsonValue>, consumes: readonly string[]): JsonValue | undefined {
    const parts = bodyParameters(lists, (parameter) => this.read(parameter));
    const [first, ...others] = parts.map((part) => this.read(part)).filter(isObject);
    if (first === undefined) return undefined;
    if (!isBody(first)) return this.formOf([first, ...others], consumes);
    const ref = refOf(parts[0]);
    return ref === undefined || this.isHere(ref)
      ? this.bodyOf(first, consumes)
      : { $ref: this.around.moved(ref) };
  }

  private bodyOf(body: JsonValue, consumes: readonly string[]): JsonValue {
    if (!isObject(body)) return body;
    if (Object.hasOwn(body, "$ref")) return this.reference(body);
    const { schema = {}, description, required } = body;
    const content = contentOf(bodyTypes(consumes), this.schema(schema));
    return compact({ description, required, content });
  }

  /** Form parameters are the properties of one object (OpenAPI 3.0.4, Media Type Object). */
  private formOf(parameters: readonly JsonObject[], consumes: readonly string[]): JsonObject {
    const hasFile = parameters.some(({ type }) => type === "file");
    const preferred = consumes.find((type) => type === FORM || type === MULTIPART);
    const type = hasFile || preferred === MULTIPART ? MULTIPART : FORM;
    const required = parameters.filter(({ required: flag }) => flag === true).map(({ name }) => String(name));
    const properties = parameters.map((parameter) => {
      const { description } = parameter;
      return [String(parameter["name"]), compact({ ...this.valueSchema(parameter), description })] as const;
    });
    const schema = {
      type: "object",
      ...(required.length > 0 && { required }),
      properties: objectOf(properties),
    };
    const encoding = parameters.flatMap((parameter) => {
      const style = formStyleOf(parameter);
      return style ? [[String(parameter["name"]), style] as const] : [];
    });
    const media = { schema, ...(encoding.length > 0 && { encoding: objectOf(encoding) }) };
    return { required: required.length > 0, content: { [type]: media } };
  }

  private parameter(parameter: JsonValue): JsonValue {
    if (!isObject(parameter)) return parameter;
    if (Object.hasOwn(parameter, "$ref")) return this.reference(parameter);
    const kept = Object.entries(parameter).filter(
      ([key]) => !SCHEMA_KEYWORDS.has(key) && key !== "collectionFormat",
    );
    return compact({
      ...objectOf(kept),
      ...styleOf(parameter),
      schema: this.valueSchema(parameter),
    });
  }

  /** What the keywords of a parameter, a header or an items object say of its value. */
  private valueSchema(owner: JsonObject): JsonObject {
    const { items, ...rest } = objectOf(Object.entries(owner).filter(([key]) => SCHEMA_KEYWORDS.has(key)));
    const schema = isObject(items) ? { ...rest, items: this.valueSchema(items) } : rest;
    return this.keywords(schema);
  }

  /**
   * A response of an operation. One that is shared has the media types of where it stands: it is written out where the operation has
   * others.
   */
  private responseOf(response: JsonValue, produces: readonly string[]): JsonValue {
    const ref = refOf(response);
    const shared = ref === undefined ? undefined : this.around.target(ref);
    if (shared?.here === undefined) return this.response(response, produces);
    const itsOwn = this.types("produces", operationAt(this.document, shared.here));
    return this.response(isOfSameTypes(shared.value, produces, itsOwn) ? response : shared.value, produces);
  }

  private response(response: JsonValue, produces: readonly string[]): JsonValue {
    if (!isObject(response)) return response;
    if (Object.hasOwn(response, "$ref")) return this.reference(response);
    const { schema, headers, examples, ...rest } = response;
    const types = responseTypes(schema, produces);
    const content =
      schema === undefined
        ? undefined
        : contentOf(types, this.schema(schema), isObject(examples) ? examples : {});
    const upgraded = isObject(headers) ? mapValues(headers, (header) => this.header(header)) : headers;
    return compact({ ...rest, headers: upgraded, content });
  }

  private header(header: JsonValue): JsonValue {
    if (!isObject(header)) return header;
    const { description } = header;
    return compact({ description, ...styleOf(header), schema: this.valueSchema(header) });
  }

  /** Schemas differ by their references, the discriminator, `x-nullable` and the type `file`. */
  private schema(schema: JsonValue): JsonValue {
    if (!isObject(schema)) return schema;
    return this.keywords(mapFields(schema, "schema", (child) => this.schema(child.value)));
  }

  private keywords(schema: JsonObject): JsonObject {
    const { "x-nullable": nullable, discriminator, $ref, type, format, ...rest } = schema;
    return compact({
      ...($ref !== undefined && { $ref: typeof $ref === "string" ? this.around.moved($ref) : $ref }),
      type: type === "file" ? "string" : type,
      format: type === "file" ? "binary" : format,
      ...rest,
      discriminator: typeof discriminator === "string" ? { propertyName: discriminator } : discriminator,
      nullable: nullable === true ? true : undefined,
    });
  }

  private reference(object: JsonObject): JsonObject {
    return { ...object, $ref: this.around.moved(String(object["$ref"])) };
  }
}

function refOf(value: JsonValue | undefined): string | undefined {
  const ref = isObject(value) ? own(value, "$ref") : undefined;
  return typeof ref === "string" ? ref : undefined;
}

/**
 * `collectionFormat` (2.0, Parameter and Header Object) as `style` and `explode`. What no style says stays as it is: whoever reads the
 * parameter reports it.
 */
function styleOf(owner: JsonObject): JsonObject {
  const { type, collectionFormat = "csv" } = owner;
  if (type !== "array") return {};
  const style = own(owner, "in") === "query" ? queryStyle(collectionFormat) : undefined;
  return { ...style, ...(!style && collectionFormat !== "csv" && { collectionFormat }) };
}

function queryStyle(collectionFormat: JsonValue): JsonObject {
  switch (collectionFormat) {
    case "csv":
      return { style: "form", explode: false };
    case "multi":
      return { style: "form", explode: true };
    case "ssv":
      return { style: "spaceDelimited", explode: false };
    case "pipes":
      return { style: "pipeDelimited", explode: false };
    default:
      return { style: "form", explode: false, collectionFormat };
  }
}

/** The encoding of a form's field; undefined where it needs none: a list of 3.x is written an item a field, as `multi` says. */
function formStyleOf({ type, collectionFormat = "csv" }: JsonObject): JsonObject | undefined {
  return type === "array" && collectionFormat !== "multi" ? queryStyle(collectionFormat) : undefined;
}

/** True where a response has the same media types, whichever of the lists holds. */
function isOfSameTypes(response: JsonValue, one: readonly string[], other: readonly string[]): boolean {
  const schema = isObject(response) ? own(response, "schema") : undefined;
  if (schema === undefined) return true;
  return JSON.stringify(responseTypes(schema, one)) === JSON.stringify(responseTypes(schema, other));
}

/** One media type object for each type. */
function contentOf(types: readonly string[], schema: JsonValue, examples: JsonObject = {}): JsonObject {
  return objectOf(
    types.map((type) => {
      const example = own(examples, type);
      return [type, { schema, ...(example !== undefined && { example }) }] as const;
    }),
  );
}

function upgradeSecurityScheme(scheme: JsonValue): JsonValue {
  if (!isObject(scheme)) return scheme;
  const { type, flow, authorizationUrl, tokenUrl, scopes = {}, description } = scheme;
  if (type === "basic") return compact({ type: "http", scheme: "basic", description });
  if (type !== "oauth2") return scheme;
  const name =
    { accessCode: "authorizationCode", application: "clientCredentials" }[String(flow)] ?? String(flow);
  return compact({ type, description, flows: { [name]: compact({ authorizationUrl, tokenUrl, scopes }) } });
}

function toList(value: JsonValue | undefined): readonly JsonValue[] {
  return isArray(value) ? value : [];
}

function section(document: JsonObject, name: string): JsonObject {
  const value = own(document, name);
  return isObject(value) ? value : {};
}

function mapValues(object: JsonObject, change: (value: JsonValue) => JsonValue): JsonObject {
  return mapMembers(object, (_key, value) => change(value));
}

/** Without the members that are undefined. */
function compact(object: { readonly [key: string]: JsonValue | undefined }): JsonObject {
  return objectOf(
    Object.entries(object).flatMap(([key, value]) => (value === undefined ? [] : [[key, value] as const])),
  );
}
