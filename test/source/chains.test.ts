import { describe, expect, it } from "vitest";
import { readDocuments } from "../../generator/pipeline/read.js";
import type { JsonObject, JsonValue } from "../../generator/source/json.js";
import { valueAt } from "../../generator/source/pointer.js";
import { compileText, fetchingFrom, fileOf, type Texts } from "../support/compile.js";

const ref = (index: number) => ({ $ref: `#/components/schemas/A${index}` });

/** Schemas `A0`, `A1`, … of which each is nothing but a reference to the next; the last is `end`. */
function chain(length: number, end: JsonValue): JsonObject {
  return Object.fromEntries(
    Array.from({ length }, (_, index) => [`A${index}`, index < length - 1 ? ref(index + 1) : end]),
  );
}

function documentOf(schemas: JsonObject): string {
  return JSON.stringify({ openapi: "3.1.0", info: { title: "T", version: "1" }, components: { schemas } });
}

/** The schemas of a document as the model reads them. */
async function read(
  schemas: JsonObject,
  others: Texts = {},
): Promise<(name: string) => JsonValue | undefined> {
  const source = { id: "a.json", text: documentOf(schemas) };
  const { value } = await readDocuments({ api: "a", source, fetchText: fetchingFrom(others) });
  return (name) => valueAt(value!.documents.get("a.json")!.value, `/components/schemas/${name}`);
}

describe("a chain of 10,000 references", () => {
  it("is as long as a few", async () => {
    const schema = await read(chain(10_000, { type: "string" }));
    const end = { $ref: "a.json#/components/schemas/A9999" };
    expect([schema("A0"), schema("A5000"), schema("A9978")]).toEqual([end, end, end].map(inFile));
    expect([schema("A9979"), schema("A9998"), schema("A9999")]).toEqual([
      ref(9980),
      ref(9999),
      { type: "string" },
    ]);
  });

  it("of parameters is followed to its end", async () => {
    const parameters = Object.fromEntries(
      Array.from({ length: 10_000 }, (_, index) => [
        `P${index}`,
        index < 9_999
          ? { $ref: `#/components/parameters/P${index + 1}` }
          : { name: "the-end", in: "query", schema: { type: "string" } },
      ]),
    );
    const text = JSON.stringify({
      openapi: "3.1.0",
      info: { title: "T", version: "1" },
      paths: {
        "/a": {
          get: {
            parameters: [{ $ref: "#/components/parameters/P0" }],
            responses: { 200: { description: "" } },
          },
        },
      },
      components: { parameters },
    });
    const compilation = await compileText(text, { openapi: false });
    expect(fileOf(compilation, "src/operations.ts")).toContain('"the-end"?: string');
  });
});

it("the types, validators and fixtures of a chain are those of its end", async () => {
  const compilation = await compileText(documentOf(chain(200, { type: "integer", const: 7 })), {
    file: "a.json",
  });
  expect(compilation.diagnostics).toEqual([]);
  expect(fileOf(compilation, "src/types.ts")).toContain("export type A0 = A199;");
  expect(fileOf(compilation, "src/fixtures.ts")).toContain("const a0FixturesFull = a199Fixtures.full");
});

it("a chain into another document ends there", async () => {
  const others = { "b.json": JSON.stringify({ ...chain(1, { type: "string" }) }) };
  const schema = await read(chain(50, { $ref: "b.json#/A0" }), others);
  expect(schema("A0")).toEqual(inFile({ $ref: "b.json#/A0" }));
});

it("what leads nowhere, or back, stays as it is", async () => {
  for (const end of [ref(99), ref(0), { $ref: "#/components/schemas/Gone" }]) {
    const schema = await read(chain(50, end));
    expect(schema("A0")).toEqual(ref(1));
  }
});

it("what says more than where it leads is no link", async () => {
  const schemas = { ...chain(50, { type: "string" }), A25: { ...ref(26), description: "Text" } };
  const schema = await read(schemas);
  expect(schema("A0")).toEqual(inFile({ $ref: "a.json#/components/schemas/A25" }));
  expect(schema("A25")).toEqual({ ...ref(26), description: "Text" });
});

/** A reference as it is written for every place: with the address of the document. */
function inFile({ $ref }: { $ref: string }): JsonObject {
  return { $ref: $ref.replace(/^/, "file:///") };
}
