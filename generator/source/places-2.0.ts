import { isArray, isObject, own, type JsonArray, type JsonObject, type JsonValue } from "./json.js";
import { join, tokensOf, valueAt, type JsonPointer } from "./pointer.js";

/** Where the sections of 3.0 stand in 2.0. */
const SECTIONS: { readonly [section: string]: string } = {
  schemas: "definitions",
  parameters: "parameters",
  responses: "responses",
  securitySchemes: "securityDefinitions",
  requestBodies: "parameters",
};

type Tokens = readonly string[];

/** A list of parameters, and where it stands. */
type Listed = { readonly at: Tokens; readonly parameters: JsonArray };

/** Where the parts of an upgrade stand in the document of 2.0: the nearest parent's place for what the upgrade made. */
export class OriginalPlaces {
  private readonly document: JsonObject;
  private readonly isInBody: (parameter: JsonValue) => boolean;

  /** @param isInBody true for a parameter, or a reference to one, that is no parameter in 3.0 but a part of the request body. */
  constructor(document: JsonObject, isInBody: (parameter: JsonValue) => boolean) {
    this.document = document;
    this.isInBody = isInBody;
  }

  /** The pointer into the document of 2.0 for one into its upgrade. */
  of(pointer: JsonPointer): JsonPointer {
    const [first, ...rest] = tokensOf(pointer);
    if (first === "components") return join("", ...ofComponent(rest));
    return first === "paths" ? join("", ...this.ofPath(rest)) : pointer;
  }

  private ofPath(tokens: Tokens): Tokens {
    const [path, key, ...rest] = tokens;
    if (path === undefined || key === undefined) return ["paths", ...tokens];
    const at = ["paths", path, key];
    const item = memberOf(own(this.document, "paths"), path);
    if (key === "parameters") return this.ofParameter(listIn(item, ["paths", path]), rest);
    const [field, ...more] = rest;
    const operation = memberOf(item, key);
    if (field === "parameters") return this.ofParameter(listIn(operation, at), more);
    if (field === "responses" && more[0] !== undefined)
      return [...at, field, more[0], ...inResponse(more.slice(1))];
    if (field !== "requestBody") return [...at, ...rest];
    const listed = listIn(operation, at);
    const isOwn = listed.parameters.some(this.isInBody);
    return this.ofBody(isOwn ? listed : listIn(item, ["paths", path]), more);
  }

  /** Those of the body stand among the others in 2.0. */
  private ofParameter({ at, parameters }: Listed, [index, ...rest]: Tokens): Tokens {
    const others = [...parameters.keys()].filter((each) => !this.isInBody(parameters[each]!));
    const place = index === undefined ? undefined : others[Number(index)];
    return place === undefined ? at : [...at, String(place), ...inValue(rest)];
  }

  private ofBody({ at, parameters }: Listed, [, , ...rest]: Tokens): Tokens {
    const parts = [...parameters.keys()].filter((each) => this.isInBody(parameters[each]!));
    const places = parts.map((each) => placeOf(parameters[each]!, [...at, String(each)]));
    const found = places.map((place) => ({ place, value: valueAt(this.document, join("", ...place)) }));
    const body = found.find(({ value }) => memberOf(value, "in") === "body");
    if (body) return [...body.place, ...rest];
    const [name, ...more] = inForm(rest);
    const field = found.find(({ value }) => memberOf(value, "name") === name);
    return field ? [...field.place, ...more] : (places[0] ?? at);
  }
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

function listIn(owner: JsonValue | undefined, at: Tokens): Listed {
  const parameters = memberOf(owner, "parameters");
  return { at: [...at, "parameters"], parameters: isArray(parameters) ? parameters : [] };
}

/** Where a parameter stands, or the one that it refers to in the same document. */
function placeOf(parameter: JsonValue, at: Tokens): Tokens {
  const ref = memberOf(parameter, "$ref");
  return typeof ref === "string" && ref.startsWith("#/") ? tokensOf(ref.slice(1)) : at;
}

function memberOf(value: JsonValue | undefined, name: string): JsonValue | undefined {
  return isObject(value) ? own(value, name) : undefined;
}
