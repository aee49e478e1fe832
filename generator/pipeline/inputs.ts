import { basename, resolve } from "node:path";
import { importedFiles } from "../config/imports.js";
import { limitsOf } from "../config/limits.js";
import { configPaths, listGenerated, listSpecs, loadConfig, specsFolder } from "../config/load.js";
import {
  allTargets,
  GENERATED,
  NO_API,
  selectTargets,
  UsageError,
  type LoadedConfig,
  type Target,
} from "../config/targets.js";
import type { Problem } from "../diagnostics/problem.js";
import { readDisk } from "../output/apply.js";
import { MANIFEST } from "../output/manifest.js";
import { isWhole } from "../source/dialect.js";
import type { Filter } from "../source/filter.js";
import type { Limits } from "../source/limits.js";
import type { SourceDocument } from "../source/source.js";
import { allowedBy, type Allowed } from "./allow.js";
import { DocumentReader } from "./documents.js";
import { SELF } from "./installed.js";
import { Lock, LOCK } from "./lock.js";
import type { ReadInput } from "./read.js";

/** Is told of what a run is about to read or to look for, be it there or not: a file, or a folder for the documents in it. */
export type OnRead = (path: string, kind: "file" | "folder") => void;

/** Which documents are read, and how. */
export type InputOptions = {
  /** The folder that paths start from and that may hold `clientsmith.config.ts`. */
  readonly cwd: string;
  /** Names of APIs, or paths of documents; none means every API. */
  readonly apis?: readonly string[] | undefined;
  /** The folder of the package; for one API only. */
  readonly out?: string | undefined;
  /** Goes on past each fault that has a safe reading, whatever the configuration says. */
  readonly lenient?: boolean | undefined;
  /** Overlays from `cwd`, applied after those of the configuration. */
  readonly overlays?: readonly string[] | undefined;
  /** Leaves out operations that the configuration keeps. */
  readonly filter?: Filter | undefined;
  /** Used in place of the configuration file. */
  readonly config?: LoadedConfig["config"] | undefined;
  /** What documents may refer to beside their own folder: prefixes of URLs, and paths from `cwd`. */
  readonly allowRefs?: readonly string[] | undefined;
  /** Accepts what remote documents have become. */
  readonly updateLock?: boolean | undefined;
  /** What a document may ask for, over the configuration's limits. */
  readonly limits?: Partial<Limits> | undefined;
  readonly onRead?: OnRead | undefined;
};

/** The documents that options name, and what they are read with. */
export type Inputs = {
  readonly loaded: LoadedConfig;
  /** Every API. */
  readonly all: readonly Target[];
  /** Those that are asked for. */
  readonly targets: readonly Target[];
  readonly documents: DocumentReader;
  readonly lock: Lock;
  readonly limits: Limits;
};

/** @throws {UsageError} where the options name no API. */
export async function openInputs(options: InputOptions): Promise<Inputs> {
  const { cwd, apis: names = [], out, onRead } = options;
  if (onRead) await tellConfig(cwd, onRead);
  const loaded = await loadConfig(cwd, SELF, options.config);
  if (names.length === 0) onRead?.(specsFolder(loaded.folder), "folder");
  const all = allTargets(loaded, await listSpecs(loaded.folder));
  if (all.length === 0 && names.length === 0) throw new UsageError(await withoutApi(loaded.folder));
  const targets = selectTargets(all, loaded, { names, out, cwd }).map((target) => shaped(target, options));
  const limits = limitsOf(loaded.config.limits, options.limits);
  const lock = await readLock(loaded.folder, options);
  const allowed = await readAllowed(loaded, options);
  const documents = new DocumentReader({ cwd, folder: loaded.folder, lock, limits, allowed });
  return { loaded, all, targets, documents, lock, limits };
}

async function tellConfig(folder: string, onRead: OnRead): Promise<void> {
  for (const path of configPaths(folder)) {
    onRead(path, "file");
    for (const imported of await importedFiles(path)) onRead(imported, "file");
  }
}

/** Why there is nothing to do. Packages are left as they are: where specs/ is missing, nobody has asked to delete all of them. */
async function withoutApi(folder: string): Promise<string> {
  const packages = await packagesIn(folder);
  const names = packages.map((path) => `${GENERATED}/${basename(path)}`).join(", ");
  return packages.length === 0 ? NO_API : `${NO_API}; what is left over, delete yourself: ${names}`;
}

/** The folders in `generated/` that hold a package. */
async function packagesIn(folder: string): Promise<string[]> {
  const folders = await listGenerated(folder);
  const manifests = await Promise.all(folders.map((each) => readDisk(each, [MANIFEST])));
  return folders.filter((_, index) => manifests[index]!.get(MANIFEST) !== undefined);
}

async function readLock(folder: string, { updateLock = false }: InputOptions): Promise<Lock> {
  return new Lock((await readDisk(folder, [LOCK])).get(LOCK), { isUpdating: updateLock });
}

function readAllowed(
  { config, folder }: LoadedConfig,
  { allowRefs = [], cwd }: InputOptions,
): Promise<Allowed> {
  return allowedBy([
    { prefixes: config.allowRefs ?? [], folder },
    { prefixes: allowRefs, folder: cwd },
  ]);
}

/** The target with what is asked for this run alone. */
function shaped(target: Target, { cwd, overlays = [], filter }: InputOptions): Target {
  return {
    ...target,
    overlays: [...target.overlays, ...overlays.map((path) => resolve(cwd, path))],
    filters: [...target.filters, ...(filter ? [filter] : [])],
  };
}

/** What one API is read from; undefined beside the reason where a file cannot be read. `inputs` grows while others are referred to. */
export type TargetInput = {
  readonly inputs: readonly string[];
  readonly read: ReadInput | undefined;
  readonly problems: readonly Problem[];
};

export async function readTarget(
  target: Target,
  documents: DocumentReader,
  options: Pick<InputOptions, "cwd" | "apis" | "overlays" | "lenient" | "onRead">,
): Promise<TargetInput> {
  const { input, filters } = target;
  const inputs = [input, ...target.overlays];
  for (const path of inputs) options.onRead?.(path, "file");
  const given = [...(options.apis ?? []), ...(options.overlays ?? [])];
  const named = new Set(given.map((name) => resolve(options.cwd, name)));
  const found = await Promise.all(
    inputs.map((path) => documents.readEntry(path, { isNamed: named.has(path) })),
  );
  const [source, ...overlays] = found.flatMap(({ value }) => value ?? []);
  const problems = found.flatMap((each) => each.problems);
  if (!source || overlays.length < target.overlays.length) return { inputs, read: undefined, problems };
  const fetchText = documents.fetching(input, (path) => {
    options.onRead?.(path, "file");
    inputs.push(path);
  });
  const reading = options.lenient === true ? { lenient: true } : target.reading;
  return { inputs, read: { api: target.name, source, fetchText, overlays, filters, reading }, problems };
}

/** What was read for an API. */
type Opened = {
  readonly target: Target;
  readonly inputs: readonly string[];
  readonly compilation: { readonly documents: ReadonlyMap<string, SourceDocument> };
};

/** Where no API is named: without documents that are none of their own, though they lie among them, because another refers to them. */
export function withoutParts<T extends Opened>(
  all: readonly T[],
  { apis = [] }: InputOptions,
  { config }: LoadedConfig,
): readonly T[] {
  const isConfigured = ({ target }: T) => Object.hasOwn(config.apis ?? {}, target.name);
  return apis.length > 0 ? all : all.filter((api) => isConfigured(api) || !isPart(api, all));
}

function isPart({ target, compilation }: Opened, all: readonly Opened[]): boolean {
  const [document] = compilation.documents.values();
  if (document === undefined || isWhole(document.value)) return false;
  return all.some(({ target: other, inputs }) => other !== target && inputs.includes(target.input));
}
