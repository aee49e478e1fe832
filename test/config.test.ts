import { existsSync, mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { loadConfig } from "../generator/config/load.js";
import { ROOT } from "./support/root.js";
import { emptyFolder } from "./support/workspace.js";

const SELF = fileURLToPath(new URL("generator/config/config.ts", ROOT));

async function loaded(folder: string, api: string) {
  const text = `import { defineConfig } from "clientsmith";\nexport default defineConfig({ apis: { ${api}: { input: "a.yaml" } } });\n`;
  writeFileSync(join(folder, "clientsmith.config.ts"), text);
  const { config } = await loadConfig(folder, SELF);
  return Object.keys(config.apis ?? {});
}

it("what a configuration compiles to is kept beside what is installed, and is never that of another text", async () => {
  const folder = emptyFolder();
  mkdirSync(join(folder, "node_modules"));
  expect(await loaded(folder, "first")).toEqual(["first"]);
  expect(existsSync(join(folder, "node_modules/.cache/clientsmith"))).toBe(true);
  expect(await loaded(folder, "second")).toEqual(["second"]);
  expect(await loaded(folder, "second")).toEqual(["second"]);
});

it("where nothing is installed, it is kept nowhere", async () => {
  const folder = emptyFolder();
  expect(await loaded(folder, "first")).toEqual(["first"]);
  expect(readdirSync(folder)).toEqual(["clientsmith.config.ts"]);
});
