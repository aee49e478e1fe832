import { bodyParameters, isBody, isInBody, type ParameterLists } from "./body-2.0.js";
import { isArray, isObject, own, type JsonObject, type JsonValue } from "./json.js";
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
  const parameters = memberOf(owner, "parameters");
  return (isArray(parameters) ? parameters : []).map((parameter, index) => ({
    at: [...at, "parameters", String(index)],
    parameter,
  }));
}

function memberOf(value: JsonValue | undefined, name: string): JsonValue | undefined {
  return isObject(value) ? own(value, name) : undefined;
}
