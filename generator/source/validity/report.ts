import { problem, type Problem } from "../../diagnostics/problem.js";
import { ruleOf, TOKEN } from "../../diagnostics/value-rules.js";
import { describe, TYPE_NAMES } from "../describe.js";
import { isArray, isObject, own, type JsonObject, type JsonValue } from "../json.js";
import { join, tokensOf, valueAt, type JsonPointer } from "../pointer.js";
import type { SourceDocument } from "../source.js";
import { pointerOf, type Fault } from "./fault.js";
import { elsewhere } from "./elsewhere.js";
import { meantBy } from "./misspelt.js";
import { phraseOf } from "./owners.js";
import { versionOf } from "./schemas.js";
import { isCommented, writtenAt } from "./written.js";
import type { Reading } from "../../diagnostics/readings.js";

/** A fault, and the document that it is of. */
export type Finding = {
  readonly fault: Fault;
  readonly document: SourceDocument;
  readonly pointer: JsonPointer;
  /** What people call the object that the fault is of. */
  readonly owner: string;
  /** The last token of the pointer. */
  readonly token: string;
};

export function findingOf(fault: Fault, document: SourceDocument): Finding {
  const token = String(fault.at?.token ?? "");
  return { fault, document, pointer: pointerOf(fault.at), owner: phraseOf(fault.owner), token };
}

/** True where the fault is of the object itself, not of a member of it. */
export function isOfOwner({ fault }: Finding): boolean {
  return fault.at === fault.ownerAt;
}

/** True where the fault is of a field of the object. */
export function isOfField({ fault }: Finding): boolean {
  return fault.at !== undefined && fault.at.parent === fault.ownerAt;
}

/** The name of what is wrong: the object, its field, or an item of a list. */
function nameOf(finding: Finding): string {
  const { fault, owner, token } = finding;
  if (isOfOwner(finding)) return owner;
  return typeof fault.at?.token === "number" ? `an item of ${String(fault.at.parent?.token ?? "")}` : token;
}

/** A fault as its author reads it; undefined where the model says the same better. */
export function report(finding: Finding, reading: Reading | undefined): Problem | undefined {
  const { fault, document, pointer, owner, token } = finding;
  if (isFieldName(finding)) return undefined;
  const at = { source: document.id, pointer };
  const where = { origin: at, reading };
  const key = { ...where, place: "key" } as const;
  switch (fault.keyword) {
    case "type":
      return wrongType(finding, where);
    case "enum":
      return wrongChoice(finding, where);
    case "required":
      return missing(finding, key);
    case "unknown":
      return unknown(finding, key);
    case "closedVocabulary":
      return token === "nullable"
        ? problem("keyword-nullable", {}, key)
        : problem("keyword-unknown", { keyword: token, near: meantBy(fault) }, key);
    case "not":
    case "oneOf":
      return exclusive(finding, key);
    case "format":
      return token === "$ref" ? undefined : wrongFormat(finding, where);
    case "name:format":
      // The model says it of every version.
      return undefined;
    case "name:not":
    case "name:pattern":
      return wrongName(finding, key);
    case "uniqueItems":
      return isToldByName(finding) ? undefined : wrongValue(finding, where);
    case "minProperties":
      // The model warns of responses that are empty.
      return owner === "responses" ? undefined : wrongValue(finding, where);
    case "false":
      return problem("unknown-field", { name: token, owner, near: undefined }, key);
    default:
      return wrongValue(finding, where);
  }
}

/** The names of headers and cookies, of which the model says the same for every version; the other tokens are methods. */
function isFieldName({ fault: { expected, at } }: Finding): boolean {
  return expected[0] === TOKEN && at?.parent?.token !== "additionalOperations";
}

/** Of what has a name the model says it, at the second; but not of the parameters of 2.0 that make a body. */
function isToldByName({ fault: { value }, owner, token }: Finding): boolean {
  if (token === "tags") return owner === "an OpenAPI document";
  return token === "parameters" && isArray(value) && !value.some(isOfBody);
}

function isOfBody(item: JsonValue): boolean {
  return isObject(item) && /^(?:body|formData)$/.test(String(own(item, "in")));
}

type Where = Parameters<typeof problem>[2];

function wrongType(finding: Finding, where: Where): Problem {
  const { fault, document, pointer } = finding;
  const [name, expected] = [nameOf(finding), typesOf(fault.expected)];
  if (!isUnquoted(finding))
    return problem(
      "wrong-type",
      { name, expected, found: describe(fault.value), remedy: remedyOf(finding) },
      where,
    );
  const found = writtenAt(document, pointer, fault.value as number | boolean);
  const version = pointer === "/openapi" && versionOf(document.value);
  const remedy = version ? `put a whole version in quotes, as "${version}.0"` : "put it in quotes";
  return problem("wrong-type", { name, expected, found, remedy }, where);
}

/** What to do about a value of another type, where that is plain. */
function remedyOf(finding: Finding): string | undefined {
  const { fault, document, pointer, owner, token } = finding;
  const { value, expected } = fault;
  if (owner === "a schema" && token === "required" && typeof value === "boolean")
    return "name it in the required list of the object that holds it";
  if (token === "exclusiveMinimum" || token === "exclusiveMaximum") return boundRemedy(finding);
  const is30 = versionOf(document.value) === "3.0";
  if (owner === "a schema" && token === "type" && is30) return nullRemedy(value);
  if (typeof value === "string" && isOfOther(value, expected)) return "write it without quotes";
  // In YAML, what begins with # is no value.
  return value === null && isCommented(document, pointer)
    ? "put it in quotes, for # begins a comment"
    : undefined;
}

/** What OpenAPI 3.0 has in the place of a type that is null, or may be. */
function nullRemedy(value: JsonValue): string | undefined {
  if (value === null) return "OpenAPI 3.0 has nullable: true beside another type";
  if (!isArray(value) || !value.some(isNull)) return undefined;
  const [type, ...others] = value.filter((each) => !isNull(each));
  const isOne = typeof type === "string" && others.length === 0;
  return isOne ? `OpenAPI 3.0 has nullable: true beside type: ${type}` : undefined;
}

/** The type, be it without its quotes. */
function isNull(type: JsonValue): boolean {
  return type === null || type === "null";
}

/** True for a number or a flag where a text is wanted: nobody means a file that is called 3. */
export function isUnquoted({ fault: { keyword, value, expected }, token }: Finding): boolean {
  const isBare = typeof value === "number" || typeof value === "boolean";
  return keyword === "type" && isBare && expected.includes("string") && token !== "$ref";
}

/** The bound beside which another version has a flag, or the flag that another version has as the bound. */
function boundRemedy({ fault: { value }, token }: Finding): string | undefined {
  const limit = token === "exclusiveMinimum" ? "minimum" : "maximum";
  if (typeof value === "boolean")
    return `from OpenAPI 3.1 on it is the bound itself, in the place of ${limit}`;
  return typeof value === "number" ? `in OpenAPI 3.0 it is true beside ${limit}` : undefined;
}

/** True for the text of a number or a flag where one of those must stand. */
function isOfOther(text: string, expected: readonly JsonValue[]): boolean {
  if (expected.includes("boolean") && /^(?:true|false)$/.test(text)) return true;
  return (expected.includes("number") || expected.includes("integer")) && /^-?\d+(?:\.\d+)?$/.test(text);
}

function wrongValue(finding: Finding, where: Where): Problem {
  const { fault, pointer } = finding;
  if (pointer === "/host" && fault.keyword === "pattern") {
    const rule = "be a host and its port at most, without a scheme and a path";
    return problem("wrong-value", { name: "host", rule }, where);
  }
  return problem(
    "wrong-value",
    { name: nameOf(finding), rule: ruleOf(fault.keyword, fault.expected[0], describe(fault.value)) },
    where,
  );
}

function wrongFormat(finding: Finding, where: Where): Problem {
  const { value, expected } = finding.fault;
  const name = nameOf(finding);
  return problem("format-wrong", { name, found: String(value), expected: String(expected[0]) }, where);
}

/** A key that the map does not allow. */
function wrongName({ fault, token, owner }: Finding, key: Where): Problem {
  if (owner === "components") return problem("component-name", { name: token }, key);
  const rule = ruleOf(fault.keyword.slice("name:".length), fault.expected[0], JSON.stringify(token));
  return problem("wrong-value", { name: JSON.stringify(token), rule }, key);
}

function typesOf(expected: readonly JsonValue[]): string {
  return expected.map((type) => TYPE_NAMES[type as keyof typeof TYPE_NAMES]).join(" or ");
}

const TYPES = ["null", "boolean", "integer", "number", "string", "array", "object"];

function wrongChoice(finding: Finding, where: Where): Problem {
  const { fault, token } = finding;
  if (token === "required" && fault.expected[0] === true) return optionalPath(finding, where);
  const isType = fault.expected.every((each) => TYPES.includes(String(each)));
  const listed = isType ? TYPES.filter((type) => fault.expected.includes(type)) : fault.expected;
  const name = finding.owner === "a schema" && isType ? "type" : nameOf(finding);
  if (isType && fault.value === null && fault.expected.includes("null"))
    return problem(
      "wrong-type",
      { name, expected: "a string", found: "null", remedy: 'put "null" in quotes' },
      where,
    );
  return problem("unknown-value", { name, found: fault.value, expected: listed.map(String) }, where);
}

/** The object that a fault is of. */
function ownerValue({ fault, document }: Finding): JsonObject {
  const value = valueAt(document.value, pointerOf(fault.ownerAt));
  return isObject(value) ? value : {};
}

function optionalPath(finding: Finding, where: Where): Problem {
  const pointer = join(pointerOf(finding.fault.ownerAt), "name");
  const name = String(own(ownerValue(finding), "name"));
  const origin = { source: finding.document.id, pointer };
  return problem("path-parameter-optional", { name }, { ...where, origin, place: "value" });
}

function missing(finding: Finding, key: Where): Problem | undefined {
  const { fault, pointer, owner, token } = finding;
  const [field] = fault.fields;
  if (owner === "responses") return undefined;
  if (owner === "an operation" && field === "responses")
    return problem("responses-missing", { operation: operationAt(pointer) }, key);
  if (owner === "a parameter" && field === "required") return optionalPath(finding, key);
  const name = isOfOwner(finding) ? owner : token;
  return problem("missing-field", { name: listOf(fault.fields), owner: name }, key);
}

/** `GET /users` for an operation of `paths`. */
function operationAt(pointer: JsonPointer): string {
  const [first, path, method, ...rest] = tokensOf(pointer);
  return first === "paths" && path !== undefined && method !== undefined && rest.length === 0
    ? `${method.toUpperCase()} ${path}`
    : "an operation";
}

function listOf(names: readonly string[]): string {
  const last = names.at(-1) ?? "";
  return names.length > 1 ? `${names.slice(0, -1).join(", ")} or ${last}` : last;
}

function unknown(finding: Finding, key: Where): Problem | undefined {
  const { fault, owner, token } = finding;
  // The model says it with its path.
  if (owner === "paths") return undefined;
  if (owner === "responses") {
    const expected = ["a status code (200)", "a range (4XX)", "default"];
    return problem("unknown-value", { name: "status", found: token, expected }, key);
  }
  return problem(
    "unknown-field",
    { name: token, owner, near: meantBy(fault), remedy: elsewhere(fault)?.advice },
    key,
  );
}

/** A member that another one forbids, or two of which only one may be. */
function exclusive(finding: Finding, key: Where): Problem | undefined {
  const { fault, owner, pointer } = finding;
  const [first, ...others] = fault.fields;
  const last = others.at(-1) ?? first;
  // OpenAPI 3.2.0, Parameter Object: the one schema of a list that forbids a combination.
  if (last === undefined && owner !== "responses" && fault.keyword === "not")
    return problem("fields-exclusive", { fields: ["query", "querystring parameters"] }, key);
  if (last === undefined) return undefined;
  const origin = { source: finding.document.id, pointer: join(pointer, last) };
  return others.length === 0
    ? problem("unknown-field", { name: last, owner, near: undefined }, { ...key, origin })
    : problem("fields-exclusive", { fields: fault.fields }, { ...key, origin });
}
