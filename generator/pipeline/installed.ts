import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { EmittedFile } from "../emit/typescript-module.js";
import { sortedBy } from "../model/order.js";
import { withPlainLines } from "../output/plan.js";

/** What `import { defineConfig } from "clientsmith"` means inside a configuration: the one light module of it. */
export const SELF = fileURLToPath(
  new URL(import.meta.url.endsWith(".ts") ? "../config/config.ts" : "../config/config.js", import.meta.url),
);

/** The client code that is copied into each package: TypeScript, also where clientsmith itself runs compiled. */
export async function readRuntime(): Promise<EmittedFile[]> {
  const folder = fileURLToPath(new URL(RUNTIME, import.meta.url));
  const names = sortedBy(
    (await readdir(folder)).filter((name) => name.endsWith(".ts")),
    (name) => name,
  );
  return Promise.all(
    names.map(async (name) => ({
      path: name,
      text: withPlainLines(await readFile(join(folder, name), "utf8")),
    })),
  );
}

/** From the sources as from `dist/`, both one folder below the package's root. */
const RUNTIME = "../../generator/runtime/";

/** The version of clientsmith. */
export async function readVersion(): Promise<string> {
  const manifest = JSON.parse(await readFile(new URL("../../package.json", import.meta.url), "utf8")) as {
    version: string;
  };
  return manifest.version;
}
