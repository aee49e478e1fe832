import type { Kind } from "../../source/grammar.js";
import { tokensOf, pointerOfFragment } from "../../source/pointer.js";
import { below, type ObjectNode, type Reader } from "../reader.js";

/** The kinds of the components, by their section (OpenAPI 3.2.0, Components Object). */
const SECTIONS = new Map<string, Kind>([
  ["schemas", "schema"],
  ["responses", "response"],
  ["parameters", "parameter"],
  ["examples", "example"],
  ["requestBodies", "requestBody"],
  ["headers", "header"],
  ["securitySchemes", "securityScheme"],
  ["links", "link"],
  ["callbacks", "callback"],
  ["pathItems", "pathItem"],
  ["mediaTypes", "mediaType"],
]);

/** A reference leads to an object of the kind that must stand in its place (OpenAPI 3.1.2, Reference Object). */
export function referenceRule(reader: Reader, node: ObjectNode, kind: Kind): void {
  const ref = node.value["$ref"];
  if (typeof ref !== "string" || !ref.startsWith("#/components/")) return;
  const [, section = "", , ...rest] = tokensOf(pointerOfFragment(ref.slice(1)) ?? "");
  const found = SECTIONS.get(section);
  if (rest.length > 0 || found === undefined || found === kind) return;
  const at = below(node.origin, "$ref");
  reader.report("ref-kind", { ref, found: PHRASES[found], expected: PHRASES[kind] }, at);
  reader.refuse(at);
}

const PHRASES: { readonly [K in Kind]: string } = {
  document: "an OpenAPI document",
  components: "components",
  pathItem: "a path item",
  operation: "an operation",
  parameter: "a parameter",
  requestBody: "a request body",
  response: "a response",
  header: "a header",
  mediaType: "a media type",
  encoding: "an encoding",
  callback: "a callback",
  link: "a link",
  example: "an example",
  securityScheme: "a security scheme",
  schema: "a schema",
};
