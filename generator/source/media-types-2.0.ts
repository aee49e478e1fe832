import { isArray, isObject, own, type JsonObject, type JsonValue } from "./json.js";

export const FORM = "application/x-www-form-urlencoded";
export const MULTIPART = "multipart/form-data";

/** The media types that an operation of a document of 2.0 lists, or else the document. */
export function listedTypes(
  document: JsonObject,
  key: "consumes" | "produces",
  operation?: JsonValue,
): string[] {
  const listed = (isObject(operation) ? own(operation, key) : undefined) ?? own(document, key);
  return isArray(listed) ? listed.filter((type) => typeof type === "string") : [];
}

/** The media types of a body, which is no form; JSON where none is named. */
export function bodyTypes(consumes: readonly string[]): readonly string[] {
  return orJson(consumes.filter((type) => type !== FORM && type !== MULTIPART));
}

/** The media types of a response; JSON where none is named. */
export function responseTypes(schema: JsonValue | undefined, produces: readonly string[]): readonly string[] {
  if (isObject(schema) && schema["type"] === "file") return fileTypes(produces);
  return orJson(produces);
}

function orJson(types: readonly string[]): readonly string[] {
  return types.length > 0 ? types : ["application/json"];
}

/**
 * The media types of a file (OpenAPI 2.0, Response Object): those that hold bytes, or any. Others stand there for all operations of the
 * document, and a client would read the file as JSON or as text.
 */
function fileTypes(produces: readonly string[]): readonly string[] {
  const types = produces.filter(
    (type) => !/[/+](json|xml)\b|^text\/|^multipart\//i.test(type) && type !== FORM,
  );
  return types.length > 0 ? types : ["*/*"];
}
