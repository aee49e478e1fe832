import { expect, it } from "vitest";
import { cli } from "../support/terminal.js";
import { emptyFolder, writeFiles } from "../support/workspace.js";

const document = (...paths: string[]) =>
  `openapi: 3.1.0
info: { title: T, version: "1" }
paths:
${paths.map((path) => `  ${path}: { get: { responses: { "200": { description: ok } } } }\n`).join("")}`;

async function diff(base: string, head: string) {
  const cwd = emptyFolder();
  writeFiles(cwd, [
    { path: "base.yaml", text: base },
    { path: "head.yaml", text: head },
  ]);
  return cli(cwd, "diff", "base.yaml", "head.yaml");
}

it("a fault that was there before, and has a safe reading, is not spoken of", async () => {
  const faulty = document("/a/{x}", "/a/{y}");
  const { code, out, err } = await diff(faulty, faulty);
  expect({ code, err }).toStrictEqual({ code: 0, err: "" });
  expect(out).toContain("Nothing changes");
});

it("one that has come is a warning at its line, and the review goes on", async () => {
  const { code, out, err } = await diff(document("/a/1", "/b"), document("/a/1", "/c?x=1"));
  expect(code).toBe(1);
  expect(err).toMatch(/^head\.yaml:5:3 warning: .*\[path-query\]/);
  expect(out).toContain("GET /b is gone");
});

it("a query in a path's key is a part of what names the operation", async () => {
  const { code, out } = await diff(document("/a", "/a?x=1"), document("/a", "/a?x=2"));
  expect(code).toBe(1);
  expect(out).toContain("GET /a?x=1 is gone");
  expect(out).toContain("GET /a?x=2");
});

it("one without a safe reading ends it", async () => {
  const { code, out, err } = await diff(document("/a"), "openapi: 3.1.0\npaths: []\n");
  expect({ code, out }).toStrictEqual({ code: 2, out: "" });
  expect(err).toMatch(/^head\.yaml:2:8 error: /m);
});

it("one that is not there is named as it was", async () => {
  const cwd = emptyFolder();
  writeFiles(cwd, [{ path: "base.yaml", text: document("/a") }]);
  const err = "error: head.yaml: cannot read the document: there is no such file [document-unreadable]\n";
  expect(await cli(cwd, "diff", "base.yaml", "head.yaml")).toEqual({ code: 2, out: "", err });
});

const nullable = (version: string) => `openapi: ${version}
info: { title: T, version: "1" }
paths:
  /a:
    get:
      parameters:
        - { name: q, in: query, content: { application/json: { schema: { type: string, nullable: true } } } }
      responses: { "204": { description: none } }
`;

it("a keyword that another version does not know says nothing there, as in what is generated", async () => {
  const { code, out } = await diff(nullable("3.0.3"), nullable("3.1.0"));
  expect(code).toBe(1);
  expect(out).toContain("query parameter `q` may no longer be null");
});
