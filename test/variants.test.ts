import { expect, it } from "vitest";
import { compileText, fileOf } from "./support/compile.js";

it("where a schema offers more choices than variants are made of, its own come before those of what it refers to", async () => {
  const many = Array.from({ length: 250 }, (_, index) => `v${index}`).join(", ");
  const compiled = await compileText(
    `openapi: 3.1.0
info: { title: T, version: "1" }
components:
  schemas:
    Many: { enum: [${many}] }
    Owner: { type: object, required: [alpha, omega], properties: { alpha: { $ref: "#/components/schemas/Many" }, omega: { enum: [x, y] } } }
`,
    { openapi: false },
  );
  const fixtures = fileOf(compiled, "src/fixtures.ts");
  expect(fixtures).toContain("  alphaV100: {");
  expect(fixtures).not.toContain("  alphaV199: {");
  expect(fixtures).toContain("  omegaX: {");
  expect(fixtures).toContain("  omegaY: {");
});

it("each end of a length and of a bound has a variant, where full is not there", async () => {
  const compiled = await compileText(
    `openapi: 3.1.0
info: { title: T, version: "1" }
components:
  schemas:
    Line:
      type: object
      properties:
        code: { type: string, pattern: "^[A-Z]+$", minLength: 2, maxLength: 4 }
        count: { type: integer, minimum: 1, maximum: 99 }
        tags: { type: array, items: { type: string }, minItems: 1, maxItems: 3 }
        huge: { type: string, maxLength: 1000000 }
`,
    { openapi: false },
  );
  const fixtures = fileOf(compiled, "src/fixtures.ts");
  const keys = [...fixtures.matchAll(/^ {2}(\w+): \{$/gm)].map(([, key]) => key);
  expect(keys).toEqual(expect.arrayContaining(["codeLongest", "countLowest", "countHighest", "tagsLongest"]));
  expect(fixtures).toMatch(/countLowest: \{\n {4}\.\.\.lineFixturesFull,\n {4}count: 1,/);
  expect(keys).not.toContain("codeShortest");
  expect(keys).not.toContain("hugeLongest");
  // These four, and each of the four properties left out.
  expect(compiled.fixtures.choices.shown).toBe(8);
  expect(compiled.fixtures.choices.leftOut).toBe(0);
});

it("an example and a default that their schema does not allow are told of where they stand, and another value is used", async () => {
  const compiled = await compileText(
    `openapi: 3.1.0
info: { title: T, version: "1" }
paths:
  /lines:
    get:
      operationId: getLines
      parameters: [{ name: count, in: query, schema: { type: integer }, example: many }]
      responses: { "204": { description: None. } }
components:
  schemas:
    Line:
      type: object
      required: [code, size]
      properties:
        code: { type: string, maxLength: 3, examples: [ABC, ABCD] }
        size: { type: integer, default: large }
`,
    { openapi: false },
  );
  expect(compiled.diagnostics.map(({ line, code, message }) => `${line} ${code} ${message}`)).toEqual([
    '7 example-invalid example "example" is not valid: must be integer',
    '15 example-invalid example "examples/1" is not valid: must NOT have more than 3 characters',
    "16 default-invalid default is not valid: must be integer",
  ]);
  expect(fileOf(compiled, "src/fixtures.ts")).toMatch(/code: "ABC",\n {2}size: 2048,/);
});
