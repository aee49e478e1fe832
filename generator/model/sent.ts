import { isArray, isObject, type JsonArray, type JsonObject, type JsonValue } from "../source/json.js";
import type { ApiModel, Parameter, PartEncoding } from "./model.js";
import { alternatives } from "./nested.js";
import { isStyled } from "./styles.js";

/** Kinds of schemas whose values may be lists or objects. */
const MAY_BE_EMPTY = new Set(["array", "object", "any"]);

/**
 * True for a parameter that may be an empty list or object of which nothing is sent (OpenAPI 3.1.2, appendix C; RFC 6570, section
 * 3.2.1), or nothing that a path can have in its place: it is then not given.
 */
export function leavesOutEmpty(parameter: Parameter, schemas: ApiModel["schemas"]): boolean {
  const kinds = alternatives(parameter.schema, schemas).map(({ kind }) => kind);
  return !writesEmpty(parameter) && kinds.some((kind) => MAY_BE_EMPTY.has(kind));
}

/** True where something is sent of an empty list or object: `q=`, or its JSON. */
export function writesEmpty({ location, serialization }: Parameter): boolean {
  if (serialization.kind === "content" || location === "header") return true;
  const { style, explode } = serialization;
  return location !== "path" && !explode && (style === "form" || style === "cookie");
}

/** True for a value that a request can carry as the argument of the parameter: some lists and objects are not sent, and what they hold is text. */
export function isSent(parameter: Parameter, value: JsonValue): boolean {
  if (parameter.serialization.kind === "content") return true;
  if (!isArray(value) && !isObject(value)) return parameter.location !== "path" || value !== "";
  return isFlat(value) && (writesEmpty(parameter) || Object.values(value).some((part) => part !== null));
}

/** True for a value that a form can carry in the style of its encoding, if it has one. */
export function isEncoded(encoding: PartEncoding, value: JsonValue | undefined): boolean {
  return !isStyled(encoding) || typeof value !== "object" || value === null || isFlat(value);
}

function isFlat(value: JsonArray | JsonObject): boolean {
  return Object.values(value).every((part) => part === null || typeof part !== "object");
}
