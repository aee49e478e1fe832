import { readdir, readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Jiti } from "jiti";
import type { Config } from "./config.js";
import { faultsOfConfig } from "./shape.js";
import { GENERATED, UsageError, type LoadedConfig } from "./targets.js";

const FILES = ["clientsmith.config.ts", "clientsmith.config.mjs", "clientsmith.config.js"];

/**
 * The configuration of a folder: the one that is given, else its file's; the convention's, where it has none.
 *
 * @param self the module that `import … from "clientsmith"` means inside the configuration, wherever it is installed.
 * @throws {UsageError} where the file does not run or exports nothing by default, or a setting is unknown or of a wrong type.
 */
export async function loadConfig(folder: string, self: string, given?: Config): Promise<LoadedConfig> {
  if (given) return { config: checked(given, "config"), folder };
  for (const path of configPaths(folder)) {
    if (await exists(path))
      return { config: checked(await importConfig(path, self, await cacheIn(folder)), path), folder };
  }
  return { config: {}, folder };
}

/** The files of a folder that may be its configuration; the first that is there is. */
export function configPaths(folder: string): string[] {
  return FILES.map((file) => join(folder, file));
}

function checked(config: Config, source: string): Config {
  const faults = faultsOfConfig(config);
  if (faults.length > 0) throw new UsageError(`${source}: ${faults.join("; ")}`);
  return config;
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
  const module = await importAnew(jiti, path).catch((error: unknown) => {
    throw new UsageError(faultOfModule(path, error));
  });
  // Not `{ default: true }`, which gives the module itself where it has no default export.
  const value = "default" in module ? module.default : undefined;
  if (typeof value !== "object" || value === null) throw new UsageError(`${path} ${NO_DEFAULT}`);
  return value;
}

const NO_DEFAULT = "must export a configuration by default";
/** What jiti runs into where it looks whether the default export is a promise. */
const ASKED_NOTHING = /^Cannot read properties of (?:null|undefined) \(reading 'then'\)$/;

function faultOfModule(path: string, error: unknown): string {
  if (!(error instanceof Error)) return `${path}: it throws ${String(error)}`;
  return ASKED_NOTHING.test(error.message) ? `${path} ${NO_DEFAULT}` : `${path}: ${error.message}`;
}

/** Node keeps what it has loaded itself until it ends: by `--watch`, a configuration is loaded again. */
async function importAnew(jiti: Jiti, path: string): Promise<object> {
  const source = await readFile(path, "utf8");
  const isNative = path.endsWith(".mjs") || (path.endsWith(".js") && /^\s*(?:export|import)\b/m.test(source));
  if (!isNative) return jiti.import<object>(path);
  return (await jiti.evalModule(source, {
    id: path,
    filename: path,
    async: true,
    forceTranspile: true,
  })) as object;
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}

/** The folder of the documents that need no configuration. */
export function specsFolder(folder: string): string {
  return join(folder, "specs");
}

/** The names of the files in the folder `specs/` beside the configuration. */
export async function listSpecs(folder: string): Promise<string[]> {
  return readdir(specsFolder(folder)).catch(() => []);
}

/** The folders that packages have by convention, but for links: they lead to what may be anybody's. */
export async function listGenerated(folder: string): Promise<string[]> {
  const entries = await readdir(join(folder, GENERATED), { withFileTypes: true }).catch(() => []);
  return entries.filter((entry) => entry.isDirectory()).map(({ name }) => join(folder, GENERATED, name));
}
