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
    const filled = url.value.replace(/\{([^{}]*)\}/g, (whole, name: string) => defaults.get(name) ?? whole);
    const common = { origin: server.origin, url: filled, template: url.value, variables };
    return [{ ...common, ...(description !== undefined && { description }) }];
  });
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
