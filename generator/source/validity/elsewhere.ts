import type { Fault } from "./fault.js";
import { phraseOf } from "./owners.js";

/** Fields that another object has, or another version of OpenAPI. */
type Elsewhere = {
  readonly owners: readonly string[];
  readonly names: readonly string[];
  /** The field of the object that stands for them. */
  readonly holder: string;
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
    holder: "schema",
    advice: "it belongs in its schema",
  },
  {
    owners: ["a response", "a request body"],
    names: ["schema", ...OF_SCHEMAS],
    holder: "content",
    advice: "it belongs in a media type of its content",
  },
  {
    owners: ["a response"],
    names: ["content"],
    holder: "schema",
    advice: "OpenAPI 2.0 has schema in its place",
  },
  {
    owners: ["a schema"],
    names: ["anyOf", "oneOf", "not"],
    holder: "allOf",
    advice: "OpenAPI 2.0 has no such keyword",
  },
  {
    owners: ["a schema"],
    names: ["$defs", "definitions"],
    holder: "nullable",
    advice: "OpenAPI 3.0 has components.schemas in its place",
  },
  {
    owners: ["a security scheme"],
    names: ["flow"],
    holder: "flows",
    advice: "OpenAPI 3 has flows in its place",
  },
  {
    owners: ["a security scheme"],
    names: ["flows"],
    holder: "flow",
    advice: "OpenAPI 2.0 has flow in its place",
  },
  {
    owners: ["an operation"],
    names: ["requestBody"],
    holder: "consumes",
    advice: "OpenAPI 2.0 has a parameter in its place, with in: body",
  },
  {
    owners: ["an OpenAPI document"],
    names: ["components"],
    holder: "definitions",
    advice: "OpenAPI 2.0 has definitions, parameters, responses and securityDefinitions in its place",
  },
  {
    owners: ["an OpenAPI document"],
    names: ["servers"],
    holder: "host",
    advice: "OpenAPI 2.0 has host, basePath and schemes in its place",
  },
  {
    owners: ["an OpenAPI document"],
    names: ["definitions", "parameters", "responses", "securityDefinitions"],
    holder: "components",
    advice: "OpenAPI 3 has it in components",
  },
  {
    owners: ["an OpenAPI document"],
    names: ["host", "basePath", "schemes"],
    holder: "servers",
    advice: "OpenAPI 3 has servers in its place",
  },
  {
    owners: ["an OpenAPI document", "an operation"],
    names: ["consumes", "produces"],
    holder: "externalDocs",
    advice: "OpenAPI 3 has the media types of content in its place",
  },
];

/** Where a field that an object does not have belongs, or what says the same there. */
export function elsewhere({ keyword, owner, at, known }: Fault): Elsewhere | undefined {
  if (keyword !== "unknown") return undefined;
  const [phrase, name] = [phraseOf(owner), String(at?.token ?? "")];
  return ELSEWHERE.find(
    ({ owners, names, holder }) => owners.includes(phrase) && names.includes(name) && known.includes(holder),
  );
}
