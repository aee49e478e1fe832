import { expect, it } from "vitest";
import type { Filter } from "../../generator/source/filter.js";
import { isObject, own, type JsonValue } from "../../generator/source/json.js";
import { parse } from "../../generator/source/parse.js";
import { OriginalPlaces, UpgradedPlaces } from "../../generator/source/places-2.0.js";
import { valueAt } from "../../generator/source/pointer.js";
import { compileText, fileOf } from "../support/compile.js";

const QUERY = { in: "query", type: "string" };
const DOCUMENT = {
  swagger: "2.0",
  host: "a.example",
  parameters: {
    Body: { in: "body", name: "b", schema: {} },
    Page: { ...QUERY, name: "page" },
    Replaced: { in: "formData", name: "replaced", type: "integer" },
  },
  responses: { Csv: { description: "", schema: { type: "string" } } },
  paths: {
    "/form": {
      post: {
        parameters: [
          { in: "formData", name: "file", type: "file" },
          { ...QUERY, name: "q" },
          { in: "formData", name: "note", type: "string" },
          { $ref: "#/parameters/Page" },
        ],
      },
    },
    "/merged": {
      parameters: [
        { in: "formData", name: "kept", type: "string" },
        { in: "formData", name: "replaced", type: "string" },
      ],
      post: { parameters: [{ $ref: "#/parameters/Replaced" }] },
    },
    "/shared": {
      get: { produces: ["text/csv"], responses: { "200": { $ref: "#/responses/Csv" } } },
    },
    "/body": {
      parameters: [
        { in: "body", name: "b", schema: {} },
        { ...QUERY, name: "shared" },
      ],
      post: { parameters: [{ ...QUERY, name: "q" }] },
      put: { parameters: [{ $ref: "#/parameters/Body" }] },
      get: {},
      patch: {
        consumes: ["multipart/form-data", "a/b"],
        produces: ["c/d"],
        parameters: [
          { ...QUERY, name: "q" },
          { in: "body", name: "own", schema: {} },
        ],
        responses: { "200": { description: "", schema: {} } },
      },
    },
  },
};

function read(parameter: JsonValue): JsonValue {
  const ref = isObject(parameter) ? own(parameter, "$ref") : undefined;
  return typeof ref === "string" ? valueAt(DOCUMENT, ref.slice(1))! : parameter;
}

const places = new OriginalPlaces(DOCUMENT, read);

it.each([
  ["/info/title", "/info/title"],
  ["/components/schemas/Pet/properties/a", "/definitions/Pet/properties/a"],
  ["/components/securitySchemes/key/in", "/securityDefinitions/key/in"],
  ["/components/parameters/Page/schema/enum/0", "/parameters/Page/enum/0"],
  ["/components/requestBodies/Body/content/a~1b/schema/type", "/parameters/Body/schema/type"],
  ["/components/responses/Gone/content/a~1b/schema/type", "/responses/Gone/schema/type"],
  ["/components/examples/x", "/examples/x"],
  ["/components", ""],
  ["/servers/0/url", "/host"],
  ["/paths/~1form/post/servers/0/url", "/paths/~1form/post/schemes"],
  ["/paths", "/paths"],
  ["/paths/~1form", "/paths/~1form"],
  ["/paths/~1form/post/summary", "/paths/~1form/post/summary"],
  ["/paths/~1form/post/parameters/0/schema/type", "/paths/~1form/post/parameters/1/type"],
  ["/paths/~1form/post/parameters/0/explode", "/paths/~1form/post/parameters/1/collectionFormat"],
  ["/paths/~1form/post/parameters/1/$ref", "/paths/~1form/post/parameters/3/$ref"],
  ["/paths/~1form/post/parameters", "/paths/~1form/post/parameters"],
  [
    "/paths/~1form/post/requestBody/content/a~1b/schema/properties/note/type",
    "/paths/~1form/post/parameters/2/type",
  ],
  [
    "/paths/~1form/post/requestBody/content/a~1b/encoding/note/style",
    "/paths/~1form/post/parameters/2/collectionFormat",
  ],
  ["/paths/~1form/post/requestBody/content/a~1b/schema", "/paths/~1form/post/parameters/0"],
  [
    "/paths/~1merged/post/requestBody/content/a~1b/schema/properties/kept/type",
    "/paths/~1merged/parameters/0/type",
  ],
  [
    "/paths/~1merged/post/requestBody/content/a~1b/schema/properties/replaced/type",
    "/parameters/Replaced/type",
  ],
  ["/paths/~1body/parameters/0/name", "/paths/~1body/parameters/1/name"],
  ["/paths/~1body/post/parameters/0/name", "/paths/~1body/post/parameters/0/name"],
  ["/paths/~1body/post/requestBody/content/a~1b/schema/type", "/paths/~1body/parameters/0/schema/type"],
  ["/paths/~1body/put/requestBody/content/a~1b/schema/type", "/parameters/Body/schema/type"],
  ["/paths/~1shared/get/responses/200/content/a~1b/schema/type", "/responses/Csv/schema/type"],
  ["/paths/~1shared/get/responses/200/$ref", "/paths/~1shared/get/responses/200/$ref"],
  ["/paths/~1body/get/responses/200/content/a~1b/schema/type", "/paths/~1body/get/responses/200/schema/type"],
  [
    "/paths/~1body/get/responses/200/content/a~1b/example/x",
    "/paths/~1body/get/responses/200/examples/a~1b/x",
  ],
  [
    "/paths/~1body/get/responses/200/headers/X-A/schema/type",
    "/paths/~1body/get/responses/200/headers/X-A/type",
  ],
])("%s of the upgrade stands at %s", (pointer, original) => {
  expect(places.of(pointer)).toBe(original);
});

const JSON_SCHEMA = "content/application~1json/schema";

it.each([
  ["/info/title", "/info/title"],
  ["/definitions", "/definitions"],
  ["/definitions/Pet/properties/a", "/components/schemas/Pet/properties/a"],
  ["/parameters/Page", "/components/parameters/Page"],
  ["/parameters/Gone", "/components/parameters/Gone"],
  ["/parameters/Body", "/components/requestBodies/Body"],
  ["/parameters/Body/schema/items", `/components/requestBodies/Body/${JSON_SCHEMA}/items`],
  ["/responses/Csv", "/components/responses/Csv"],
  ["/responses/Csv/schema", `/components/responses/Csv/${JSON_SCHEMA}`],
  ["/paths/~1form", "/paths/~1form"],
  ["/paths/~1form/post/parameters/1", "/paths/~1form/post/parameters/0"],
  ["/paths/~1form/post/parameters/9", "/paths/~1form/post/parameters/9"],
  ["/paths/~1form/x-post/parameters/1", "/paths/~1form/x-post/parameters/1"],
  ["/paths/~1body/parameters/1", "/paths/~1body/parameters/0"],
  ["/paths/~1body/parameters/0/schema/items", `/paths/~1body/get/requestBody/${JSON_SCHEMA}/items`],
  ["/paths/~1body/patch/parameters/1/schema", "/paths/~1body/patch/requestBody/content/a~1b/schema"],
  ["/paths/~1body/patch/responses/200", "/paths/~1body/patch/responses/200"],
  ["/paths/~1body/patch/responses/200/schema", "/paths/~1body/patch/responses/200/content/c~1d/schema"],
])("what stands at %s is referred to at %s of the upgrade", (pointer, moved) => {
  expect(new UpgradedPlaces(DOCUMENT, read).of(pointer)).toBe(moved);
});

it("what references name is found, wherever its author wrote it", async () => {
  const compilation = await compileText(`swagger: "2.0"
info: { title: T, version: "1" }
paths:
  /pets/{id}:
    parameters:
      - { in: path, name: id, type: string, required: true }
      - { in: body, name: pet, schema: { type: object, properties: { name: { type: string } } } }
    put:
      operationId: putPet
      produces: [application/vnd.pet+json]
      responses:
        "200":
          description: The pet.
          schema: { type: object, required: [id], properties: { id: { type: integer } } }
  /others:
    post:
      operationId: addOther
      parameters:
        - { in: query, name: page, type: integer }
        - { in: body, name: other, schema: { $ref: "#/paths/~1pets~1%7Bid%7D/parameters/1/schema" } }
      responses:
        "200": { $ref: "#/paths/~1pets~1{id}/put/responses/200" }
        "201": { description: Same., schema: { $ref: "#/paths/~1pets~1%7Bid%7D/put/responses/200/schema" } }
        "400": { $ref: "#/responses/Fault" }
        default: { description: Fault., schema: { $ref: "#/responses/Fault/schema/properties/detail" } }
responses:
  Fault: { description: Fault., schema: { type: object, properties: { detail: { type: string } } } }
`);
  expect(compilation.diagnostics).toEqual([]);
  const types = fileOf(compilation, "src/types.ts");
  expect(types).toContain("/paths/~1pets~1{id}/parameters/1/schema */\nexport interface PutPetBody {");
  expect(types).toContain(
    "/put/responses/200/schema */\nexport interface AddOtherResponse200 {\n  id: number;",
  );
  expect(types).toContain(
    "Fault/schema/properties/detail */\nexport type ResponsesFaultApplicationJsonDetail",
  );
  const [rule] = /addOtherOperation.*?\n};/s.exec(fileOf(compilation, "src/operations.ts"))!;
  expect(rule).toContain('{ name: "page", argument: "page", in: "query"');
  expect(rule).not.toContain("application/vnd.pet+json");
});

it.each<[name: string, filters: Filter[]]>([
  ["whole", []],
  ["filtered", [{ include: { tags: ["kept"] } }]],
])("a package says where its types and operations stand in the words of 2.0: %s", async (_name, filters) => {
  const text = `swagger: "2.0"
info: { title: T, version: "1" }
paths:
  /pets:
    post:
      operationId: addPet
      tags: [kept]
      parameters: [{ in: body, name: pet, schema: { type: object, properties: { name: { type: string } } } }]
      responses:
        "200": { description: Fine., schema: { $ref: "#/definitions/Pet" } }
        "400": { description: Not fine., schema: { type: object } }
        default: { $ref: "#/paths/~1toys/get/responses/200" }
  /toys:
    get: { operationId: getToys, responses: { "200": { description: Fine., schema: { type: object } } } }
definitions: { Pet: { type: object } }
`;
  const compilation = await compileText(text, { filters });
  const document = parse({ id: "sample.yaml", text }).value!.value;
  const code = ["types", "operations"].map((name) => fileOf(compilation, `src/${name}.ts`)).join("\n");
  const seen = [...code.matchAll(/@see #(\S*)/g)].map(([, pointer]) => pointer!);
  expect(seen).toEqual(
    expect.arrayContaining(["/definitions/Pet", "/paths/~1pets/post/parameters/0/schema"]),
  );
  expect(seen.filter((pointer) => valueAt(document, pointer) === undefined)).toEqual([]);
});
