import type { Reading } from "../../diagnostics/readings.js";
import { isArray, isObject, own, type JsonArray, type JsonValue } from "../json.js";
import { join, valueAt } from "../pointer.js";
import type { Edit } from "./repair.js";
import { isOfField, isOfOwner, isUnquoted, type Finding } from "./report.js";
import { versionOf } from "./schemas.js";
import { writtenAt } from "./written.js";

/** How a fault is read leniently, and what that changes in the document. */
export type SafeReading = { readonly reading: Reading; readonly edits: readonly Edit[] };

/** Objects that a client is not made of: whatever is wrong with them harms nobody. */
const UNUSED = new Set(["contact", "externalDocs", "a tag", "xml", "a link", "an OAuth flow", "flows"]);

/** Fields that say nothing about what a client does. */
const ANNOTATIONS = new Set([
  "title",
  "summary",
  "description",
  "termsOfService",
  "contact",
  "license",
  "externalDocs",
  "tags",
  "deprecated",
  "readOnly",
  "writeOnly",
  "examples",
  "format",
  "xml",
  "operationId",
  "jsonSchemaDialect",
  "links",
  "bearerFormat",
]);

type Rule = (finding: Finding, api: string) => SafeReading | undefined;

/**
 * The safe reading of a fault: what its author surely meant, or what harms nobody. Undefined where there is none: a parameter that
 * is sent wrongly is worse than a document that is refused.
 */
export function safeReadingOf(finding: Finding, api: string): SafeReading | undefined {
  for (const rule of RULES) {
    const found = rule(finding, api);
    if (found) return found;
  }
  return undefined;
}

const RULES: readonly Rule[] = [
  unknownField,
  missingField,
  nothing,
  scalar,
  bound,
  requiredFlag,
  typeKeyword,
  discriminator,
  notASchema,
  emptyOrTwice,
  pathParameter,
  exclusiveFields,
  basePath,
  annotation,
];

function unknownField({ fault, owner, pointer, token, document }: Finding): SafeReading | undefined {
  if (fault.keyword === "closedVocabulary")
    return token === "nullable" && fault.value === true ? nullable(document.value, pointer) : undefined;
  if (fault.keyword !== "unknown" || owner === "paths") return undefined;
  return { reading: owner === "responses" ? "left-out" : "ignored", edits: [{ pointer }] };
}

/** `nullable: true` beside a type or a reference, as OpenAPI 3.0 means it. */
function nullable(document: JsonValue, pointer: string): SafeReading | undefined {
  const at = pointer.slice(0, -"/nullable".length);
  const schema = valueAt(document, at);
  if (!isObject(schema)) return undefined;
  const { type, enum: values, $ref, anyOf } = schema;
  const types = isArray(type) ? type : type === undefined ? [] : [type];
  if (types.length > 0 && !types.includes("null")) {
    const widened = isArray(values) && !values.includes(null) ? [...values, null] : undefined;
    const edits = [{ pointer }, { pointer: join(at, "type"), value: [...types, "null"] }];
    return {
      reading: "as-3.0",
      edits: widened ? [...edits, { pointer: join(at, "enum"), value: widened }] : edits,
    };
  }
  if ($ref === undefined || anyOf !== undefined) return undefined;
  const union = [{ $ref }, { type: "null" }];
  const edits = [{ pointer }, { pointer: join(at, "$ref") }, { pointer: join(at, "anyOf"), value: union }];
  return { reading: "as-3.0", edits };
}

/** What stands in for a field that is missing, by its object. A value that is undefined leaves the document as it is. */
const DEFAULTS: { readonly [field: string]: { readonly reading: Reading; readonly value?: JsonValue } } = {
  "info version": { reading: "version-0", value: "0" },
  "a response description": { reading: "empty", value: "" },
  "an operation responses": { reading: "no-responses" },
  "a request body content": { reading: "empty", value: {} },
  "an OpenAPI document paths": { reading: "empty", value: {} },
  "a parameter required": { reading: "required", value: true },
  "a parameter schema": { reading: "any-value" },
  "a parameter type": { reading: "any-value" },
  "a parameter items": { reading: "any-value" },
  "a header schema": { reading: "any-value" },
  "a schema items": { reading: "any-value" },
  "a header type": { reading: "any-value" },
  "an items object type": { reading: "any-value" },
  "a security scheme flows": { reading: "ignored" },
  "a security scheme flow": { reading: "ignored" },
  "a security scheme scopes": { reading: "ignored" },
  "a security scheme authorizationUrl": { reading: "ignored" },
  "a security scheme tokenUrl": { reading: "ignored" },
  "a security scheme openIdConnectUrl": { reading: "ignored" },
};

function missingField(finding: Finding, api: string): SafeReading | undefined {
  const { fault, owner, pointer } = finding;
  const [field = ""] = fault.fields;
  if (fault.keyword !== "required" || !isOfOwner(finding)) return undefined;
  if (UNUSED.has(owner)) return { reading: "ignored", edits: [] };
  if (owner === "license" || owner === "a discriminator") return { reading: "ignored", edits: [{ pointer }] };
  if (owner === "info" && field === "title") return setting("api-name", join(pointer, field), api);
  if (owner === "an OpenAPI document" && field === "info")
    return setting("api-name", join(pointer, field), { title: api, version: "0" });
  const preset = Object.hasOwn(DEFAULTS, `${owner} ${field}`) ? DEFAULTS[`${owner} ${field}`]! : undefined;
  if (!preset) return undefined;
  const { reading, value } = preset;
  return value === undefined ? { reading, edits: [] } : setting(reading, join(pointer, field), value);
}

function setting(reading: Reading, pointer: string, value: JsonValue): SafeReading {
  return { reading, edits: [{ pointer, value }] };
}

/** A key without a value, which YAML reads as null. */
function nothing(finding: Finding, api: string): SafeReading | undefined {
  const { fault, owner, pointer, token } = finding;
  if (fault.keyword !== "type" || fault.value !== null || typeof fault.at?.token === "number")
    return undefined;
  if (owner === "a response" && isOfField(finding) && token === "description")
    return setting("empty", pointer, "");
  if (owner === "info" && token === "title") return setting("api-name", pointer, api);
  if (owner === "info" && token === "version") return setting("version-0", pointer, "0");
  return isOfField(finding) ? { reading: "absent", edits: [{ pointer }] } : undefined;
}

/** `version: 1.0` where a string must stand, `required: "true"` where none must. */
function scalar(finding: Finding): SafeReading | undefined {
  const { fault, pointer, token, document } = finding;
  const { keyword, value, expected } = fault;
  if (keyword !== "type" || token === "$ref") return undefined;
  if (isUnquoted(finding)) {
    const version = pointer === "/openapi" && versionOf(document.value);
    const text = version ? `${version}.0` : writtenAt(document, pointer, value as number | boolean);
    return setting("as-text", pointer, text);
  }
  if (typeof value !== "string") return undefined;
  if (expected.includes("boolean") && (value === "true" || value === "false"))
    return setting("unquoted", pointer, value === "true");
  const isNumber = expected.includes("number") || expected.includes("integer");
  return isNumber && /^-?(0|[1-9]\d*)(\.\d+)?$/.test(value)
    ? setting("unquoted", pointer, Number(value))
    : undefined;
}

/** `exclusiveMinimum` is a flag beside `minimum` in 2.0 and 3.0, and the bound itself in 3.1. */
function bound({ fault, pointer, token, document }: Finding): SafeReading | undefined {
  const limit = { exclusiveMinimum: "minimum", exclusiveMaximum: "maximum" }[token];
  if (fault.keyword !== "type" || limit === undefined) return undefined;
  if (typeof fault.value === "number") return { reading: "as-3.1", edits: [] };
  if (typeof fault.value !== "boolean") return undefined;
  const owner = pointer.slice(0, -token.length - 1);
  const value = valueAt(document.value, join(owner, limit));
  if (!fault.value || typeof value !== "number") return { reading: "as-3.0", edits: [{ pointer }] };
  return { reading: "as-3.0", edits: [{ pointer, value }, { pointer: join(owner, limit) }] };
}

/** `required: true` inside a property, as JSON Schema had it before Draft 4. */
function requiredFlag(finding: Finding): SafeReading | undefined {
  const { fault, owner, token, pointer } = finding;
  const isFlag = fault.keyword === "type" && typeof fault.value === "boolean" && token === "required";
  return isFlag && owner === "a schema" && isOfField(finding)
    ? { reading: "ignored", edits: [{ pointer }] }
    : undefined;
}

/** A `type` that is unknown, or that another version of OpenAPI knows. */
function typeKeyword(finding: Finding): SafeReading | undefined {
  const { fault, pointer, document } = finding;
  if (fault.keyword === "type" && finding.token === "type" && isOfField(finding))
    return isArray(fault.value) ? listedTypes(fault.value, pointer) : undefined;
  if (fault.keyword !== "enum" || !/\/type(\/\d+)?$/.test(pointer)) return undefined;
  if (finding.owner !== "a schema" && finding.owner !== "a parameter" && finding.owner !== "an items object")
    return undefined;
  if (finding.token !== "type") return { reading: "ignored", edits: [{ pointer }] };
  if (fault.value === "null") return { reading: "as-3.1", edits: [] };
  if (fault.value !== "file") return { reading: "any-value", edits: [{ pointer }] };
  const format = join(pointer.slice(0, -"/type".length), "format");
  const edits = [{ pointer, value: "string" }];
  return {
    reading: "file",
    edits:
      valueAt(document.value, format) === undefined
        ? [...edits, { pointer: format, value: "binary" }]
        : edits,
  };
}

/** A null that lacks its quotes is told with the list. */
function listedTypes(types: JsonArray, pointer: string): SafeReading {
  return setting(
    "as-3.1",
    pointer,
    types.map((type) => type ?? "null"),
  );
}

/** 2.0 gives the name of the property, 3.0 and later an object that holds it. */
function discriminator(finding: Finding): SafeReading | undefined {
  const { fault, pointer, token } = finding;
  if (fault.keyword !== "type" || token !== "discriminator") return undefined;
  if (isObject(fault.value) && own(fault.value, "propertyName") !== undefined)
    return { reading: "as-3.0", edits: [] };
  return typeof fault.value === "string"
    ? setting("property-name", pointer, { propertyName: fault.value })
    : undefined;
}

function notASchema(finding: Finding): SafeReading | undefined {
  const { fault, owner, pointer } = finding;
  return fault.keyword === "type" && owner === "a schema" && isOfOwner(finding)
    ? setting("any-value", pointer, {})
    : undefined;
}

/** Lists that hold nothing, or something twice; constraints that no value can be held against. */
function emptyOrTwice(finding: Finding): SafeReading | undefined {
  const { fault, owner, pointer, token } = finding;
  if (!isOfField(finding)) return undefined;
  if (fault.keyword === "uniqueItems") return { reading: "once", edits: [] };
  if (fault.keyword === "minItems" && token === "enum") return { reading: "any-value", edits: [{ pointer }] };
  const isBound = fault.keyword === "minimum" || fault.keyword === "exclusiveMinimum";
  const isNothing = fault.keyword === "minItems" || (isBound && owner === "a schema");
  return isNothing ? { reading: "ignored", edits: [{ pointer }] } : undefined;
}

/** A path parameter is required whatever its declaration says (Parameter Object, `required`). */
function pathParameter({ fault, owner, pointer, token }: Finding): SafeReading | undefined {
  const isFlag = fault.keyword === "enum" && token === "required" && owner === "a parameter";
  return isFlag ? setting("required", pointer, true) : undefined;
}

function exclusiveFields({ fault, owner, pointer }: Finding): SafeReading | undefined {
  if (fault.keyword !== "not" && fault.keyword !== "oneOf") return undefined;
  const { fields } = fault;
  if (fields.join() === "example,examples") return { reading: "both", edits: [] };
  if (owner === "license" || UNUSED.has(owner)) return { reading: "ignored", edits: [] };
  const [only] = fields;
  return fields.length === 1 && only !== undefined
    ? { reading: "ignored", edits: [{ pointer: join(pointer, only) }] }
    : undefined;
}

/** 2.0: host and `basePath` make the address (OpenAPI 2.0, Swagger Object). */
function basePath({ fault, pointer }: Finding): SafeReading | undefined {
  if (fault.keyword !== "pattern" || pointer !== "/basePath") return undefined;
  return fault.value === ""
    ? { reading: "absent", edits: [{ pointer }] }
    : setting("slash", pointer, `/${String(fault.value)}`);
}

function annotation(finding: Finding): SafeReading | undefined {
  const { owner, pointer, token, fault } = finding;
  if (UNUSED.has(owner)) return { reading: "ignored", edits: isOfOwner(finding) ? [] : [{ pointer }] };
  if (fault.keyword === "type" && isOfField(finding) && ANNOTATIONS.has(token))
    return { reading: "ignored", edits: [{ pointer }] };
  return owner === "license" || owner === "an example"
    ? { reading: "ignored", edits: [{ pointer }] }
    : undefined;
}
