import { dialectOf } from "../../source/dialect.js";
import { isArray, isObject, own, type JsonValue } from "../../source/json.js";
import { formatFault } from "../../source/validity/formats.js";
import { below, type Node, type ObjectNode, type Reader } from "../reader.js";
import { filledWith, splitAddress } from "../servers.js";
import type { Rule } from "./rule.js";

/** The servers of a document, a path or an operation (OpenAPI 3.1.2, Server Object and Server Variable Object). */
export const serverRule: Rule = (reader, owner, document) => {
  const servers = reader.child(owner, "servers");
  if (!servers || !isArray(servers.value)) return;
  const nodes = servers.value.map((value, index) => ({ value, origin: below(servers.origin, index) }));
  for (const node of nodes.filter(isObjectNode)) {
    checkVariables(reader, node, document);
    checkUrl(reader, node);
  }
  checkNames(reader, nodes.filter(isObjectNode));
};

function isObjectNode(node: Node): node is ObjectNode {
  return isObject(node.value);
}

/** `url` is a URL or relative to one; its variables may stand for any part (OpenAPI 3.1.2, Server Object). */
function checkUrl(reader: Reader, { value, origin }: ObjectNode): void {
  const { url, variables } = value;
  if (typeof url !== "string") return;
  const filled = filledWith(url, (name) => defaultIn(variables, name));
  if (HOST.test(filled)) reader.report("server-without-scheme", { url }, below(origin, "url"));
  const { part } = splitAddress(filled);
  if (part) reader.report("server-query", { url, part }, below(origin, "url"));
  const expected = formatFault("uri-reference", url.replace(/\{[^{}]*\}/g, "x"));
  if (expected !== undefined)
    reader.report("format-wrong", { name: "url", found: url, expected }, below(origin, "url"));
}

/** A host with its port, or in one of the domains that most APIs are in, where a path begins with no slash. */
const HOST =
  /^[\w{}-]+(?:\.[\w{}-]+)*(?::\d+|\.(?:com|org|net|edu|gov|io|dev|app|cloud|ai|co|eu|de|fr|nl|uk))(?:\/|$)/i;

function defaultIn(variables: JsonValue | undefined, name: string): string | undefined {
  const variable = isObject(variables) ? own(variables, name) : undefined;
  const preset = isObject(variable) ? variable["default"] : undefined;
  return typeof preset === "string" ? preset : undefined;
}

function checkVariables(reader: Reader, { value, origin }: ObjectNode, document: ObjectNode): void {
  const variables = isObject(value["variables"]) ? value["variables"] : {};
  const names = [...String(value["url"]).matchAll(/\{([^{}]*)\}/g)].map(([, name = ""]) => name);
  for (const name of new Set(names.filter((each) => !Object.hasOwn(variables, each))))
    reader.withReading("as-it-is", () =>
      reader.report("server-variable-undefined", { name }, below(origin, "url")),
    );
  for (const [name, variable] of Object.entries(variables))
    if (isObject(variable))
      checkDefault(reader, { value: variable, origin: below(origin, "variables", name) }, document);
}

/** "If the `enum` is defined, the value MUST exist in the enum's values"; in OpenAPI 3.0 it SHOULD. */
function checkDefault(reader: Reader, { value, origin }: ObjectNode, document: ObjectNode): void {
  const { enum: values, default: preset } = value;
  if (!isArray(values) || values.length === 0 || typeof preset !== "string" || values.includes(preset))
    return;
  const [expected, at] = [values.map(String), below(origin, "default")];
  if (dialectOf(document.value) === "3.0")
    return reader.report("server-default-unlisted", { found: preset, expected }, at);
  reader.withReading("as-it-is", () =>
    reader.report("unknown-value", { name: "default", found: preset, expected }, at),
  );
}

/** OpenAPI 3.2.0, Server Object: names are unique. */
function checkNames(reader: Reader, servers: readonly ObjectNode[]): void {
  const seen = new Set<string>();
  for (const { value, origin } of servers) {
    const name = own(value, "name");
    if (typeof name !== "string") continue;
    if (seen.has(name))
      reader.withReading("as-it-is", () =>
        reader.report("name-taken", { owner: "a server", name }, below(origin, "name")),
      );
    seen.add(name);
  }
}
