import type { Problem, Staged } from "../../diagnostics/problem.js";
import { isWhole } from "../dialect.js";
import { objectsIn, pointerOf as placeOf, type Kind } from "../grammar.js";
import { isObject, own, type JsonValue } from "../json.js";
import type { Loaded, Place } from "../load.js";
import { tokensOf, valueAt, type JsonPointer } from "../pointer.js";
import type { SourceDocument, SourceId } from "../source.js";
import { evaluate } from "./evaluate.js";
import { below, pointerOf, type Fault, type Trail } from "./fault.js";
import { phraseOf } from "./owners.js";
import { schemaOf, versionOf, type OpenApiVersion } from "./schemas.js";
import { judged, validate, type ValidityOptions } from "./validate.js";

/** The definition of each object that a reference can name, in the schemas of the versions. */
const DEFINITIONS: { readonly [V in "2.0" | "3.0" | "3.x"]: { readonly [K in Kind]?: string } } = {
  "2.0": {
    pathItem: "definitions/pathItem",
    parameter: "definitions/parameter",
    response: "definitions/response",
    header: "definitions/header",
    schema: "definitions/schema",
  },
  "3.0": {
    pathItem: "definitions/PathItem",
    parameter: "definitions/Parameter",
    requestBody: "definitions/RequestBody",
    response: "definitions/Response",
    header: "definitions/Header",
    callback: "definitions/Callback",
    link: "definitions/Link",
    example: "definitions/Example",
    securityScheme: "definitions/SecurityScheme",
    schema: "definitions/Schema",
  },
  "3.x": {
    pathItem: "$defs/path-item",
    parameter: "$defs/parameter",
    requestBody: "$defs/request-body",
    response: "$defs/response",
    header: "$defs/header",
    mediaType: "$defs/media-type",
    callback: "$defs/callbacks",
    link: "$defs/link",
    example: "$defs/example",
    securityScheme: "$defs/security-scheme",
    schema: "$defs/schema",
  },
};

/**
 * Holds the documents that the entry refers to against the schemas of OpenAPI: one that is a whole OpenAPI document against that of its
 * own version; of another, what references name, each as the object that its place says it is, in the version of the entry.
 *
 * @returns the documents with each fault read safely, as {@link validate} does.
 */
export async function validateOthers(
  loaded: Loaded,
  entry: SourceId,
  options: ValidityOptions,
): Promise<Staged<Loaded>> {
  const version = versionOf(loaded.documents.get(entry)!.value);
  const problems: Problem[] = [];
  const documents = new Map(loaded.documents);
  for (const [id, document] of loaded.documents) {
    if (id === entry || document.value === null) continue;
    const places = loaded.places.filter(({ source }) => source === id);
    const valid = isWhole(document.value)
      ? await validate(document, options)
      : await validateParts(document, { places, version, options });
    problems.push(...valid.problems);
    documents.set(id, valid.value);
  }
  const isSame = [...documents].every(([id, { value }]) => value === loaded.documents.get(id)!.value);
  if (isSame) return { value: loaded, problems };
  const references = loaded.references.withDocuments(documents, loaded.places);
  return { value: { ...loaded, documents, references }, problems };
}

type Parts = {
  readonly places: readonly Place[];
  readonly version: OpenApiVersion | undefined;
  readonly options: ValidityOptions;
};

async function validateParts(
  document: SourceDocument,
  { places, version, options }: Parts,
): Promise<Staged<SourceDocument>> {
  if (!version) return { value: document, problems: [] };
  const definitions = DEFINITIONS[version === "2.0" || version === "3.0" ? version : "3.x"];
  const schema = await schemaOf(version);
  const parts = places.flatMap((place) => [place, ...definitionsIn(place, document.value)]);
  const faults = parts.flatMap(({ kind, pointer }) => {
    const definition = definitions[kind];
    const value = valueAt(document.value, pointer);
    // A reference is what it leads to, which is a place of its own.
    const isReference =
      isObject(value) && typeof own(value, "$ref") === "string" && !hasSiblings(kind, version);
    if (definition === undefined || value === undefined || isReference) return [];
    return evaluate(schema, value, { definition, at: trailOf(pointer) });
  });
  return judged(eachOnce(faults.filter((fault) => !isNaming(fault))), document, options);
}

/** Files of schemas are JSON Schema's: they may have a name, a dialect, and others to refer to, which say nothing about an instance. */
const NAMING = new Set(["$schema", "$id", "id", "$anchor", "$comment", "$defs", "definitions"]);

function isNaming({ keyword, owner, fields }: Fault): boolean {
  return keyword === "unknown" && phraseOf(owner) === "a schema" && NAMING.has(fields[0] ?? "");
}

/** The schemas that a schema only holds for others, of which the schemas of 2.0 and 3.0 know nothing. */
function definitionsIn(
  { kind, pointer }: Place,
  document: JsonValue,
): { kind: Kind; pointer: JsonPointer }[] {
  const all = [...objectsIn(valueAt(document, pointer) ?? null, kind)];
  return all
    .filter(({ path }) => path?.parent?.token === "definitions" || path?.parent?.token === "$defs")
    .map((each) => ({ kind: each.kind, pointer: placeOf(each.path, pointer) }));
}

/** Places may lie within each other. */
function eachOnce(faults: readonly Fault[]): Fault[] {
  return [...new Map(faults.map((fault) => [keyOf(fault), fault])).values()];
}

function keyOf({ at, keyword, fields }: Fault): string {
  return [pointerOf(at), keyword, ...fields].join("\n");
}

/** True where fields beside a `$ref` count (OpenAPI 3.0.4, Reference Object; 3.1.1, Schema Object; Path Item Object). */
function hasSiblings(kind: Kind, version: OpenApiVersion): boolean {
  return kind === "pathItem" || (kind === "schema" && version !== "2.0" && version !== "3.0");
}

function trailOf(pointer: JsonPointer): Trail | undefined {
  return tokensOf(pointer).reduce<Trail | undefined>((parent, token) => below(parent, token), undefined);
}
