import type { Fault } from "./fault.js";
import { phraseOf } from "./owners.js";

/** Fields that another object has, or another version of OpenAPI. */
type Elsewhere = {
  readonly owners: readonly string[];
  readonly names: readonly string[];
  /** A field of the object by which it is known that it is of another kind, or of another version. */
  readonly knows: string;
  /** That this field should hold them. */
  readonly isHolder?: true;
  readonly advice: string;
};

/** The keywords of a schema that the objects around it do not have. */
const OF_SCHEMAS = (
  "$ref type format items properties additionalProperties enum const default minimum maximum " +
  "exclusiveMinimum exclusiveMaximum multipleOf minLength maxLength pattern minItems maxItems uniqueItems allOf anyOf oneOf not nullable"
).split(" ");

const ELSEWHERE: readonly Elsewhere[] = [
  {
    owners: ["a parameter", "a header", "a media type"],
    names: OF_SCHEMAS,
    knows: "schema",
    isHolder: true,
    advice: "it belongs in its schema",
  },
  {
    owners: ["a response", "a request body"],
    names: ["schema", ...OF_SCHEMAS],
    knows: "content",
    isHolder: true,
    advice: "it belongs in a media type of its content",
  },
  {
    owners: ["a response"],
    names: ["content"],
    knows: "schema",
    advice: "OpenAPI 2.0 has schema in its place",
  },
  {
    owners: ["a schema"],
    names: ["anyOf", "oneOf", "not"],
    knows: "allOf",
    advice: "OpenAPI 2.0 has no such keyword",
  },
  {
    owners: ["a schema"],
    names: ["$defs", "definitions"],
    knows: "nullable",
    advice: "OpenAPI 3.0 has components.schemas in its place",
  },
  {
    owners: ["a security scheme"],
    names: ["flow"],
    knows: "flows",
    advice: "OpenAPI 3 has flows in its place",
  },
  {
    owners: ["a security scheme"],
    names: ["flows"],
    knows: "flow",
    advice: "OpenAPI 2.0 has flow in its place",
  },
  {
    owners: ["an operation"],
    names: ["requestBody"],
    knows: "consumes",
    advice: "OpenAPI 2.0 has a parameter in its place, with in: body",
  },
  {
    owners: ["an OpenAPI document"],
    names: ["components"],
    knows: "definitions",
    advice: "OpenAPI 2.0 has definitions, parameters, responses and securityDefinitions in its place",
  },
  {
    owners: ["an OpenAPI document"],
    names: ["servers"],
    knows: "host",
    advice: "OpenAPI 2.0 has host, basePath and schemes in its place",
  },
  {
    owners: ["an OpenAPI document"],
    names: ["definitions", "parameters", "responses", "securityDefinitions"],
    knows: "components",
    advice: "OpenAPI 3 has it in components",
  },
  {
    owners: ["an OpenAPI document"],
    names: ["host", "basePath", "schemes"],
    knows: "servers",
    advice: "OpenAPI 3 has servers in its place",
  },
  {
    owners: ["an OpenAPI document", "an operation"],
    names: ["consumes", "produces"],
    knows: "externalDocs",
    advice: "OpenAPI 3 has the media types of content in its place",
  },
];

/** The field of an object that should hold another one; undefined where none should. */
export function holderOf(fault: Fault): string | undefined {
  const place = elsewhere(fault);
  return place?.isHolder && place.knows;
}

/** Where a field that an object does not have belongs, or what says the same there. */
export function elsewhere({ keyword, owner, at, known }: Fault): Elsewhere | undefined {
  if (keyword !== "unknown") return undefined;
  const [phrase, name] = [phraseOf(owner), String(at?.token ?? "")];
  return ELSEWHERE.find(
    ({ owners, names, knows }) => owners.includes(phrase) && names.includes(name) && known.includes(knows),
  );
}
