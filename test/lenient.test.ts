import { readdirSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { RequestHandler } from "msw";
import { setupServer } from "msw/node";
import { describe, expect, it } from "vitest";
import { readings } from "../generator/diagnostics/readings.js";
import { compileText, fileOf } from "./support/compile.js";
import { startServer } from "./support/server.js";
import { cli } from "./support/terminal.js";
import { emptyFolder, linkDependencies, writeFiles } from "./support/workspace.js";

const OK = 'responses: { "204": { description: None. } }';
const INFO = 'info: { title: T, version: "1" }';

const getter = (id: string, status: number) =>
  `{ get: { operationId: ${id}, responses: { "${status}": { description: An answer. } } } }`;

type Row = {
  readonly name: string;
  readonly document: string;
  /** The messages of a lenient run, with their line. */
  readonly says: readonly string[];
  /** What the package holds for it, and what it does not. */
  readonly holds?: readonly string[];
  readonly lacks?: readonly string[];
  /** True where a strict run only warns, too. */
  readonly isAdvice?: true;
};

const path = (key: string, operation: string, version = "3.1.0") =>
  `openapi: ${version}\n${INFO}\npaths:\n  "${key}":\n    get: ${operation}\n`;
const schema = (text: string, version = "3.1.0") =>
  `openapi: ${version}\n${INFO}\npaths: {}\ncomponents: { schemas: {\n  A: ${text} } }\n`;

const ROWS: readonly Row[] = [
  {
    name: "an unknown field",
    document: path("/a", `{ sumary: x, ${OK} }`),
    says: ["5 sumary is no field of an operation: did you mean summary?; it is ignored"],
  },
  {
    name: "an annotation of a wrong type",
    document: schema("{ type: string, description: [x] }"),
    says: ["5 description must be a string, not a list; it is ignored"],
    holds: ["export type A = string;"],
  },
  {
    name: "no title and no version",
    document: `openapi: 3.1.0\ninfo: {}\npaths: {}\n`,
    says: ["2 info needs title; the name of the API is taken", '2 info needs version; it is read as "0"'],
  },
  {
    name: "a number where a text must stand, as it is written",
    document: "openapi: 3.1.0\ninfo: { title: 1.10, version: a }\npaths: {}\n",
    says: ["2 title must be a string, not 1.10: put it in quotes; it is read as text"],
    holds: ["validators of 1.10."],
  },
  {
    name: "no description of a response",
    document: path("/a", `{ responses: { "200": {} } }`),
    says: ["5 a response needs description; it is read as empty"],
  },
  {
    name: "no responses",
    document: path("/a", "{}", "3.0.4"),
    says: ["5 GET /a needs responses; every answer will be unexpected"],
  },
  {
    name: "a path parameter that is not declared",
    document: path("/a/{id}", `{ ${OK} }`),
    says: ['5 path parameter {id} of "/a/{id}" is not declared; it is read as a required string'],
    holds: ["id: string;"],
  },
  {
    name: "a path parameter that does not occur",
    document: path("/a", `{ parameters: [{ name: id, in: path, required: true, schema: {} }], ${OK} }`),
    says: ['5 path parameter "id" does not occur in "/a"; it is left out'],
    lacks: ["id:  unknown", 'name: "id"'],
  },
  {
    name: "a header, a cookie and a key whose names nothing can carry",
    document: `openapi: 3.2.0
${INFO}
components: { securitySchemes: { key: { type: apiKey, in: header, name: "X Key[]" } } }
security: [{ key: [] }]
paths:
  /a:
    get:
      parameters:
        - { name: "X-A ", in: header, required: true, schema: { type: string } }
        - { name: "b=", in: cookie, style: cookie, schema: { type: string } }
        - { name: "c=", in: cookie, schema: { type: string } }
        - { name: "x-~d", in: header, schema: { type: string } }
      responses:
        "204":
          description: None.
          headers: { "X-É": { schema: { type: string } } }
`,
    says: [
      '3 "X Key[]" can be no name of a header',
      '9 "X-A " can be no name of a header',
      '10 "b=" can be no name of a cookie',
      '16 "X-É" can be no name of a header',
    ].map((fault) => `${fault}: those are letters, digits and !#$%&'*+-.^_\`|~; it is left out`),
    holds: ['"c="', '"x-~d"'],
    lacks: ["X Key[]", "X-A ", '"b="', "X-É"],
  },
  {
    name: "an optional path parameter",
    document: path("/a/{id}", `{ parameters: [{ name: id, in: path, schema: { type: string } }], ${OK} }`),
    says: ['5 path parameter "id" needs required: true; it is read as required'],
    holds: ["id: string;"],
  },
  {
    name: "an operationId that is taken",
    document: `${path("/a", `{ operationId: same, ${OK} }`)}    put: { operationId: same, ${OK} }\n`,
    says: ['6 operationId "same" is taken by GET /a; it is named after its method and path'],
    holds: ["function same(", "function putA("],
  },
  {
    name: "a parameter twice",
    document: path(
      "/a",
      `{ parameters: [{ name: q, in: query, schema: { type: integer } }, { name: q, in: query, schema: {} }], ${OK} }`,
    ),
    says: ['5 query parameter "q" is declared twice; the first one counts'],
    holds: ["q?: number | undefined;"],
  },
  {
    name: "a security scheme that is unknown",
    document: `${path("/a", `{ security: [{ gone: [] }, { key: [] }], ${OK} }`)}components: { securitySchemes: { key: { type: http, scheme: bearer } } }\n`,
    says: [
      '5 security scheme "gone" is not in components.securitySchemes; the alternative that needs it is left out',
    ],
    holds: ['security: [["key"]]'],
  },
  {
    name: "a path without its slash",
    document: path("a/b", `{ ${OK} }`),
    says: ['4 path "a/b" must start with /; it is read with a / before it'],
    holds: ['path: "/a/b"'],
  },
  {
    name: "a path with a query",
    document: path(
      "/a?action={x}&b=c d",
      `{ parameters: [{ name: x, in: path, required: true, schema: { type: integer } }], ${OK} }`,
    ),
    says: [
      '4 path "/a?action={x}&b=c d" holds a query: declare query parameters; what follows the ? is sent as query parameters',
    ],
    holds: ['path: "/a"', 'query: ["b=c%20d"]', "action: number;"],
  },
  {
    name: "a path with what no request carries",
    document: path("/a/../b}#c", `{ ${OK} }`),
    says: [
      '4 path "/a/../b}#c" holds a fragment, which no request carries',
      '4 path "/a/../b}#c" holds a brace that belongs to no {name}; it is kept as it is',
      '4 path "/a/../b}#c" has the segment "..", which URLs do not keep; it is kept as it is',
    ],
    holds: ['path: "/a/../b}#c"'],
  },
  {
    name: "a server with a query",
    document: `${path("/a", `{ ${OK} }`)}servers: [{ url: "https://{host}/v1?version=2#x", variables: { host: { default: a.b } } }]\n`,
    says: [
      '6 url "https://{host}/v1?version=2#x" has a query, which would stand before the paths; it is read without it',
    ],
    holds: ['baseUrl: "https://a.b/v1"'],
    lacks: ["version=2"],
  },
  {
    name: "paths that only a query tells apart",
    document: `openapi: 3.1.0\n${INFO}\npaths:\n  /a: { get: { ${OK} } }\n  /a?b=c: { get: { ${OK} } }\n  /a?b=d: { get: { ${OK} } }\n`,
    says: [
      '5 path "/a?b=c" holds a query: declare query parameters; what follows the ? is sent as query parameters',
      '6 path "/a?b=d" holds a query: declare query parameters; what follows the ? is sent as query parameters',
    ],
    holds: ['query: ["b=c"]', 'query: ["b=d"]'],
  },
  {
    name: "paths that only the names in a query tell apart",
    document: `openapi: 3.1.0\n${INFO}\npaths:\n  /a: { get: { ${OK} } }\n  /a?b={b}: { get: { ${OK} } }\n  /a?b={b}&c={d}: { get: { ${OK} } }\n`,
    says: [
      '5 path "/a?b={b}" holds a query: declare query parameters; what follows the ? is sent as query parameters',
      '6 path "/a?b={b}&c={d}" holds a query: declare query parameters; what follows the ? is sent as query parameters',
    ],
    holds: ['id: "get a"', 'id: "get a by b"', 'id: "get a by b c"', 'queryKeys: ["b", "c"]'],
  },
  {
    name: "a query in the form of RFC 6570",
    document: path(
      "/a{?page,size}",
      `{ parameters: [{ name: page, in: query, schema: { type: integer } }], ${OK} }`,
    ),
    says: [
      '4 path "/a{?page,size}" holds a query: declare query parameters; what follows the ? is sent as query parameters',
    ],
    holds: ['path: "/a"', "page?: number | undefined;", "size: string;"],
  },
  {
    name: "a reference to nothing",
    document: schema('{ type: object, properties: { b: { $ref: "#/components/schemas/B" } } }'),
    says: ['5 $ref "#/components/schemas/B" points to nothing; any value is allowed'],
    holds: ["b?: unknown;"],
  },
  {
    name: "a reference to what is no schema",
    document: schema('{ type: object, properties: { b: { $ref: "#/info" } } }'),
    says: ['5 $ref "#/info" points to info where a schema must stand; any value is allowed'],
    holds: ["b?: unknown;"],
  },
  {
    name: "an unknown type",
    document: schema("{ type: any }"),
    says: [
      '5 type "any" is unknown: use null, boolean, integer, number, string, array, object; any value is allowed',
    ],
    holds: ["export type A = unknown;"],
  },
  {
    name: "the type of a file",
    document: schema("{ type: file }", "3.0.4"),
    says: [
      '5 type "file" is unknown: use boolean, integer, number, string, array, object; it is read as a binary string',
    ],
    holds: ["@format binary"],
  },
  {
    name: "a bound of 3.0 in 3.1",
    document: schema("{ type: number, minimum: 2, exclusiveMinimum: true }"),
    says: [
      "5 exclusiveMinimum must be a number, not true: from OpenAPI 3.1 on it is the bound itself, in the place of minimum; it is read as OpenAPI 3.0 means it",
    ],
    holds: ["exclusiveMinimum: 2"],
  },
  {
    name: "a bound of 3.1 in 3.0",
    document: schema("{ type: number, exclusiveMinimum: 2 }", "3.0.4"),
    says: [
      "5 exclusiveMinimum must be true or false, not 2: in OpenAPI 3.0 it is true beside minimum; it is read as OpenAPI 3.1 means it",
    ],
    holds: ["exclusiveMinimum: 2"],
  },
  {
    name: "types of 3.1 in 3.0",
    document: schema("{ type: [string, 'null'] }", "3.0.4"),
    says: [
      "5 type must be a string, not a list: OpenAPI 3.0 has nullable: true beside type: string; it is read as OpenAPI 3.1 means it",
    ],
    holds: ["export type A = string | null;"],
  },
  {
    name: "nullable in 3.1",
    document: schema("{ type: string, enum: [a], nullable: true }"),
    says: [
      '5 nullable has no effect in OpenAPI 3.1 and later: add "null" to the type; it is read as OpenAPI 3.0 means it',
    ],
    holds: ['export type A = "a" | null;'],
    isAdvice: true,
  },
  {
    name: "nullable beside a reference in 3.1",
    document: schema(
      "{ properties: { b: { $ref: '#/components/schemas/B', nullable: true } } },\n  B: { type: string }",
    ),
    says: [
      '5 nullable has no effect in OpenAPI 3.1 and later: add "null" to the type; it is read as OpenAPI 3.0 means it',
    ],
    holds: ["b?: B | null;"],
    isAdvice: true,
  },
  {
    name: "required: true inside a property",
    document: schema("{ type: object, properties: { a: { type: string, required: true } } }"),
    says: [
      "5 required must be a list, not true: name it in the required list of the object that holds it; it is ignored",
    ],
    holds: ["a?: string;"],
  },
  {
    name: "a list of required names that is empty",
    document: schema("{ type: object, required: [], properties: { a: { type: string } } }", "3.0.4"),
    says: ["5 required must hold an item; it is ignored"],
    holds: ["a?: string;"],
  },
  {
    name: "a required name twice",
    document: schema("{ type: object, required: [a, a], properties: { a: { type: string } } }"),
    says: ["5 required must hold no item twice; each is read once"],
    holds: ["  a: string;"],
  },
  {
    name: "an enum that is empty",
    document: schema("{ type: string, enum: [] }", "3.0.4"),
    says: ["5 enum must hold an item; any value is allowed"],
    holds: ["export type A = string;"],
  },
  {
    name: "a status that is none",
    document: path("/a", `{ responses: { ok: { description: x }, "204": { description: None. } } }`),
    says: ['5 status "ok" is unknown: use a status code (200), a range (4XX), default; it is left out'],
    lacks: ["ok:"],
  },
  {
    name: "an array without items",
    document: schema("{ type: array }", "3.0.4"),
    says: ["5 a schema needs items; any value is allowed"],
    holds: ["export type A = unknown[];"],
  },
  {
    name: "a key without a value",
    document: path("/a", `{ parameters: , ${OK} }`),
    says: ["5 parameters must be a list, not null; it is read as if it were absent"],
  },
  {
    name: "text in the place of a flag and of a number",
    document: path(
      "/a",
      `{ parameters: [{ name: q, in: query, required: "true", schema: { type: string, maxLength: "3" } }], ${OK} }`,
    ),
    says: [
      '5 required must be true or false, not "true": write it without quotes; it is read without its quotes',
      '5 maxLength must be a whole number, not "3": write it without quotes; it is read without its quotes',
    ],
    holds: ["q: string;"],
  },
  {
    name: "a discriminator of 2.0",
    document: schema(
      "{ oneOf: [{ $ref: '#/components/schemas/B' }], discriminator: kind },\n  B: { type: object, required: [kind], properties: { kind: { type: string } } }",
    ),
    says: ['5 a discriminator must be an object, not "kind"; it is read as its propertyName'],
  },
  {
    name: "example beside examples",
    document: path(
      "/a",
      `{ parameters: [{ name: q, in: query, schema: {}, example: 1, examples: { two: { value: 2 } } }], ${OK} }`,
    ),
    says: ["5 example and examples exclude each other; both are read"],
  },
  {
    name: "names of components",
    document: `openapi: 3.1.0\n${INFO}\ncomponents: { schemas: { "A B": { type: string } } }\n`,
    says: ['3 component name "A B" must be made of letters, digits, ., - and _ alone; it is kept as it is'],
    holds: ["export type AB = string;"],
  },
  {
    name: "a basePath without its slash",
    document: `swagger: "2.0"\n${INFO}\nhost: a.example\nbasePath: v1\npaths: {}\n`,
    says: ["4 basePath must start with /; it is read with a / before it"],
    holds: ['baseUrl: "https://a.example/v1"'],
  },
  {
    name: "tags, links and contacts, which no client is made of",
    document: `openapi: 3.1.0\ninfo: { title: T, version: "1", contact: 7 }\ntags: [{}]\ncomponents: { links: { a: {} } }\n`,
    says: [
      "2 contact must be an object, not 7; it is ignored",
      "3 a tag needs name; it is ignored",
      "4 a link needs operationRef or operationId; it is ignored",
    ],
  },
];

describe("a lenient run", () => {
  it.each(ROWS)("reads $name", async ({ document, says, holds = [], lacks = [], isAdvice = false }) => {
    const compiled = await compileText(document, { lenient: true, openapi: false });
    const said = compiled.diagnostics.filter(({ code }) => code !== "fixture-unproved");
    expect(said.map(({ line, message }) => `${line} ${message}`)).toEqual(says);
    expect(new Set(said.map(({ severity }) => severity))).toEqual(new Set(["warning"]));
    const text = ["types", "operations", "validators", "index"].map((name) =>
      fileOf(compiled, `src/${name}.ts`),
    );
    const all = [...text, fileOf(compiled, "README.md")].join("\n");
    for (const each of holds) expect(all).toContain(each);
    for (const each of lacks) expect(all).not.toContain(each);
    const strict = await compileText(document, { openapi: false });
    expect(strict.files !== undefined).toBe(isAdvice);
    expect(strict.diagnostics.map(({ message }) => message).join("\n")).not.toContain("; it is");
  });

  it("stops at what has no safe reading", async () => {
    const unsafe = [
      path("/a", `{ parameters: [{ name: q, in: body, schema: {} }], ${OK} }`),
      path("/a", `{ parameters: 7, ${OK} }`),
      path("/a", `{ parameters: [{ $ref: "#/components/parameters/Gone" }], ${OK} }`),
      path("/a?b={x}y", `{ ${OK} }`),
      `${path("/a?b=1{&c}", `{ ${OK} }`)}  "/a?b=1{&d}":\n    get: { ${OK} }\n`,
      schema("{ minLength: '0); P; (' }"),
    ];
    for (const document of unsafe) {
      const { files, diagnostics } = await compileText(document, { lenient: true, openapi: false });
      expect(files, document).toBeUndefined();
      expect(diagnostics.some(({ severity }) => severity === "error")).toBe(true);
    }
  });

  it("sends the query of a path", async () => {
    const document = path(
      "/a?action={x}&b=c d",
      `{ operationId: act, parameters: [{ name: x, in: path, required: true, schema: { type: integer } }], ${OK} }`,
    );
    const { files } = await compileText(document, { lenient: true, openapi: false });
    const folder = emptyFolder();
    linkDependencies(folder);
    writeFiles(folder, files!);
    const { act } = (await import(pathToFileURL(join(folder, "src/operations.ts")).href)) as {
      act: (args: object, options: object) => Promise<unknown>;
    };
    const server = await startServer({ status: 204 });
    await act({ action: 7 }, { baseUrl: server.url });
    expect(server.requests[0]?.line).toBe("GET /a?b=c%20d&action=7 HTTP/1.1");
  });

  it("mocks operations that only a query tells apart", async () => {
    const { files } = await compileText(
      `openapi: 3.1.0\n${INFO}\nservers: [{ url: "https://example.com" }]
paths:\n  /a: ${getter("all", 202)}\n  /a?b=c: ${getter("some", 203)}\n  /a?b=d: ${getter("others", 204)}
  /a?e={e}: ${getter("byE", 205)}\n  /a?e={e}&f={f}: ${getter("byEAndF", 206)}
  /b/me: ${getter("me", 207)}\n  /b/{id}: ${getter("plainB", 210)}\n  /b/{id}?e={e}: ${getter("bByE", 208)}\n`,
      { lenient: true, openapi: false },
    );
    const folder = emptyFolder();
    linkDependencies(folder);
    writeFiles(folder, files!);
    const load = async (name: string) =>
      import(pathToFileURL(join(folder, `src/${name}.ts`)).href) as unknown;
    const { handlers } = (await load("mocks")) as { handlers: () => RequestHandler[] };
    const operations = (await load("operations")) as Record<
      string,
      (args?: object) => Promise<{ status: number }>
    >;
    const server = setupServer(...handlers());
    server.listen({ onUnhandledRequest: "error" });
    try {
      const statuses = ["all", "some", "others"].map(async (name) => (await operations[name]!()).status);
      expect(await Promise.all(statuses)).toEqual([202, 203, 204]);
      expect((await operations["byE"]!({ e: "1" })).status).toBe(205);
      expect((await operations["bByE"]!({ id: "1", e: "1" })).status).toBe(208);
      expect((await fetch("https://example.com/b/me?e=1")).status).toBe(207);
      expect((await operations["byEAndF"]!({ e: "1", f: "2" })).status).toBe(206);
    } finally {
      server.close();
    }
  });
});

it("every safe reading is shown here", () => {
  const shown = new Set(ROWS.flatMap(({ says }) => says).map((line) => line.split("; ").slice(1).join("; ")));
  const missing = Object.values(readings).filter((text) => !shown.has(text));
  expect(missing).toEqual([]);
});

describe("the option", () => {
  const FAULTY = `openapi: 3.1.0\ninfo: { title: T, version: 1 }\npaths: {}\n`;

  it("is that of the bridge, too, wherever what is read otherwise is referred to", async () => {
    const text = `openapi: 3.1.0
info: { title: T, version: "1" }
components:
  schemas:
    A: { type: array, items: { type: object, properties: { d: { $ref: "#/paths/~1gone/get" } } } }
    B: { type: object, properties: { a: { $ref: "#/components/schemas/A/items" } } }
`;
    const compilation = await compileText(text, { lenient: true });
    expect(fileOf(compilation, "src/openapi.ts")).toContain("d?: unknown;");
    expect(fileOf(compilation, "src/openapi.ts")).not.toContain("gone");
  });

  it("is --lenient of generate and check", async () => {
    const folder = emptyFolder();
    writeFiles(folder, [{ path: "specs/a.yaml", text: FAULTY }]);
    expect((await cli(folder, "generate")).code).toBe(2);
    expect(readdirSync(folder)).toEqual(["specs"]);
    const { code, err } = await cli(folder, "generate", "--lenient");
    expect(code).toBe(0);
    expect(err).toContain(
      "warning: version must be a string, not 1: put it in quotes; it is read as text [wrong-type]",
    );
    expect((await cli(folder, "check", "--lenient")).code).toBe(0);
    expect((await cli(folder, "check")).code).toBe(2);
  });

  it("is lenient of the configuration, for one API or for all", async () => {
    const folder = emptyFolder();
    const config = (text: string) =>
      writeFiles(folder, [{ path: "clientsmith.config.ts", text: `export default ${text};` }]);
    writeFiles(folder, [{ path: "specs/a.yaml", text: FAULTY }]);
    config("{ lenient: true }");
    expect((await cli(folder, "generate")).code).toBe(0);
    config("{ apis: { a: { lenient: true } } }");
    expect((await cli(folder, "check")).code).toBe(0);
    config("{ lenient: true, apis: { a: { lenient: false } } }");
    expect((await cli(folder, "check")).code).toBe(2);
  });
});
