import { execFile } from "node:child_process";
import { cpSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, it } from "vitest";
import { largeDocument } from "./support/large-document.js";
import { ROOT } from "./support/root.js";
import { typeCheck } from "./support/typescript.js";
import { emptyFolder, writeFiles } from "./support/workspace.js";

const run = promisify(execFile);
const NPM = ["--no-audit", "--no-fund", "--prefer-offline", "--loglevel=error"];

/** What `npx` was told to run the tests with (`npx -p node@24 …`) is nothing to the one that a test runs. */
const OUTSIDE_NPX = { ...process.env, npm_config_call: undefined, npm_config_package: undefined };

const SCRIPT = `import { check, defineConfig, generate, type Outcome } from "clientsmith";

const config = defineConfig({ scope: "@acme" });
const written: Outcome = await generate({ apis: ["specs/cargo.yaml"], out: "second", config });
const fresh: Outcome = await check({ apis: ["specs/cargo.yaml"], out: "second", config });
console.log(written.status, fresh.status, fresh.apis[0]?.fixtures.refused);
`;

it("the packed tarball, installed in an empty folder, generates a client by its bin and by its interface", async () => {
  const folder = emptyFolder();
  const packed = await run("npm", ["pack", "--json", "--pack-destination", folder, ...NPM], {
    cwd: fileURLToPath(ROOT),
  });
  const [{ filename, files }] = JSON.parse(packed.stdout) as [
    { filename: string; files: { path: string }[] },
  ];
  expect(
    files
      .map(({ path }) => path)
      .filter((path) => !/^(dist|generator\/runtime)\//.test(path))
      .toSorted(),
  ).toEqual(["LICENSE", "README.md", "package.json"]);
  writeFiles(folder, [
    { path: "package.json", text: '{ "type": "module" }' },
    { path: "script.mts", text: SCRIPT },
    { path: "large.json", text: JSON.stringify(largeDocument()) },
  ]);
  cpSync(fileURLToPath(new URL("specs/cargo.yaml", ROOT)), join(folder, "specs/cargo.yaml"));
  await run("npm", ["install", filename, ...NPM], { cwd: folder });

  const generated = async (file: string, out: string) => {
    const bin = ["clientsmith", "generate", file, "--out", out, "--json"];
    const { stdout } = await run("npx", bin, { cwd: folder, env: OUTSIDE_NPX });
    return JSON.parse(stdout) as unknown;
  };
  expect(await generated("specs/cargo.yaml", "client")).toMatchObject({
    apis: [{ name: "cargo", out: "client", diagnostics: [] }],
  });
  const types = readFileSync(new URL("generated/cargo/src/types.ts", ROOT), "utf8");
  expect(readFileSync(join(folder, "client/src/types.ts"), "utf8")).toBe(types);
  // For this one it starts threads.
  expect(await generated("large.json", "large")).toMatchObject({
    apis: [{ name: "large", diagnostics: [] }],
  });

  const flags = [
    "--strict",
    "--target",
    "es2022",
    "--module",
    "nodenext",
    "--types",
    "",
    "--lib",
    "es2022,dom",
  ];
  expect(await typeCheck("7", [...flags, "--outDir", "built", "script.mts"], folder)).toBe("");
  const { stdout: printed } = await run(process.execPath, ["built/script.mjs"], { cwd: folder });
  expect(printed).toBe("written fresh 0\n");
});
