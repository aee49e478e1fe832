import { expect, it } from "vitest";
import { compileText, fileOf } from "../support/compile.js";

/** What a package writes a form with that has this property. */
async function writerOf(property: object, encoding: object = {}): Promise<"FormData" | "by hand"> {
  const schema = { type: "object", properties: { part: property } };
  const content = { "multipart/form-data": { schema, encoding: { part: encoding } } };
  const responses = { "204": { description: "None." } };
  const document = {
    openapi: "3.1.0",
    info: { title: "Forms", version: "1" },
    servers: [{ url: "https://example.com" }],
    paths: { "/": { post: { operationId: "post", requestBody: { content }, responses } } },
    components: { schemas: { Name: { type: "string" }, Meta: { type: "object" } } },
  };
  const compilation = await compileText(JSON.stringify(document), { name: "forms", file: "document.json" });
  return fileOf(compilation, "src/operations.ts").includes("write: multipartWriter") ? "by hand" : "FormData";
}

const TEXT = { type: "string" };
const FILE = { type: "string", contentMediaType: "image/png" };
const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` });

it.each<[what: string, property: object, encoding?: object]>([
  ["text", TEXT],
  ["what is written as text", { type: ["integer", "boolean", "null"] }],
  ["a list of texts", { type: "array", items: ref("Name") }],
  ["files", { type: "array", items: FILE }, { contentType: "image/png" }],
  ["a file of OpenAPI 3.0", { type: "string", format: "binary" }, { contentType: "image/png" }],
  ["an object in a style", ref("Meta"), { style: "deepObject" }],
])("FormData holds %s", async (_what, property, encoding) => {
  expect(await writerOf(property, encoding)).toBe("FormData");
});

it.each<[what: string, property: object, encoding?: object]>([
  ["an object", ref("Meta")],
  ["a list of objects", { type: "array", items: ref("Meta") }],
  ["what may be an object", { anyOf: [TEXT, ref("Meta")] }],
  ["what may be anything", {}],
  ["a list of anything", { type: "array" }],
  ["text that has a type", TEXT, { contentType: "text/html" }],
  [
    "bytes as text",
    { type: "string", contentEncoding: "base64", contentMediaType: "image/png" },
    { contentType: "image/png" },
  ],
])("%s is written by hand: FormData would make a file of it", async (_what, property, encoding) => {
  expect(await writerOf(property, encoding)).toBe("by hand");
});
