import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Config } from "./config.js";
import { UsageError, type LoadedConfig } from "./targets.js";

const FILES = ["clientsmith.config.ts", "clientsmith.config.mjs", "clientsmith.config.js"];

/**
 * The configuration of a folder; the convention's, where it has none.
 *
 * @param self the module that `import … from "clientsmith"` means inside the configuration, wherever it is installed.
 * @throws {UsageError} where the file does not run, or exports no object.
 */
export async function loadConfig(folder: string, self: string): Promise<LoadedConfig> {
  for (const file of FILES) {
    const path = join(folder, file);
    if (await exists(path)) return { config: await importConfig(path, self, await cacheIn(folder)), folder };
  }
  return { config: {}, folder };
}

/** Where what a configuration compiles to is kept: beside what is installed there, and nowhere where others write, too. */
async function cacheIn(folder: string): Promise<string | false> {
  const installed = join(folder, "node_modules");
  return (await exists(installed)) ? join(installed, ".cache/clientsmith") : false;
}

async function importConfig(path: string, self: string, fsCache: string | false): Promise<Config> {
  const { createJiti } = await import("jiti");
  const jiti = createJiti(pathToFileURL(path).href, {
    alias: { clientsmith: self },
    fsCache,
    moduleCache: false,
  });
  const value: unknown = await jiti.import(path, { default: true }).catch((error: unknown) => {
    throw new UsageError(`${path}: ${(error as Error).message}`);
  });
  if (typeof value !== "object" || value === null)
    throw new UsageError(`${path} must export a configuration by default`);
  return value;
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}

/** The names of the files in the folder `specs/` beside the configuration. */
export async function listSpecs(folder: string): Promise<string[]> {
  return readdir(join(folder, "specs")).catch(() => []);
}
