import { expect, it } from "vitest";
import { compileText, fileOf } from "./support/compile.js";

const DOCUMENT = `openapi: 3.1.0
info: { title: T, version: "1" }
paths:
  /users:
    post:
      operationId: addUser
      requestBody: { content: { application/json: { schema: { $ref: "#/components/schemas/User" } } } }
      responses: { "200": { description: "", content: { application/json: { schema: { $ref: "#/components/schemas/User" } } } } }
components:
  schemas:
    User:
      type: object
      required: [id, name, secret]
      properties: { id: { type: string, readOnly: true }, name: { type: string }, secret: { type: string, writeOnly: true } }
      default: { id: "0", name: none, secret: s }
      example: { id: "7", name: Ada, secret: xyzzy }
`;

it("an example and a default are said a direction, without what the other direction has", async () => {
  const compiled = await compileText(DOCUMENT, { openapi: false });
  expect(compiled.diagnostics).toEqual([]);
  const [, response, request] = fileOf(compiled, "src/types.ts").split("/**\n");
  expect(response).toContain('@default {"id":"0","name":"none"}\n * @example {"id":"7","name":"Ada"}\n');
  expect(request).toContain(
    '@default {"name":"none","secret":"s"}\n * @example {"name":"Ada","secret":"xyzzy"}\n',
  );
  const fixtures = fileOf(compiled, "src/fixtures.ts");
  expect(fixtures).toContain('const userFixturesFull = {\n  id: "7",\n  name: "Ada",\n} satisfies User;');
  expect(fixtures).toContain(
    'const userRequestFixturesFull = {\n  name: "Ada",\n  secret: "xyzzy",\n} satisfies UserRequest;',
  );
});

it("an example of a body is what the direction carries of it, at any depth", async () => {
  const user = { id: "7", name: "Ada", secret: "s" };
  const team = { lead: user, others: [user], byName: { ada: user } };
  const ref = { $ref: "#/components/schemas/User" };
  const content = {
    "application/json": {
      schema: {
        type: "object",
        properties: {
          lead: { anyOf: [ref, { type: "null" }] },
          others: { type: "array", items: { allOf: [ref] } },
          byName: { type: "object", additionalProperties: ref },
        },
      },
      examples: { team: { value: team } },
    },
  };
  const document = DOCUMENT.replace(
    "components:",
    `  /teams: ${JSON.stringify({ post: { operationId: "addTeam", requestBody: { content }, responses: { "200": { description: "", content } } } })}\ncomponents:`,
  );
  const fixtures = fileOf(await compileText(document, { openapi: false }), "src/fixtures.ts");
  const values = [...fixtures.matchAll(/^ +team: (\{.*?\n {4,6}\}),$/gms)].map(([, text = ""]) =>
    text.replace(/\s+/g, " ").replace(/,(?= [}\]])/g, ""),
  );
  expect(values).toEqual(
    ['{ name: "Ada", secret: "s" }', '{ id: "7", name: "Ada" }'].map(
      (each) => `{ byName: { ada: ${each} }, lead: ${each}, others: [${each}] }`,
    ),
  );
});
