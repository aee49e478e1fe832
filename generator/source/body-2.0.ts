import { isArray, isObject, own, type JsonValue } from "./json.js";

/** The fields of a path item that are operations (OpenAPI 2.0, Path Item Object). */
export const METHODS: ReadonlySet<string> = new Set([
  "get",
  "put",
  "post",
  "delete",
  "options",
  "head",
  "patch",
]);

/** The parameters that a path item or an operation lists. */
export function parametersOf(owner: JsonValue | undefined): readonly JsonValue[] {
  const listed = isObject(owner) ? own(owner, "parameters") : undefined;
  return isArray(listed) ? listed : [];
}

/** The parameters of an operation of 2.0, and those of its path, which hold for all its operations. */
export type ParameterLists<P> = { readonly own: readonly P[]; readonly shared: readonly P[] };

/**
 * The parameters that are the request body of an operation in 3.0: it takes over those of its path, of which it replaces those of
 * the same name and place (OpenAPI 2.0, Operation Object). There is one payload at most, a body or a form: what the operation says
 * itself decides which.
 *
 * @param read what a parameter says, be it a reference.
 */
export function bodyParameters<P>(
  { own: listed, shared }: ParameterLists<P>,
  read: (parameter: P) => JsonValue,
): readonly P[] {
  const nearest = listed.some((each) => isInBody(read(each))) ? listed : shared;
  const body = nearest.find((each) => isBody(read(each)));
  if (body !== undefined) return [body];
  const ownFields = listed.filter((each) => isForm(read(each)));
  const names = new Set(ownFields.map((each) => nameOf(read(each))));
  const taken = shared.filter((each) => isForm(read(each)) && !names.has(nameOf(read(each))));
  return [...ownFields, ...taken];
}

/** True for a parameter that is a part of the request body in 3.0. */
export function isInBody(parameter: JsonValue): boolean {
  return isBody(parameter) || isForm(parameter);
}

export function isBody(parameter: JsonValue): boolean {
  return isObject(parameter) && parameter["in"] === "body";
}

function isForm(parameter: JsonValue): boolean {
  return isObject(parameter) && parameter["in"] === "formData";
}

function nameOf(parameter: JsonValue): JsonValue | undefined {
  return isObject(parameter) ? parameter["name"] : undefined;
}
