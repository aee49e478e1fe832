import { objectsIn, type Kind } from "../../source/grammar.js";
import { visitedNode, type ObjectNode, type Reader } from "../reader.js";
import { contentRule } from "./content.js";
import { documentDialectRule, schemaDialectRule } from "./dialects.js";
import { encodingRule } from "./encodings.js";
import { linkRule } from "./links.js";
import { parameterRule } from "./parameters.js";
import { fieldNameRule, headerNamesRule } from "./names.js";
import { pathRule } from "./paths.js";
import { referenceRule } from "./references.js";
import type { Rule } from "./rule.js";
import { schemaRule } from "./schemas.js";
import { serverRule } from "./servers.js";
import { tagRule } from "./tags.js";

/** What each kind of object is held against. */
const RULES: { readonly [K in Kind]?: readonly Rule[] } = {
  document: [tagRule, serverRule, pathRule, linkRule, documentDialectRule],
  pathItem: [serverRule],
  operation: [serverRule],
  parameter: [parameterRule, fieldNameRule, contentRule],
  header: [contentRule],
  requestBody: [contentRule],
  response: [contentRule, headerNamesRule],
  encoding: [headerNamesRule],
  securityScheme: [fieldNameRule],
  mediaType: [encodingRule],
  schema: [schemaRule, schemaDialectRule],
};

/** Holds every object of a document against the rules of the specification that its schema cannot say. */
export function checkRules(reader: Reader, document: ObjectNode): void {
  for (const visited of objectsIn(document.value, "document")) {
    const node = visitedNode(visited, document.origin.source);
    referenceRule(reader, node, visited.kind);
    for (const rule of RULES[visited.kind] ?? []) rule(reader, node, document);
  }
}
