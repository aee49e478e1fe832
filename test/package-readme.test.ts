import { expect, it } from "vitest";
import { compileText, fileOf } from "./support/compile.js";
import { typeCheck } from "./support/typescript.js";
import { emptyFolder, linkDependencies, writeFiles } from "./support/workspace.js";

const EITHER = [
  "if (result.ok) console.log(result.status, result.data);",
  "else console.error(result.status, result.error);",
];

/** What a result may be decides what compiles: one that is always a success has no `error`. */
it.each<[name: string, statuses: readonly string[], lines: readonly string[]]>([
  ["a success or a failure", ["200", "404"], EITHER],
  ["whatever default is", ["default"], EITHER],
  ["a success", ["200", "2XX"], ["console.log(result.status, result.data);"]],
  ["a failure", ["404"], ["console.error(result.status, result.error);"]],
  ["nothing", [], ["console.log(result);"]],
])("the example asks a result for what it is: %s", async (_name, statuses, lines) => {
  const responses = Object.fromEntries(statuses.map((status) => [status, { description: "" }]));
  const text = JSON.stringify({
    openapi: "3.1.0",
    info: { title: "T", version: "1" },
    paths: { "/things": { get: { operationId: "listThings", responses } } },
  });
  const readme = fileOf(await compileText(text, { name: "things", file: "document.yaml" }), "README.md");
  const [, example = ""] = /await client\.listThings\(\);\n\n([^`]*)\n```/.exec(readme) ?? [];
  expect(example.split("\n")).toEqual(lines);
});

/** What the example of an operation makes its client with. */
async function clientOf(rest: object, operation: object = {}): Promise<string | undefined> {
  const get = { operationId: "listThings", responses: { "200": { description: "" } }, ...operation };
  const info = { title: "T", version: "1" };
  const text = JSON.stringify({ openapi: "3.1.0", info, paths: { "/things": { get } }, ...rest });
  const readme = fileOf(await compileText(text, { name: "things", file: "document.yaml" }), "README.md");
  const written = /^const client = createThingsClient\(([^]*?)\);$/m.exec(readme)?.[1];
  const options = written?.replaceAll(/\s+/g, " ").replaceAll(", }", " }");
  expect(readme.includes("names no absolute server"), readme).toBe(options!.includes("baseUrl"));
  return options;
}

/** Of several schemes, some of which no client carries. */
const securitySchemes = {
  basic: { type: "http", scheme: "basic" },
  key: { type: "apiKey", in: "header", name: "X-Key" },
  token: { type: "http", scheme: "bearer" },
  mutual: { type: "mutualTLS" },
};
const TOKEN = 'process.env["THINGS_TOKEN"] ?? ""';

it.each<[string, object | undefined, object, string]>([
  ["that of the document", { security: [{ token: [] }] }, {}, `auth: { token: ${TOKEN} }`],
  ["its own", { security: [{ token: [] }] }, { security: [{ key: [] }] }, `auth: { key: ${TOKEN} }`],
  [
    "a name and a password",
    undefined,
    { security: [{ basic: [] }] },
    `auth: { basic: { username: "me", password: ${TOKEN} } }`,
  ],
  [
    "all of an alternative",
    undefined,
    { security: [{ key: [], token: [] }, { basic: [] }] },
    'auth: { key: process.env["THINGS_KEY_TOKEN"] ?? "", token: process.env["THINGS_TOKEN_TOKEN"] ?? "" }',
  ],
  [
    "what a client can carry",
    undefined,
    { security: [{ mutual: [] }, { basic: [] }, { key: [] }] },
    `auth: { basic: { username: "me", password: ${TOKEN} } }`,
  ],
  ["none where anybody may call", { security: [{ token: [] }] }, { security: [] }, ""],
  ["none where none is needed", undefined, {}, ""],
])("the example has the credential that the operation takes: %s", async (_name, rest, operation, auth) => {
  const document = { servers: [{ url: "https://a.example" }], components: { securitySchemes }, ...rest };
  expect(await clientOf(document, operation)).toBe(auth && `{ ${auth} }`);
});

it.each<[string, object, object, string]>([
  ["without servers", {}, {}, '{ baseUrl: "https://api.example.com" }'],
  ["with a relative one", { servers: [{ url: "/v1" }] }, {}, '{ baseUrl: "https://api.example.com/v1" }'],
  ["with an absolute one", { servers: [{ url: "https://a.example/v1" }] }, {}, ""],
  [
    "with a relative one of the operation",
    { servers: [{ url: "https://a.example" }] },
    { servers: [{ url: "files/" }] },
    "",
  ],
  [
    "with a relative one of the operation below a relative one",
    { servers: [{ url: "/v1" }] },
    { servers: [{ url: "files/" }] },
    '{ baseUrl: "https://api.example.com/v1" }',
  ],
  ["with an absolute one of the operation", {}, { servers: [{ url: "https://a.example" }] }, ""],
])("the example names a host where the document does not: %s", async (_name, rest, operation, options) => {
  expect(await clientOf(rest, operation)).toBe(options);
});

it.each<[name: string, isSaid: boolean, rest: Cookies]>([
  ["of a parameter", true, { parameters: [{ name: "a", in: "cookie", schema: { type: "string" } }] }],
  ["of a key", true, { security: { type: "apiKey", in: "cookie", name: "a" } }],
  [
    "of neither",
    false,
    {
      parameters: [{ name: "a", in: "query", schema: { type: "string" } }],
      security: { type: "apiKey", in: "header", name: "a" },
    },
  ],
])("says that browsers send no cookie %s", async (_name, isSaid, { parameters, security }) => {
  const get = { operationId: "listThings", parameters, responses: { "200": { description: "" } } };
  const text = JSON.stringify({
    openapi: "3.1.0",
    info: { title: "T", version: "1" },
    paths: { "/things": { get } },
    ...(security && { components: { securitySchemes: { security } } }),
  });
  const readme = fileOf(await compileText(text, { name: "things", file: "document.yaml" }), "README.md");
  expect(readme.includes("Browsers send the cookies that they hold")).toBe(isSaid);
});

type Cookies = { readonly parameters?: readonly object[]; readonly security?: object };

const FILES = `openapi: 3.2.0
info: { title: T, version: "1" }
paths:
  /avatars/{id}:
    put:
      operationId: putAvatar
      parameters: [{ name: id, in: path, required: true, schema: { type: integer } }]
      requestBody: { required: true, content: { image/png: {} } }
      responses: { "204": { description: "" } }
  /pictures:
    put:
      operationId: putPicture
      requestBody: { required: true, content: { image/*: { schema: { type: string, format: binary } } } }
      responses: { "204": { description: "" } }
  /files:
    post:
      operationId: uploadFiles
      requestBody: { required: true, content: { multipart/form-data: { schema: { $ref: "#/components/schemas/Upload" } } } }
      responses: { "204": { description: "" } }
  /log:
    get:
      operationId: readLog
      description: |
        # Overview

        Each *line*
        as it comes.

        - \`one\`
      responses:
        "200": { description: "", content: { application/jsonl: { itemSchema: { type: string } } } }
        "404": { description: "" }
components:
  schemas:
    Upload:
      allOf:
        - type: object
          required: [file, note]
          properties: { file: { type: string, contentMediaType: application/pdf }, note: { type: string } }
        - type: object
          required: [others]
          properties: { others: { type: array, minItems: 1, items: { type: string, format: binary } } }
`;

it("the examples send files, and read streams", async () => {
  const readme = fileOf(await compileText(FILES, { name: "files" }), "README.md");
  const calls = [...readme.matchAll(/^const result = (.*?);\n\n(.*?)^```$/gms)].map(
    ([, call = "", lines = ""]) => [call.replace(/\s+/g, " ").replace(/,(?= \})/g, ""), lines.trim()],
  );
  expect(calls).toEqual([
    [
      'await client.putAvatar({ id: 1241, body: new Blob(["…"], { type: "image/png" }) })',
      "console.log(result.status, result.data);",
    ],
    [
      'await client.uploadFiles({ body: { file: new File(["…"], "file"), note: "A note in plain words", others: [new File(["…"], "others")] } })',
      "console.log(result.status, result.data);",
    ],
    [
      "await client.readLog()",
      "if (result.ok) for await (const item of result.data) console.log(item);\nelse console.error(result.status, result.error);",
    ],
    ['await client.putPicture({ body: new Blob(["…"]) })', "console.log(result.status, result.data);"],
  ]);
  expect(readme).toContain("\n\nEach \\*line\\* as it comes.\n\n```ts");
});

it("the examples compile, whatever the API is called", async () => {
  const folder = emptyFolder();
  linkDependencies(folder);
  const paths: Record<string, readonly string[]> = {};
  for (const name of ["class", "result", "console", "process", "validators", "client", "files"]) {
    const text =
      name === "files"
        ? FILES
        : `openapi: 3.1.0
info: { title: T, version: "1" }
security: [{ key: [] }]
paths: { /things: { get: { operationId: listThings, responses: { "200": { description: "" } } } } }
components:
  securitySchemes: { key: { type: http, scheme: bearer } }
  schemas: { Thing: { type: string } }
`;
    const { files } = await compileText(text, { name, packageName: `@acme/${name}`, openapi: false });
    const emitted = files!.map(({ path, text: content }) => ({ path: `${name}/${path}`, text: content }));
    const readme = emitted.find(({ path }) => path.endsWith("README.md"))!.text;
    const blocks = [...readme.matchAll(/^```ts\n(.*?)^```$/gms)].map(([, block = ""]) => block);
    expect(blocks.filter((block) => block.includes("Client("))).toHaveLength(name === "files" ? 5 : 2);
    writeFiles(folder, [
      ...emitted,
      ...blocks.map((block, index) => ({ path: `${name}/test/example-${index}.ts`, text: block })),
    ]);
    paths[`@acme/${name}`] = [`./${name}/src/index.ts`];
    paths[`@acme/${name}/*`] = [`./${name}/src/*.ts`];
  }
  const config = {
    extends: "./class/tsconfig.json",
    compilerOptions: { paths, types: ["node"] },
    include: ["*/src", "*/test"],
  };
  writeFiles(folder, [{ path: "tsconfig.json", text: JSON.stringify(config) }]);
  expect(await typeCheck("7", ["-p", "."], folder)).toBe("");
});
