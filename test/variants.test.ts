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
