import { bodyParameters, isBody, isInBody, METHODS, parametersOf, type ParameterLists } from "./body-2.0.js";
import { isObject, own, type JsonObject, type JsonValue } from "./json.js";
import { bodyTypes, listedTypes, responseTypes } from "./media-types-2.0.js";
import { join, pointerOfFragment, tokensOf, valueAt, type JsonPointer } from "./pointer.js";

/** Where the sections of 3.0 stand in 2.0. */
const SECTIONS: { readonly [section: string]: string } = {
  schemas: "definitions",
  parameters: "parameters",
  responses: "responses",
  securitySchemes: "securityDefinitions",
  requestBodies: "parameters",
};

type Tokens = readonly string[];

/** A parameter of a list, and where it stands. */
type Listed = { readonly at: Tokens; readonly parameter: JsonValue };

/** Where the parts of an upgrade stand in the document of 2.0: the nearest parent's place for what the upgrade made. */
export class OriginalPlaces {
  private readonly document: JsonObject;
  private readonly read: (parameter: JsonValue) => JsonValue;

  /** @param read what a parameter says, be it a reference. */
  constructor(document: JsonObject, read: (parameter: JsonValue) => JsonValue) {
    this.document = document;
    this.read = read;
  }

  /** The pointer into the document of 2.0 for one into its upgrade. */
  of(pointer: JsonPointer): JsonPointer {
    const [first, ...rest] = tokensOf(pointer);
    if (first === "components") return join("", ...ofComponent(rest));
    if (first === "servers") return join("", ...this.ofServers());
    return first === "paths" ? join("", ...this.ofPath(rest)) : pointer;
  }

  private ofServers(): Tokens {
    const field = ["host", "basePath"].find((name) => Object.hasOwn(this.document, name));
    return field === undefined ? [] : [field];
  }

  private ofPath(tokens: Tokens): Tokens {
    const [path, key, ...rest] = tokens;
    if (path === undefined || key === undefined) return ["paths", ...tokens];
    const at = ["paths", path, key];
    const item = memberOf(own(this.document, "paths"), path);
    const shared = listIn(item, ["paths", path]);
    if (key === "parameters") return this.ofParameter(shared, at, rest);
    const [field, ...more] = rest;
    const operation = memberOf(item, key);
    const listed = listIn(operation, at);
    if (field === "parameters") return this.ofParameter(listed, [...at, field], more);
    if (field === "responses" && more[0] !== undefined)
      return this.ofResponse([...at, field, more[0]], more.slice(1));
    if (field === "servers") return [...at, "schemes"];
    return field === "requestBody" ? this.ofBody({ own: listed, shared }, at, more) : [...at, ...rest];
  }

  /** Those of the body stand among the others in 2.0. */
  private ofParameter(listed: readonly Listed[], list: Tokens, [index, ...rest]: Tokens): Tokens {
    const others = listed.filter(({ parameter }) => !isInBody(this.read(parameter)));
    const found = index === undefined ? undefined : others[Number(index)];
    return found ? [...found.at, ...inValue(rest)] : list;
  }

  private ofBody(lists: ParameterLists<Listed>, operation: Tokens, [, , ...rest]: Tokens): Tokens {
    const parts = bodyParameters(lists, ({ parameter }) => this.read(parameter));
    const [first] = parts;
    if (first === undefined) return operation;
    if (isBody(this.read(first.parameter))) return [...this.placeOf(first.at), ...rest];
    const [name, ...more] = inForm(rest);
    const field = parts.find(({ parameter }) => memberOf(this.read(parameter), "name") === name);
    return field ? [...this.placeOf(field.at), ...more] : this.placeOf(first.at);
  }

  /** A shared one is written out where the operation has media types of its own; else it is the reference. */
  private ofResponse(at: Tokens, rest: Tokens): Tokens {
    const isWithin = rest.length > 0 && rest[0] !== "$ref";
    return [...(isWithin ? this.placeOf(at) : at), ...inResponse(rest)];
  }

  /** Where a parameter or a response stands, or the one that it refers to in the same document, however long the chain. */
  private placeOf(at: Tokens): Tokens {
    const seen = new Set<JsonValue>();
    let place = at;
    for (let next: Tokens | undefined = at; next;) {
      place = next;
      const value = valueAt(this.document, join("", ...place));
      next = value === undefined || seen.has(value) ? undefined : targetOf(value);
      if (value !== undefined) seen.add(value);
    }
    return place;
  }
}

/** Where the parts of a document of 2.0 that references name stand in its upgrade. */
export class UpgradedPlaces {
  private readonly document: JsonObject;
  private readonly read: (parameter: JsonValue) => JsonValue;

  /** @param read what a parameter says, be it a reference. */
  constructor(document: JsonObject, read: (parameter: JsonValue) => JsonValue) {
    this.document = document;
    this.read = read;
  }

  /** The pointer into the upgrade for one into the document of 2.0. A schema that stands there once for each media type is the first. */
  of(pointer: JsonPointer): JsonPointer {
    const [section = "", name, ...rest] = tokensOf(pointer);
    if (name === undefined) return pointer;
    const named = memberOf(own(this.document, section), name);
    switch (section) {
      case "definitions":
        return join("/components/schemas", name, ...rest);
      case "responses":
        return join("/components/responses", name, ...this.inResponse(named, rest));
      case "parameters":
        return named !== undefined && isBody(this.read(named))
          ? join("/components/requestBodies", name, ...this.inBody(rest))
          : join("/components/parameters", name, ...rest);
      case "paths":
        return join("/paths", name, ...this.inPathItem(named, rest));
      default:
        return pointer;
    }
  }

  private inPathItem(item: JsonValue | undefined, tokens: Tokens): Tokens {
    const [key = "", ...rest] = tokens;
    const shared = parametersOf(item);
    if (key !== "parameters") {
      const operation = METHODS.has(key) ? memberOf(item, key) : undefined;
      return isObject(operation) ? [key, ...this.inOperation(operation, shared, rest)] : tokens;
    }
    // A body of the path is that of each operation which has none of its own.
    const method = [...METHODS].find((each) => {
      const operation = memberOf(item, each);
      return isObject(operation) && this.isBodyOf(operation, shared, shared[Number(rest[0])]);
    });
    if (method === undefined) return ["parameters", ...this.inParameters(shared, rest)];
    return [method, "requestBody", ...this.inBody(rest.slice(1), memberOf(item, method))];
  }

  private inOperation(operation: JsonObject, shared: readonly JsonValue[], tokens: Tokens): Tokens {
    const [field, name, ...rest] = tokens;
    if (name === undefined) return tokens;
    if (field === "responses") {
      const response = memberOf(operation["responses"], name);
      return [field, name, ...this.inResponse(response, rest, operation)];
    }
    if (field !== "parameters") return tokens;
    const listed = parametersOf(operation);
    return this.isBodyOf(operation, shared, listed[Number(name)])
      ? ["requestBody", ...this.inBody(rest, operation)]
      : [field, ...this.inParameters(listed, [name, ...rest])];
  }

  private isBodyOf(operation: JsonObject, shared: readonly JsonValue[], parameter?: JsonValue): boolean {
    if (parameter === undefined || !isBody(this.read(parameter))) return false;
    return bodyParameters({ own: parametersOf(operation), shared }, this.read).includes(parameter);
  }

  /** Those of the body are in no list. */
  private inParameters(listed: readonly JsonValue[], [index, ...rest]: Tokens): Tokens {
    const others = listed.filter((each) => !isInBody(this.read(each)));
    const found = others.indexOf(listed[Number(index)]!);
    return index === undefined ? [] : [found < 0 ? index : String(found), ...rest];
  }

  private inBody(tokens: Tokens, operation?: JsonValue): Tokens {
    const consumes = listedTypes(this.document, "consumes", operation);
    return tokens[0] === "schema" ? ["content", bodyTypes(consumes)[0]!, ...tokens] : tokens;
  }

  private inResponse(response: JsonValue | undefined, tokens: Tokens, operation?: JsonObject): Tokens {
    if (tokens[0] !== "schema") return tokens;
    const types = responseTypes(
      memberOf(response, "schema"),
      listedTypes(this.document, "produces", operation),
    );
    return ["content", types[0]!, ...tokens];
  }
}

/** The operation of a document in which a place is; undefined where it is in none. */
export function operationAt(document: JsonObject, pointer: JsonPointer): JsonObject | undefined {
  const [section, path = "", method = ""] = tokensOf(pointer);
  const operation = section === "paths" ? memberOf(memberOf(document["paths"], path), method) : undefined;
  return isObject(operation) ? operation : undefined;
}

/** The place in the same document that a reference names. */
function targetOf(value: JsonValue): Tokens | undefined {
  const ref = memberOf(value, "$ref");
  if (typeof ref !== "string" || !ref.startsWith("#")) return undefined;
  const pointer = pointerOfFragment(ref.slice(1));
  return pointer === undefined ? undefined : tokensOf(pointer);
}

function ofComponent([section = "", name, ...rest]: Tokens): Tokens {
  if (section === "") return [];
  const original = Object.hasOwn(SECTIONS, section) ? SECTIONS[section]! : section;
  return name === undefined ? [original] : [original, name, ...inComponent(section, rest)];
}

function inComponent(section: string, rest: Tokens): Tokens {
  if (section === "parameters") return inValue(rest);
  if (section === "responses") return inResponse(rest);
  return section === "requestBodies" ? rest.slice(2) : rest;
}

/** What a parameter or a header says of its value is not in a schema of its own. */
function inValue(rest: Tokens): Tokens {
  const [field, ...more] = rest;
  if (field === "schema") return more;
  return field === "style" || field === "explode" ? ["collectionFormat"] : rest;
}

/** Nor is there a content. */
function inResponse(rest: Tokens): Tokens {
  const [field, name, ...more] = rest;
  if (field === "headers" && name !== undefined) return [field, name, ...inValue(more)];
  if (field !== "content") return rest;
  return more[0] === "example" && name !== undefined ? ["examples", name, ...more.slice(1)] : more;
}

/** The name of a field, and what is said of it: of `schema/properties/file/type`, and of `encoding/file/style`. */
function inForm([part, ...rest]: Tokens): Tokens {
  return part === "encoding" ? [...rest.slice(0, 1), "collectionFormat"] : rest.slice(1);
}

function listIn(owner: JsonValue | undefined, at: Tokens): Listed[] {
  return parametersOf(owner).map((parameter, index) => ({
    at: [...at, "parameters", String(index)],
    parameter,
  }));
}

function memberOf(value: JsonValue | undefined, name: string): JsonValue | undefined {
  return isObject(value) ? own(value, name) : undefined;
}
