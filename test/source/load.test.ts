import { expect, it } from "vitest";
import { buildModel } from "../../generator/model/build.js";
import { bundle } from "../../generator/source/bundle.js";
import { DEFAULT_LIMITS, type Limits } from "../../generator/source/limits.js";
import { loadDocuments, type FetchText, type Loaded } from "../../generator/source/load.js";
import { upgrade } from "../../generator/source/upgrade.js";
import { fetchingFrom, type Texts } from "../support/compile.js";

const HEAD = 'openapi: 3.1.0\ninfo: { title: T, version: "1" }\n';
const schemas = (text: string) => `${HEAD}components: { schemas: { ${text} } }\n`;

/** Loads a document, and tells what was asked for. */
async function load(
  text: string,
  others: Texts,
  limits: Limits = DEFAULT_LIMITS,
): Promise<Loaded & { asked: string[]; faults: string[] }> {
  const asked: string[] = [];
  const fetchText: FetchText = (request) => {
    asked.push(request.uri);
    return fetchingFrom(others)(request);
  };
  const { value, problems } = await loadDocuments({ id: "api/a.yaml", text }, fetchText, limits);
  const faults = problems.map(({ message, origin }) => `${origin.source}#${origin.pointer}: ${message}`);
  return { ...value, asked, faults };
}

it("each document is read once, however often it is named and by whatever way", async () => {
  const { documents, asked, faults } = await load(
    schemas('A: { $ref: b.yaml }, B: { $ref: "./b.yaml#/x" }, C: { $ref: "../api/b.yaml#" }'),
    {
      "api/b.yaml": "{ x: { $ref: c.json }, y: { $ref: a.yaml }, properties: { z: { $ref: c.json } } }",
      "api/c.json": "{}",
    },
  );
  expect(asked).toEqual(["file:///api/b.yaml", "file:///api/c.json"]);
  expect([...documents.keys()]).toEqual(["api/a.yaml", "api/b.yaml", "api/c.json"]);
  expect(faults).toEqual([]);
});

it("what is data is not followed, and what no reference names is not read", async () => {
  const data = `
    A:
      example: { $ref: no.yaml }
      examples: [{ $ref: no.yaml }]
      default: { $ref: no.yaml }
      const: { $ref: no.yaml }
      enum: [{ $ref: no.yaml }]
      x-a: { $ref: no.yaml }
      properties: { $ref: { type: string }, b: { $ref: "b.yaml#/Named" } }`;
  const { asked } = await load(`${HEAD}x-b: { $ref: no.yaml }\ncomponents:\n  schemas:${data}\n`, {
    "api/b.yaml": "{ Named: { type: string }, Unnamed: { $ref: no.yaml } }",
  });
  expect(asked).toEqual(["file:///api/b.yaml"]);
});

it("what stands where is decided by who refers to it", async () => {
  const { asked } = await load(
    `${HEAD}paths: { /a: { $ref: "parts.yaml#/item" } }\ncomponents: { schemas: { A: { $ref: "#/x-own/Schema" } } }
x-own: { Schema: { items: { $ref: own.yaml } } }\n`,
    {
      "api/parts.yaml":
        "item: { get: { responses: { default: { $ref: '#/response' } }, callbacks: { c: { $ref: callback.yaml } } } }\nresponse: { content: { a/b: { schema: { $ref: schema.yaml }, example: { $ref: no.yaml } } } }",
      "api/callback.yaml": "'{$request.body#/url}': { post: { requestBody: { $ref: body.yaml } } }",
      "api/own.yaml": "{}",
      "api/schema.yaml": "{ discriminator: { propertyName: a, mapping: { b: other.yaml, c: Component } } }",
      "api/other.yaml": "{}",
      "api/body.yaml": "{}",
    },
  );
  expect(asked).toEqual(
    ["parts", "own", "callback", "schema", "body", "other"].map((name) => `file:///api/${name}.yaml`),
  );
});

it("files come before what lies elsewhere, which one of them may be", async () => {
  const { asked, faults } = await load(
    schemas(
      'A: { $ref: "https://example.com/s/money" }, B: { $ref: money.yaml }, C: { $ref: "https://example.com/far" }',
    ),
    {
      "api/money.yaml": "{ $id: https://example.com/s/money, items: { $ref: cents.yaml } }",
      "api/cents.yaml": "{}",
    },
  );
  // The neighbour of a document that has an address of its own is looked for beside it.
  expect(asked).toEqual(["file:///api/money.yaml", "file:///api/cents.yaml", "https://example.com/far"]);
  expect(faults).toEqual([
    'api/a.yaml#/components/schemas/C/$ref: $ref "https://example.com/far" cannot be read: there is no such file',
  ]);
});

/** Sends one address to another. */
const redirecting: FetchText = ({ uri }) =>
  Promise.resolve(
    uri === "https://example.com/latest"
      ? {
          kind: "text",
          source: {
            id: "https://example.com/v2/a",
            uri: "https://example.com/v2/a",
            text: "{ items: { $ref: b } }",
          },
        }
      : { kind: "unreadable", reason: uri },
  );

it("a document of another address is what redirects make of it", async () => {
  const { value, problems } = await loadDocuments(
    { id: "a.yaml", text: schemas('A: { $ref: "https://example.com/latest" }') },
    redirecting,
  );
  expect([...value.documents.keys()]).toEqual(["a.yaml", "https://example.com/v2/a"]);
  expect(problems.map(({ message }) => message)).toEqual([
    '$ref "b" cannot be read: https://example.com/v2/b',
  ]);
});

it("faults are said where they are: the syntax in its file, once; what is missing at each reference", async () => {
  const { faults } = await load(
    schemas(
      'A: { $ref: broken.yaml }, B: { $ref: "broken.yaml#/x" }, C: { $ref: gone.yaml }, D: { $ref: gone.yaml }',
    ),
    { "api/broken.yaml": "a: 1\na: 2\n" },
  );
  expect(faults).toEqual([
    'api/broken.yaml#/a: the key "a" is given twice',
    'api/a.yaml#/components/schemas/C/$ref: $ref "gone.yaml" cannot be read: there is no such file',
    'api/a.yaml#/components/schemas/D/$ref: $ref "gone.yaml" cannot be read: there is no such file',
  ]);
});

const LONG = 10_000;

it("10,000 references in a row, in one document and to and fro between two, take no call stack", async () => {
  const links = Array.from({ length: LONG }, (_, index) => index);
  const one = links.map((index) => `S${index}: { $ref: "#/components/schemas/S${index + 1}" }`).join(", ");
  const across = links
    .map((index) => `"T${index}": { "$ref": "${index % 2 === 0 ? "b" : "c"}.json#/T${index + 1}" }`)
    .join(",\n");
  const other = `{ ${across}, "T${LONG}": { "type": "string" } }`;
  const loaded = await load(schemas(`${one}, S${LONG}: { $ref: "b.json#/T0" }`), {
    "api/b.json": other,
    "api/c.json": other,
  });
  expect(loaded.faults).toEqual([]);
  const upgraded = upgrade(loaded);
  const { value, problems } = buildModel(upgraded, "api/a.yaml", {
    ...DEFAULT_LIMITS,
    references: 3 * LONG,
    evaluations: 3 * LONG,
  });
  expect(problems).toEqual([]);
  expect(value!.schemas.size).toBe(2 * LONG + 1);
  expect(bundle(upgraded, "api/a.yaml", new Map()).schemas.size).toBeGreaterThan(2 * LONG);
}, 60_000);

it("documents nested 3,000 deep are searched without a call stack", async () => {
  const depth = 3_000;
  const text = `{"components":{"schemas":{"A":${'{"items":'.repeat(depth)}{"$ref":"b.yaml"}${"}".repeat(depth)}}},"openapi":"3.1.0"}`;
  expect((await load(text, { "api/b.yaml": "{}" }, { ...DEFAULT_LIMITS, depth: 10_000 })).asked).toEqual([
    "file:///api/b.yaml",
  ]);
});

it.each([
  ["a schema", schemas('A: { $ref: "b.yaml#/A" }'), "A: { $ref: a.yaml#/components/schemas/A }"],
  ["a path item", `${HEAD}paths: { /a: { $ref: "b.yaml#/A" } }\n`, "A: { $ref: a.yaml#/paths/~1a }"],
  [
    "a parameter",
    `${HEAD}paths: { /a: { get: { parameters: [{ $ref: "b.yaml#/A" }], responses: { "200": { description: A. } } } } }\n`,
    "A: { $ref: a.yaml#/paths/~1a/get/parameters/0 }",
  ],
])("a ring of references through two files is a fault: %s", async (_kind, text, other) => {
  const loaded = await load(text, { "api/b.yaml": other });
  const { problems } = buildModel(upgrade(loaded), "api/a.yaml");
  expect(new Set(problems.map(({ code }) => code))).toEqual(new Set(["ref-circular"]));
});

it("reads not more than some documents at once, for systems let nobody open them all", async () => {
  const refs = Array.from({ length: 100 }, (_, index) => `S${index}: { $ref: ${index}.yaml }`);
  let open = 0;
  let most = 0;
  const fetchText: FetchText = async ({ uri }) => {
    most = Math.max(most, ++open);
    await new Promise((resolve) => setImmediate(resolve));
    open--;
    return { kind: "text", source: { id: uri, uri, text: "type: string\n" } };
  };
  const text = `openapi: 3.1.0\ninfo: { title: T, version: "1" }\ncomponents: { schemas: { ${refs.join(", ")} } }\n`;
  const { value } = await loadDocuments({ id: "a.yaml", text }, fetchText);
  expect([value.documents.size, most]).toEqual([101, 32]);
});
