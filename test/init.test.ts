import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { cli, cliOn } from "./support/terminal.js";
import { emptyFolder, writeFiles } from "./support/workspace.js";

it("writes a configuration and a document from which a package is generated", async () => {
  const folder = emptyFolder();
  const made = await cli(folder, "init", "zoo", "--scope", "@acme", "--title", 'A "zoo": #1');
  expect(made).toEqual({
    code: 0,
    out: "",
    err: "✓ clientsmith.config.ts\n✓ specs/zoo.yaml\nnext: npx clientsmith generate\n",
  });
  expect(readdirSync(folder)).toEqual(["clientsmith.config.ts", "specs"]);
  expect((await cli(folder, "generate", "--json")).code).toBe(0);
  const manifest = JSON.parse(readFileSync(join(folder, "generated/zoo/package.json"), "utf8")) as object;
  expect(manifest).toMatchObject({
    name: "@acme/zoo",
    description: expect.stringContaining('A "zoo": #1') as string,
  });
});

it("asks for what is not given, where somebody is there to answer", async () => {
  const folder = emptyFolder();
  const questions: string[] = [];
  const answers = ["shop", "", "@shop"];
  const ask = (question: string) => {
    questions.push(question);
    return Promise.resolve(answers[questions.length - 1]!);
  };
  expect((await cliOn({ ask }, folder, "init")).code).toBe(0);
  expect(questions).toEqual(["Name of the API [api]: ", "Title [shop]: ", "npm scope (@acme): "]);
  expect(readFileSync(join(folder, "clientsmith.config.ts"), "utf8")).toBe(
    'import { defineConfig } from "clientsmith";\n\nexport default defineConfig({\n  scope: "@shop",\n});\n',
  );
});

it("changes no file that is there, and writes none of the others", async () => {
  const folder = emptyFolder();
  writeFileSync(join(folder, "clientsmith.config.ts"), "mine");
  const { code, err } = await cli(folder, "init", "zoo");
  expect([code, err]).toEqual([
    2,
    `error: ${join(folder, "clientsmith.config.ts")} is there: nothing was written\n`,
  ]);
  expect(readFileSync(join(folder, "clientsmith.config.ts"), "utf8")).toBe("mine");
  expect(existsSync(join(folder, "specs"))).toBe(false);
  writeFiles(folder, [{ path: "specs/zoo.yaml", text: "mine" }]);
  expect((await cli(folder, "init", "zoo")).err).toContain("specs/zoo.yaml are there: nothing was written\n");
});

it.each([0, 1, 2])("writes nothing where the person leaves question %i", async (left) => {
  const folder = emptyFolder();
  let asked = 0;
  const ask = () => Promise.resolve(asked++ === left ? undefined : "");
  const { code, err } = await cliOn({ ask }, folder, "init");
  expect([code, err, readdirSync(folder)]).toEqual([130, "\nnothing was written\n", []]);
});

it.each([
  "clientsmith.config.js",
  "clientsmith.config.mjs",
  "clientsmith.config.cts",
  "specs/zoo.json",
  "specs/Zoo.yml",
])("writes nothing beside %s", async (path) => {
  const folder = emptyFolder();
  writeFiles(folder, [{ path, text: "mine" }]);
  const before = readdirSync(folder, { recursive: true });
  const { code, err } = await cli(folder, "init", "zoo");
  expect([code, err]).toEqual([2, `error: ${join(folder, path)} is there: nothing was written\n`]);
  expect(readdirSync(folder, { recursive: true })).toEqual(before);
});

it.each([
  [["../zoo"], '"../zoo" is no name of an API: letters, digits, - and _'],
  [["zoo", "--scope", "acme"], '"acme" is no npm scope: it looks like @acme'],
  [["zoo", "shop"], "init makes one API: name it"],
])("refuses %j", async (args, message) => {
  const folder = emptyFolder();
  expect(await cli(folder, "init", ...args)).toEqual({ code: 2, out: "", err: `error: ${message}\n` });
  expect(readdirSync(folder)).toEqual([]);
});
