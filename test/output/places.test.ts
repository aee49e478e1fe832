import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { applyChanges } from "../../generator/output/apply.js";
import type { FileChange } from "../../generator/output/plan.js";
import { withFolders } from "../../generator/output/session.js";
import { cli } from "../support/terminal.js";
import { emptyFolder, writeFiles } from "../support/workspace.js";

const TINY = 'openapi: 3.1.0\ninfo: { title: Tiny, version: "1" }\npaths: {}\n';

/** A folder with one document, and what `prepare` puts in the way of its package. */
async function generateInto(
  out: string,
  prepare: (folder: string) => void,
): Promise<{ folder: string; code: number; err: string }> {
  const folder = emptyFolder();
  writeFiles(folder, [{ path: "tiny.yaml", text: TINY }]);
  prepare(folder);
  return { folder, ...(await cli(folder, "generate", "tiny.yaml", "--out", out)) };
}

it("a file where the package's folder should be is named", async () => {
  const { folder, code, err } = await generateInto("out", (at) => writeFileSync(join(at, "out"), "mine"));
  expect(code).toBe(2);
  expect(err).toBe(
    `error: cannot write ${folder}/out: a file, or a link that leads nowhere, is where a folder should be\n`,
  );
  expect(readFileSync(join(folder, "out"), "utf8")).toBe("mine");
});

it("a link that leads nowhere is named, and what it names is not made", async () => {
  const { folder, code, err } = await generateInto("out", (at) =>
    symlinkSync(join(at, "nowhere"), join(at, "out")),
  );
  expect(code).toBe(2);
  expect(err).toMatch(/^error: cannot write .*out: .*a link .*leads nowhere/);
  expect(existsSync(join(folder, "nowhere"))).toBe(false);
});

it("a file system that takes no files is named", async () => {
  const { code, err } = await generateInto("/proc/clientsmith", () => undefined);
  expect(code).toBe(2);
  expect(err).toMatch(/^error: cannot write \/proc\/clientsmith: /);
});

it("a link inside the package that leads out of it is refused, and nothing is written", async () => {
  const { folder, code, err } = await generateInto("out", (at) => {
    mkdirSync(join(at, "elsewhere"));
    mkdirSync(join(at, "out"));
    symlinkSync(join(at, "elsewhere"), join(at, "out/src"));
  });
  expect(code).toBe(2);
  expect(err).toBe(`error: ${folder}/out/src is a link that leads out of ${folder}/out: remove it\n`);
  expect(readdirSync(join(folder, "elsewhere"))).toEqual([]);
  expect(readdirSync(join(folder, "out"))).toEqual(["src"]);
});

it("a workshop that is a link is refused", async () => {
  const { folder, code, err } = await generateInto("out", (at) => {
    mkdirSync(join(at, "elsewhere"));
    mkdirSync(join(at, "out"));
    symlinkSync(join(at, "elsewhere"), join(at, "out/.clientsmith"));
  });
  expect(code).toBe(2);
  expect(err).toBe(`error: ${folder}/out/.clientsmith is a link: remove it\n`);
  expect(readdirSync(join(folder, "elsewhere"))).toEqual([]);
});

it("a folder where a file should be is refused before anything is written, and leaves no folders behind", async () => {
  const { folder, code, err } = await generateInto("out", (at) =>
    mkdirSync(join(at, "out/src/index.ts"), { recursive: true }),
  );
  expect(code).toBe(2);
  expect(err).toBe(`error: cannot read ${folder}/out/src/index.ts: a folder is where a file should be\n`);
  expect(readdirSync(join(folder, "out"), { recursive: true, encoding: "utf8" }).toSorted()).toEqual([
    "src",
    "src/index.ts",
  ]);
});

it("a link in place of a file is replaced, not written through", async () => {
  const { folder, code } = await generateInto("out", (at) => {
    writeFiles(at, [{ path: "victim", text: "whole" }]);
    mkdirSync(join(at, "out"));
    symlinkSync(join(at, "victim"), join(at, "out/README.md"));
  });
  expect(code).toBe(2);
  expect((await cli(folder, "generate", "tiny.yaml", "--out", "out", "--force")).code).toBe(0);
  expect(readFileSync(join(folder, "victim"), "utf8")).toBe("whole");
  expect(readFileSync(join(folder, "out/README.md"), "utf8")).toContain("# tiny");
});

it("two APIs may not have one folder, nor one name", async () => {
  const folder = emptyFolder();
  writeFiles(
    folder,
    ["a", "b"].map((name) => ({ path: `specs/${name}.yaml`, text: TINY })),
  );
  writeFileSync(
    join(folder, "clientsmith.config.ts"),
    'export default { apis: { a: { out: "packages/Same" }, b: { out: "packages/same" } } };\n',
  );
  const same = await cli(folder, "generate");
  expect(same).toEqual({ code: 2, out: "", err: "error: a and b have the same folder: packages/same\n" });
  const twice = emptyFolder();
  writeFiles(twice, [
    { path: "specs/a.yaml", text: TINY },
    { path: "specs/a.json", text: "{}" },
  ]);
  const named = await cli(twice, "generate");
  expect(named).toEqual({
    code: 2,
    out: "",
    err: "error: specs/a.json and specs/a.yaml are both named a: name one of them in clientsmith.config.ts\n",
  });
});

it("no package is inside another's folder", async () => {
  const folder = emptyFolder();
  writeFiles(folder, [
    ...["a", "b", "c"].map((name) => ({ path: `specs/${name}.yaml`, text: TINY })),
    {
      path: "clientsmith.config.ts",
      text: 'export default { apis: { a: { out: "pk" }, b: { out: "Pk/src/b" }, c: { out: "pk-c" } } };\n',
    },
  ]);
  const err = "error: b is inside the folder of a: Pk/src/b\n";
  expect(await cli(folder, "generate")).toEqual({ code: 2, out: "", err });
  expect(readdirSync(folder).toSorted()).toEqual(["clientsmith.config.ts", "specs"]);
  expect((await cli(folder, "generate", "a", "c")).code).toBe(0);
});

it.each(["../a", "a/../../b", "/a", "."])("an API %j would be written beside generated/", async (name) => {
  const folder = emptyFolder();
  const config = { apis: { [name]: { input: "specs/a.yaml" } } };
  writeFiles(folder, [
    { path: "specs/a.yaml", text: TINY },
    { path: "clientsmith.config.ts", text: `export default ${JSON.stringify(config)};\n` },
  ]);
  const err = `error: "${name}" is no name of an API: it leads out of generated/\n`;
  expect(await cli(folder, "generate")).toEqual({ code: 2, out: "", err });
});

it("an empty path is no folder: a variable of the shell may not be set", async () => {
  const { folder, code, err } = await generateInto("", () => undefined);
  expect([code, err]).toEqual([2, 'error: --out "" names no folder: . is the one that you are in\n']);
  writeFileSync(join(folder, "clientsmith.config.ts"), 'export default { apis: { tiny: { out: "" } } };\n');
  expect((await cli(folder, "generate", "tiny.yaml")).err).toBe(
    `error: ${join(folder, "clientsmith.config.ts")}: apis.tiny.out must be a path\n`,
  );
  expect(readdirSync(folder).toSorted()).toEqual(["clientsmith.config.ts", "tiny.yaml"]);
});

it.each([
  ["Foo Bar.yaml", "foo-bar"],
  ["$(id)`x`'\".yaml", "id-x"],
  ["...yaml", "api"],
  ["_under.yaml", "under"],
  ["éclair.yaml", "eclair"],
])("a document named %s becomes the package %s, in a folder below generated/", async (file, name) => {
  const folder = emptyFolder();
  writeFiles(folder, [{ path: file, text: TINY }]);
  expect(await cli(folder, "generate", `./${file}`)).toMatchObject({ code: 0 });
  expect(readdirSync(folder).toSorted()).toEqual([file, "generated"].toSorted());
  const [only, ...others] = readdirSync(join(folder, "generated"));
  expect(others).toEqual([]);
  const manifest = JSON.parse(readFileSync(join(folder, "generated", only!, "package.json"), "utf8")) as {
    name: string;
  };
  expect(manifest.name).toBe(name);
});

it("a package name that npm would not take is refused", async () => {
  const folder = emptyFolder();
  writeFiles(folder, [
    { path: "specs/a.yaml", text: TINY },
    {
      path: "clientsmith.config.ts",
      text: 'export default { apis: { a: { packageName: "x\\"; rm -rf ~" } } };\n',
    },
  ]);
  const { code, err } = await cli(folder, "generate");
  expect(code).toBe(2);
  expect(err).toBe('error: "x\\"; rm -rf ~" is no name of an npm package\n');
});

it.each([
  [["my api", "my-api"], "my api and my-api are both the package my-api: give my-api"],
  [["日本", "中国"], "中国 and 日本 are both the package api: give 日本"],
  [["node_modules"], "npm takes no package node_modules: give node_modules"],
  [["fs"], "fs is a module of Node itself: give fs"],
])("documents named %j make no packages that npm or Node would mix up", async (names, fault) => {
  const folder = emptyFolder();
  writeFiles(
    folder,
    names.map((name) => ({ path: `specs/${name}.yaml`, text: TINY })),
  );
  for (const command of ["check", "generate"])
    expect(await cli(folder, command)).toEqual({
      code: 2,
      out: "",
      err: `error: ${fault} another packageName in clientsmith.config.ts\n`,
    });
  expect(readdirSync(folder)).toEqual(["specs"]);
  const text = `export default { scope: "@acme", apis: { "${names[0]!}": { packageName: "@acme/other" } } };\n`;
  writeFileSync(join(folder, "clientsmith.config.ts"), text);
  expect((await cli(folder, "generate")).code).toBe(0);
});

it("a part of a document is no package: it may be called as it likes", async () => {
  const folder = emptyFolder();
  const parts = ["fs", "日本", "api"];
  const schemas = parts.map((name, index) => `S${index}: { $ref: "${name}.yaml#/A" }`).join(", ");
  writeFiles(folder, [
    { path: "specs/tiny.yaml", text: `${TINY}components: { schemas: { ${schemas} } }\n` },
    ...parts.map((name) => ({ path: `specs/${name}.yaml`, text: "A: { type: string }\n" })),
  ]);
  expect((await cli(folder, "generate")).code).toBe(0);
  expect(readdirSync(join(folder, "generated"))).toEqual(["tiny"]);
});

it("a folder whose files all go and come under other names is kept, and one that stays empty goes", async () => {
  const folder = emptyFolder();
  const old = ["src/t/a.ts", "src/u/a.ts", "clientsmith.json"];
  writeFiles(
    folder,
    old.map((path) => ({ path, text: "old" })),
  );
  const changes: FileChange[] = [
    { path: "src/t/a.ts", action: "delete", drift: "left over" },
    { path: "src/t/b.ts", action: "create", drift: "stale", after: "b" },
    { path: "src/u/a.ts", action: "delete", drift: "left over" },
    { path: "clientsmith.json", action: "update", drift: "stale", after: "new" },
  ];
  await withFolders([folder], { waitMs: 0 }, () => applyChanges([{ folder, changes }]));
  expect(readdirSync(folder, { recursive: true, encoding: "utf8" }).toSorted()).toEqual([
    "clientsmith.json",
    "src",
    "src/t",
    "src/t/b.ts",
  ]);
});

it("the lock of a run that was killed goes with the next run, though there is nothing to write", async () => {
  const { folder } = await generateInto("out", () => undefined);
  const { pid } = spawnSync(process.execPath, ["-e", ""]);
  const lock = JSON.stringify({ pid, host: hostname(), token: "gone" });
  writeFiles(folder, [{ path: "out/.clientsmith/lock", text: lock }]);
  expect((await cli(folder, "generate", "tiny.yaml", "--out", "out")).err).toContain("nothing to do");
  expect(existsSync(join(folder, "out/.clientsmith"))).toBe(false);
});
