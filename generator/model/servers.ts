import type { Server, ServerVariable } from "./model.js";
import type { ObjectNode, Reader } from "./reader.js";

/** The Server Objects of a document, a path or an operation (OpenAPI 3.1.1, Server Object). */
export function readServers(reader: Reader, owner: ObjectNode): Server[] {
  return reader.items(owner, "servers").flatMap((item) => {
    const server = reader.expect(item, "object", "a server");
    const url = server && reader.required(server, "url", "string", "a server");
    if (!server || !url) return [];
    const description = reader.member(server, "description", "string")?.value;
    const variables = readVariables(reader, server);
    const defaults = new Map(variables.map((each) => [each.name, each.default]));
    const { address } = splitAddress(filledWith(url.value, (name) => defaults.get(name)));
    const common = { origin: server.origin, url: address, template: url.value, variables };
    return [{ ...common, ...(description !== undefined && { description }) }];
  });
}

/** A server's `url` with the defaults of its variables in it. */
export function filledWith(url: string, defaultOf: (name: string) => string | undefined): string {
  return url.replace(/\{([^{}]*)\}/g, (whole, name: string) => defaultOf(name) ?? whole);
}

/** What paths can be appended to, and what would stand before them: "Query and fragment MUST NOT be part of this URL" (OpenAPI 3.2.0, Server Object). */
export function splitAddress(url: string): { address: string; part?: "query" | "fragment" } {
  // A variable without a default keeps its braces, and whatever its name is.
  const [address = ""] = /^(?:\{[^{}]*\}|[^?#])*/.exec(url) ?? [];
  const next = url[address.length];
  return next === undefined ? { address } : { address, part: next === "?" ? "query" : "fragment" };
}

/** Server Variable Objects by name (OpenAPI 3.1.1, Server Variable Object). */
function readVariables(reader: Reader, server: ObjectNode): ServerVariable[] {
  return reader.entries(server, "variables").flatMap(([name, node]) => {
    const variable = reader.expect(node, "object", "a server variable");
    const preset = variable && reader.required(variable, "default", "string", "a server variable");
    if (!variable) return [];
    const values = reader.strings(variable, "enum").map(({ value }) => value);
    return [
      {
        origin: variable.origin,
        name,
        ...(preset && { default: preset.value }),
        ...(values.length > 0 && { values }),
      },
    ];
  });
}
