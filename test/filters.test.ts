import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { diagnosticTexts } from "../generator/diagnostics/print.js";
import type { Filter } from "../generator/source/filter.js";
import { globMatcher } from "../generator/source/glob.js";
import { isObject, type JsonObject, type JsonValue } from "../generator/source/json.js";
import { valueAt } from "../generator/source/pointer.js";
import { parse } from "../generator/source/parse.js";
import { compileText, fileOf } from "./support/compile.js";
import { shapeDocument } from "./support/shape.js";
import { cli } from "./support/terminal.js";
import { typeCheck } from "./support/typescript.js";
import { emptyFolder, linkDependencies, writeFiles } from "./support/workspace.js";

const OPERATIONS = `openapi: 3.2.0
info: { title: T, version: "1" }
paths:
  /pets:
    get: { operationId: listPets, tags: [pets], responses: { "204": { description: None. } } }
    post: { operationId: addPet, tags: [pets, admin], deprecated: true, responses: { "204": { description: None. } } }
  /pets/{id}:
    parameters: [{ name: id, in: path, required: true, schema: { type: string } }]
    get: { operationId: readPet, tags: [pets], responses: { "204": { description: None. } } }
  /pets/{id}/toys/{toy}:
    parameters:
      - { name: id, in: path, required: true, schema: { type: string } }
      - { name: toy, in: path, required: true, schema: { type: string } }
    get: { operationId: readToy, responses: { "204": { description: None. } } }
  /users:
    additionalOperations:
      PURGE: { operationId: purgeUsers, tags: [admin], responses: { "204": { description: None. } } }
webhooks:
  petBorn:
    post: { operationId: petBorn, tags: [pets], responses: { "204": { description: None. } } }
`;

function filtered(text: string, ...filters: readonly Filter[]) {
  const { document, problems } = shapeDocument(parse({ id: "api.yaml", text }).value!, { filters });
  return { value: document!.value as JsonObject, problems, document: document! };
}

/** The operationIds that are left. */
function kept(...filters: readonly Filter[]): string {
  const { value } = filtered(OPERATIONS, ...filters);
  return idsIn([value["paths"] ?? null, value["webhooks"] ?? null]).join(" ");
}

function idsIn(value: JsonValue): string[] {
  if (Array.isArray(value)) return value.flatMap((item: JsonValue) => idsIn(item));
  if (!isObject(value)) return [];
  return Object.entries(value).flatMap(([key, member]) =>
    key === "operationId" && typeof member === "string" ? [member] : idsIn(member),
  );
}

describe("an operation is kept", () => {
  it.each<[string, Filter[], string]>([
    ["without filters", [], "listPets addPet readPet readToy purgeUsers petBorn"],
    [
      "with an empty one",
      [{ include: { tags: [] }, exclude: {} }],
      "listPets addPet readPet readToy purgeUsers petBorn",
    ],
    ["by a tag", [{ include: { tags: ["pets"] } }], "listPets addPet readPet petBorn"],
    [
      "by one of two tags",
      [{ include: { tags: ["pets", "admin"] } }],
      "listPets addPet readPet purgeUsers petBorn",
    ],
    ["by a path, exactly", [{ include: { paths: ["/pets"] } }], "listPets addPet"],
    ["by a path with a template", [{ include: { paths: ["/pets/{id}"] } }], "readPet"],
    ["by all below a path", [{ include: { paths: ["/pets/**"] } }], "listPets addPet readPet readToy"],
    ["by a path of one segment more", [{ include: { paths: ["/pets/*"] } }], "readPet"],
    ["by one of two paths", [{ include: { paths: ["/users", "**/toys/*"] } }], "readToy purgeUsers"],
    ["by its operationId", [{ include: { operationIds: ["readToy", "petBorn"] } }], "readToy petBorn"],
    [
      "because it is not deprecated",
      [{ include: { deprecated: false } }],
      "listPets readPet readToy purgeUsers petBorn",
    ],
    ["because it is deprecated", [{ include: { deprecated: true } }], "addPet"],
    ["unless a tag is excluded", [{ exclude: { tags: ["admin"] } }], "listPets readPet readToy petBorn"],
    ["unless a path is excluded", [{ exclude: { paths: ["/pets/**"] } }], "purgeUsers petBorn"],
    [
      "unless deprecated ones are",
      [{ exclude: { deprecated: true } }],
      "listPets readPet readToy purgeUsers petBorn",
    ],
    ["by a tag and a path", [{ include: { tags: ["pets"], paths: ["/pets"] } }], "listPets addPet"],
    [
      "not if excluded although included",
      [{ include: { tags: ["pets"] }, exclude: { operationIds: ["addPet", "petBorn"] } }],
      "listPets readPet",
    ],
    [
      "not if one of two criteria excludes it",
      [{ exclude: { tags: ["admin"], paths: ["/pets/{id}"] } }],
      "listPets readToy petBorn",
    ],
    [
      "by two filters together",
      [{ include: { tags: ["pets"] } }, { include: { paths: ["/pets"] }, exclude: { deprecated: true } }],
      "listPets",
    ],
  ])("%s", (_name, filters, ids) => {
    expect(kept(...filters)).toBe(ids);
  });
});

describe("a glob", () => {
  it.each<[pattern: string, matches: string[], others: string[]]>([
    ["/a", ["/a"], ["/a/", "/a/b", "/A", "/ab"]],
    ["/a/*", ["/a/b", "/a/", "/a/{id}"], ["/a", "/a/b/c"]],
    ["/a/*/c", ["/a/b/c", "/a/{id}/c"], ["/a/b/b/c", "/a/c"]],
    ["/a/**", ["/a", "/a/", "/a/b", "/a/b/c"], ["/ab", "/b/a"]],
    ["/**/c", ["/a/c", "/a/b/c", "//c"], ["/c/a"]],
    ["**", ["", "/", "/a/b"], []],
    ["/a.b/{x}+(y)|$", ["/a.b/{x}+(y)|$"], ["/acb/{x}+(y)|$"]],
    ["/v*/a-b/c", ["/v1/a-b/c", "/v/a-b/c"], ["/v1/2/a-b/c"]],
    ["/😀/*", ["/😀/x"], ["/😀"]],
  ])("%s", (pattern, matches, others) => {
    const isMatch = globMatcher(pattern);
    expect(matches.filter((path) => !isMatch(path))).toEqual([]);
    expect(others.filter(isMatch)).toEqual([]);
  });
});

const REACH = `openapi: 3.1.0
info: { title: T, version: "1" }
security: [{ everywhere: [] }]
paths:
  /kept:
    get:
      operationId: kept
      tags: [in]
      parameters: [{ $ref: "#/components/parameters/Used" }]
      responses:
        "200":
          $ref: "#/components/responses/Used"
        "400":
          description: Wrong.
          links:
            stays: { operationId: kept }
            goes: { operationId: gone }
            goesToo: { operationRef: "#/paths/~1gone/get" }
            shared: { $ref: "#/components/links/ToGone" }
      callbacks:
        done: { "{$request.query.url}": { post: { operationId: callback, security: [{ "#/components/securitySchemes/ofCallback": [] }], responses: { "204": { description: None. } } } } }
  /gone:
    get:
      operationId: gone
      tags: [out]
      security: [{ elsewhere: [] }]
      responses: { "200": { description: Fine., content: { application/json: { schema: { $ref: "#/components/schemas/Unused" } } } } }
components:
  parameters:
    Used: { name: a, in: query, schema: { $ref: "#/components/schemas/OfParameter" } }
    Unused: { name: b, in: query, schema: { $ref: "#/components/schemas/Unused" } }
  responses:
    Used: { description: Fine., content: { application/json: { schema: { $ref: "#/components/schemas/Pet" }, examples: { one: { $ref: "#/components/examples/One" } } } } }
  examples:
    One: { value: { $ref: "#/components/schemas/Unused" } }
    Two: { value: 2 }
  links:
    ToGone: { operationId: gone }
  securitySchemes:
    everywhere: { type: http, scheme: bearer }
    elsewhere: { type: http, scheme: basic }
    ofCallback: { type: http, scheme: basic }
  schemas:
    OfParameter: { type: string }
    Pet:
      type: object
      discriminator: { propertyName: kind, mapping: { a: "#/components/schemas/Mapped", b: Named } }
      properties: { kind: { type: string }, owner: { $ref: "#/components/schemas/Owner/properties/name" } }
    Owner: { type: object, properties: { name: { type: string }, pet: { $ref: "#/components/schemas/Pet" } } }
    Mapped: { type: object }
    Named: { type: object }
    Heir: { allOf: [{ $ref: "#/components/schemas/Pet" }, { $ref: "#/components/schemas/OfHeir" }] }
    HeirOfHeir: { allOf: [{ $ref: "#/components/schemas/Heir" }] }
    OfHeir: { type: object }
    Unused: { type: objct, allOf: [{ $ref: "#/components/schemas/Unused2" }] }
    Unused2: { type: object }
`;

describe("what no kept operation reaches", () => {
  const { value, problems } = filtered(REACH, { include: { tags: ["in"] } });
  const names = (section: string) =>
    Object.keys((value["components"] as JsonObject)[section] ?? {}).join(" ");

  it("goes", () => {
    expect(problems).toEqual([]);
    expect(names("schemas")).toBe("OfParameter Pet Owner Mapped Named Heir HeirOfHeir OfHeir");
    expect(names("parameters")).toBe("Used");
    expect(names("responses")).toBe("Used");
    expect(names("examples")).toBe("One");
    expect(names("securitySchemes")).toBe("everywhere ofCallback");
    expect(Object.keys(value["components"] as JsonObject)).not.toContain("links");
  });

  it("goes from links, and callbacks stay with their operation", () => {
    expect(Object.keys(valueAt(value, "/paths/~1kept/get/responses/400/links") as JsonObject)).toEqual([
      "stays",
    ]);
    expect(idsIn(value["paths"]!)).toEqual(["kept", "kept", "callback"]);
  });

  it("goes from the document's security where every operation has its own", () => {
    const { value: other } = filtered(REACH, { include: { tags: ["out"] } });
    expect(other["security"]).toBeUndefined();
    expect(Object.keys(other["components"] as JsonObject)).toEqual(["securitySchemes", "schemas"]);
  });

  it("goes from every file of the package, also from the bridge, and its faults are not read", async () => {
    const compilation = await compileText(REACH, { filters: [{ include: { tags: ["in"] } }] });
    expect(compilation.diagnostics.filter(({ severity }) => severity === "error")).toEqual([]);
    const texts = compilation.files!.filter(({ path }) => !path.startsWith("src/runtime/"));
    expect(
      texts.filter(({ text }) => /unused(?!")|gone\b|elsewhere/i.test(text)).map(({ path }) => path),
    ).toEqual([]);
    expect(fileOf(compilation, "src/openapi.ts")).toContain("OfHeir");
  });
});

it("a schema that is named by an identifier stays", () => {
  const { value, problems } = filtered(
    `openapi: 3.1.0
info: { title: T, version: "1" }
paths:
  /a: { get: { responses: { "200": { description: "", content: { a/b: { schema: { $ref: "#here" } } } } } } }
  /b: { get: { responses: { "200": { description: "", content: { a/b: { schema: { $ref: "#/components/schemas/Other" } } } } } } }
components:
  schemas:
    Named: { $anchor: here, properties: { p: { $ref: "https://x.example/inner" } } }
    Holder: { type: object, $defs: { i: { $id: "https://x.example/inner", type: string } } }
    Other: { type: object }
`,
    { include: { paths: ["/a"] } },
  );
  expect(problems).toEqual([]);
  expect(Object.keys((value["components"] as JsonObject)["schemas"] as JsonObject)).toEqual([
    "Named",
    "Holder",
  ]);
});

const SHARED = `openapi: 3.1.0
info: { title: T, version: "1" }
paths:
  /a: { $ref: "#/components/pathItems/Both" }
  /b: { $ref: "#/components/pathItems/Both" }
  /c: { $ref: "#/components/pathItems/Other" }
  /d: { $ref: "#/paths/~1e" }
  /e: { get: { operationId: e, tags: [x], responses: { "204": { description: None. } } } }
components:
  pathItems:
    Both:
      get: { operationId: read, tags: [x], responses: { "204": { description: None. } } }
      put: { operationId: write, tags: [y], responses: { "204": { description: None. } } }
    Other: { get: { operationId: other, tags: [y], responses: { "204": { description: None. } } } }
`;

describe("path items that are shared", () => {
  it("lose the operations that no path keeps", () => {
    const { value } = filtered(SHARED, { include: { tags: ["x"], paths: ["/a", "/c"] } });
    expect(value["paths"]).toEqual({ "/a": { $ref: "#/components/pathItems/Both" } });
    expect(idsIn(value["components"]!)).toEqual(["read"]);
  });

  it("stay where another path that goes held them", () => {
    const { value } = filtered(SHARED, { include: { paths: ["/d"] } });
    expect(value["paths"]).toEqual({ "/d": { $ref: "#/components/pathItems/paths-e" } });
    expect(idsIn(value["components"]!)).toEqual(["e"]);
  });
});

const MOVED = `openapi: 3.1.0
info: { title: T, version: "1" }
paths:
  /gone:
    get:
      operationId: gone
      responses:
        "200":
          description: Fine.
          content:
            application/json:
              schema:
                type: object
                properties: { next: { $ref: "#/paths/~1gone/get/responses/200/content/application~1json/schema" }, wrong: { type: strin } }
  /kept:
    get:
      operationId: kept
      responses:
        "200":
          description: Fine.
          content: { application/json: { schema: { $ref: "#/paths/~1gone/get/responses/200/content/application~1json/schema" } } }
`;

describe("a reference into an operation that goes", () => {
  const filters = [{ include: { operationIds: ["kept"] } }];

  it("gets its target as a component", async () => {
    const compilation = await compileText(MOVED.replace("strin }", "string }"), { filters });
    expect(compilation.diagnostics).toEqual([]);
    expect(fileOf(compilation, "src/types.ts")).toContain(
      "export interface PathsGoneGetResponses200ContentApplicationJsonSchema {\n  next?: PathsGoneGetResponses200ContentApplicationJsonSchema;\n",
    );
  });

  it("whose faults stand where they were written", async () => {
    const { diagnostics, documents } = await compileText(MOVED, { filters, file: "api.yaml" });
    expect(diagnosticTexts(diagnostics, { documents }, (_, shown) => shown)).toEqual([
      expect.stringMatching(/^api\.yaml:14:\d+ error: type "strin" is unknown/) as string,
    ]);
  });
});

it("filters work on documents of 2.0", async () => {
  const text = `swagger: "2.0"
info: { title: T, version: "1" }
paths:
  /a: { get: { operationId: a, tags: [x], responses: { "200": { description: Fine., schema: { $ref: "#/definitions/A" } } } } }
  /b: { get: { operationId: b, responses: { "200": { description: Fine., schema: { $ref: "#/definitions/B" } } } } }
definitions: { A: { type: object }, B: { type: object } }
`;
  const compilation = await compileText(text, { filters: [{ include: { tags: ["x"] } }] });
  expect(fileOf(compilation, "src/index.ts")).toContain("export type { A }");
});

it("a name that nothing has is a warning; filters that keep nothing are an error", async () => {
  const report = async (filter: Filter) => {
    const { diagnostics, documents } = await compileText(OPERATIONS, {
      file: "api.yaml",
      filters: [filter],
      openapi: false,
    });
    return diagnosticTexts(diagnostics, { documents }, (_, shown) => shown).join("\n");
  };
  expect(await report({ include: { tags: ["pets", "petz"] }, exclude: { deprecated: true } }))
    .toMatchInlineSnapshot(`
    "api.yaml:3:1 warning: no operation has the tag "petz": there are "pets", "admin" [filter-unmatched]
      3 | paths:
        | ^"
  `);
  expect(await report({ include: { operationIds: ["readpet"], tags: ["pets"] } })).toMatchInlineSnapshot(`
    "api.yaml:3:1 warning: no operation has the operationId "readpet": there are "listPets", "addPet", "readPet", "readToy", "purgeUsers", "petBorn" [filter-unmatched]
      3 | paths:
        | ^
    api.yaml:3:1 error: the filters keep none of the 6 operations [filter-empty]
      3 | paths:
        | ^"
  `);
  expect(await report({ exclude: { paths: ["/pet"] } })).toMatch(
    /^api\.yaml:3:1 warning: no operation has the path "\/pet": there are "\/pets", .* \[filter-unmatched\]/,
  );
  const none = OPERATIONS.replace("deprecated: true, ", "");
  expect(
    (await compileText(none, { filters: [{ exclude: { deprecated: true } }], openapi: false })).diagnostics,
  ).toEqual([]);
});

it("packages of a part of a document type-check, with their bridge", async () => {
  const folder = emptyFolder();
  linkDependencies(folder);
  const parts: [name: string, text: string, filter: Filter][] = [
    ["reach", REACH, { include: { tags: ["in"] } }],
    ["shared", SHARED, { include: { paths: ["/d"] } }],
    ["moved", MOVED.replace("strin }", "string }"), { include: { operationIds: ["kept"] } }],
  ];
  for (const [name, text, filter] of parts) {
    const { files } = await compileText(text, { name, filters: [filter] });
    expect(files!.map(({ path }) => path)).toContain("src/openapi.ts");
    writeFiles(
      folder,
      files!.map(({ path, text: content }) => ({ path: `${name}/${path}`, text: content })),
    );
  }
  const config = { extends: "./reach/tsconfig.json", include: ["*/src", "*/test"] };
  writeFiles(folder, [{ path: "tsconfig.json", text: JSON.stringify(config) }]);
  expect(await typeCheck("7", ["-p", "."], folder)).toBe("");
});

const types = (folder: string) => readFileSync(join(folder, "generated/api/src/index.ts"), "utf8");

describe("on the command line", () => {
  it("options of one kind widen each other, of different kinds narrow, and check is told the same", async () => {
    const folder = emptyFolder();
    writeFiles(folder, [{ path: "specs/api.yaml", text: OPERATIONS }]);
    const flags = ["--tag", "pets", "--tag", "admin", "--path", "/pets/**", "--no-deprecated"];
    expect(await cli(folder, "generate", ...flags)).toMatchObject({ code: 0 });
    expect(types(folder)).toContain("export {\n  listPets,\n  readPet,\n  type");
    expect(await cli(folder, "check", ...flags)).toMatchObject({ code: 0 });
    const { code, err } = await cli(folder, "check", "--operation-id", "it's");
    expect([code, err.split("\n")[0]]).toEqual([
      2,
      'specs/api.yaml:3:1 warning: no operation has the operationId "it\'s": there are "listPets", "addPet", "readPet", "readToy", "purgeUsers", "petBorn" [filter-unmatched]',
    ]);
    const drift = await cli(folder, "check", "--path", "/pets/*");
    expect(drift.err).toContain("To mend: npx clientsmith generate api --path '/pets/*'\n");
  });

  it("they narrow what the configuration keeps", async () => {
    const folder = emptyFolder();
    const config =
      'export default { apis: { api: { include: { tags: ["pets"] }, exclude: { deprecated: true } } } };\n';
    writeFiles(folder, [
      { path: "specs/api.yaml", text: OPERATIONS },
      { path: "clientsmith.config.ts", text: config },
    ]);
    expect(await cli(folder, "generate")).toMatchObject({ code: 0 });
    expect(types(folder)).toContain("export {\n  listPets,\n  readPet,\n  type");
    expect(await cli(folder, "generate", "--path", "/pets")).toMatchObject({ code: 0 });
    expect(types(folder)).not.toContain("readPet");
  });

  it.each([
    ['include: { tag: ["pets"] }', "include.tag is unknown: did you mean tags?"],
    ['exclude: { x: ["pets"] }', "exclude.x is unknown: use tags, paths, operationIds, deprecated"],
    ['exclude: { tags: "pets" }', "exclude.tags must be a list of strings"],
    ['include: { deprecated: "no" }', "include.deprecated must be true or false"],
    ['overlays: "one.yaml"', "overlays must be a list of strings"],
  ])("a configuration with %s is refused", async (setting, fault) => {
    const folder = emptyFolder();
    writeFiles(folder, [
      { path: "specs/api.yaml", text: OPERATIONS },
      { path: "clientsmith.config.ts", text: `export default { apis: { api: { ${setting} } } };\n` },
    ]);
    const err = `error: ${join(folder, "clientsmith.config.ts")}: apis.api.${fault}\n`;
    expect(await cli(folder, "generate")).toEqual({ code: 2, out: "", err });
  });
});
