import { describe, expect, it } from "vitest";
import { compileText, fileOf } from "../support/compile.js";
import type { JsonObject } from "../../generator/source/json.js";

/** What ends literals early, or does not end them, for the writer that prints all statements of a module. */

async function typesOf(schemas: JsonObject, content: JsonObject = {}): Promise<string> {
  const operation = { requestBody: { content }, responses: { 204: { description: "Done." } } };
  const document = {
    openapi: "3.1.1",
    info: { title: "Sample", version: "1" },
    paths: Object.keys(content).length > 0 ? { "/things": { post: operation } } : {},
    components: { schemas },
  };
  return fileOf(await compileText(JSON.stringify(document), { openapi: false }), "src/types.ts");
}

const AFTER = { type: "object", properties: { note: { type: "string", description: "Stays a comment." } } };

describe("a literal that ends with a backslash opens nothing behind it", () => {
  it.each([
    ["an enum", { enum: ["\\", "/*"] }],
    ["items", { type: "array", items: { enum: ["a", "\\", "/*", "b\\\\"] } }],
    ["a property", { type: "object", properties: { state: { enum: ["\\", "/*"] }, "\\": { const: "/*" } } }],
    ["a quote", { enum: ['"\\', "`", "'"] }],
    ["names with a prefix", { type: "object", patternProperties: { "^\\\\": { const: "/*" } } }],
  ])("%s", async (_, schema) => {
    const types = await typesOf({ A: schema, B: AFTER });
    expect(types).toContain("\n/** @see #/components/schemas/B */\nexport interface B {\n");
    expect(types).toContain("  /** Stays a comment. */\n  note?: string;\n");
  });
});

it("a media type with a character that nobody sees is written by its number", async () => {
  const document = { "image/*\u0000": {}, "text/*\\": {}, "application/json": { schema: AFTER } };
  await expect(typesOf({ A: AFTER }, document)).resolves.toContain("export interface A {");
});
