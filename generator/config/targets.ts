import { isBuiltin } from "node:module";
import { dirname, join, parse, relative, resolve, sep } from "node:path";
import type { PackageSettings } from "../emit/settings.js";
import { sortedBy } from "../model/order.js";
import { isInside } from "../output/manifest.js";
import type { ReadingOptions } from "../source/reading-options.js";
import type { Filter } from "../source/filter.js";
import type { ApiConfig, Config } from "./config.js";

/** One package to generate: from which document, into which folder, and what it is. Paths are absolute. */
export type Target = {
  readonly name: string;
  readonly input: string;
  readonly overlays: readonly string[];
  /** An operation is kept that all of them keep. */
  readonly filters: readonly Filter[];
  readonly out: string;
  readonly settings: PackageSettings;
  readonly reading: ReadingOptions;
};

/** A configuration, and the folder that its paths start from. */
export type LoadedConfig = { readonly config: Config; readonly folder: string };

/** A request that no run can come of; its message is for the person who made it. */
export class UsageError extends Error {}

/** The folder of all packages, by convention. */
export const GENERATED = "generated";

const DOCUMENT = /\.(ya?ml|json)$/i;

/** True where a file of the folder `specs/` may be an API's document, by its name: hidden ones are those of editors and systems. */
export function isDocumentName(file: string): boolean {
  return DOCUMENT.test(file) && !file.startsWith(".");
}

/** Every API: those of the configuration, and the documents of the folder `specs/` that it does not name. */
export function allTargets(loaded: LoadedConfig, specs: readonly string[]): Target[] {
  const configured = Object.entries(loaded.config.apis ?? {});
  const astray = configured.find(([name]) => !isInside(name));
  if (astray)
    throw new UsageError(`${JSON.stringify(astray[0])} is no name of an API: it leads out of ${GENERATED}/`);
  const byName = new Map<string, ApiConfig>(configured);
  const documents = new Map<string, string>();
  const inputs = new Set(
    configured.map(([name, api]) => resolve(loaded.folder, api.input ?? join("specs", `${name}.yaml`))),
  );
  const files = sortedBy(specs.filter(isDocumentName), (each) => each);
  for (const file of files) {
    const input = join("specs", file);
    const name = apiName(file);
    if (inputs.has(resolve(loaded.folder, input)) || configured.some(([each]) => each === name)) continue;
    const other = documents.get(name);
    if (other !== undefined)
      throw new UsageError(`${other} and ${input} are both named ${name}: name one of them in ${CONFIG}`);
    documents.set(name, input);
    byName.set(name, { input });
  }
  return sortedBy(byName, ([name]) => name).map(([name, api]) => targetOf(name, api, loaded));
}

const CONFIG = "clientsmith.config.ts";

/** The name of the API that a document describes: its file's, unless that would leave the folder of all packages. */
function apiName(file: string): string {
  const { name } = parse(file);
  return /^\.*$/.test(name) ? "api" : name;
}

/** Not more than npm allows (package.json, `name`), so that it is safe in a shell, too. */
const PACKAGE_NAME = /^(?:@[a-z\d~-][a-z\d._~-]*\/)?[a-z\d~-][a-z\d._~-]{0,213}$/;

/** `Foo Bar` → `foo-bar` */
function npmName(name: string): string {
  const plain = name
    .normalize("NFKD")
    .replace(/\p{Mark}+/gu, "")
    .toLowerCase();
  const parts = plain.split(/[^a-z\d._~]+/).filter((part) => part !== "");
  return (
    parts
      .join("-")
      .replace(/^[._]+/, "")
      .slice(0, 200) || "api"
  );
}

/** @throws {UsageError} where an address is given for a path: only what a document refers to is read from elsewhere. */
function documentAt(folder: string, path: string): string {
  if (/^https?:/i.test(path))
    throw new UsageError(
      `${path} is no file: a document is read from one, and what it refers to from URLs, too`,
    );
  return resolve(folder, path);
}

function targetOf(name: string, api: ApiConfig, { config, folder }: LoadedConfig): Target {
  const out = resolve(folder, api.out ?? join(GENERATED, name));
  const { scope, repository } = config;
  const packageName = api.packageName ?? (scope === undefined ? npmName(name) : `${scope}/${npmName(name)}`);
  if (!PACKAGE_NAME.test(packageName))
    throw new UsageError(`${JSON.stringify(packageName)} is no name of an npm package`);
  const directory = relative(folder, out).split(sep).join("/");
  return {
    name,
    input: documentAt(folder, api.input ?? join("specs", `${name}.yaml`)),
    overlays: (api.overlays ?? []).map((path) => documentAt(folder, path)),
    filters: [{ include: api.include ?? {}, exclude: api.exclude ?? {} }],
    out,
    settings: {
      api: name,
      packageName,
      version: api.version ?? "0.1.0",
      license: api.license ?? config.license ?? "UNLICENSED",
      ...(repository !== undefined && { repository: { type: "git", url: repository, directory } }),
      openEnums: api.openEnums ?? config.openEnums ?? true,
      openapi: api.openapi ?? config.openapi ?? true,
    },
    reading: { lenient: api.lenient ?? config.lenient ?? false },
  };
}

export const NO_API = "there is no API: write specs/<api>.yaml, or name a file";

/** What to run on: names of APIs, or files. None means every API. */
export type Selection = {
  readonly names: readonly string[];
  readonly out?: string | undefined;
  readonly cwd: string;
};

/**
 * The targets that are asked for, in the order of their names.
 *
 * @throws {UsageError} where a name is no API and no document, or `out` is given for several.
 */
export function selectTargets(all: readonly Target[], loaded: LoadedConfig, selection: Selection): Target[] {
  const { names, out, cwd } = selection;
  const chosen = names.length === 0 ? all : names.map((name) => targetNamed(name, all, loaded, cwd));
  if (chosen.length === 0) throw new UsageError(NO_API);
  if (out === undefined) return apart(distinct(outOfSpecs([...new Set(chosen)], loaded), cwd), cwd);
  if (out === "") throw new UsageError('--out "" names no folder: . is the one that you are in');
  const [only, another] = chosen;
  if (!only || another) throw new UsageError("--out is for one API: name it");
  return outOfSpecs([{ ...only, out: resolve(cwd, out) }], loaded);
}

/** What stands among the documents is taken for one. */
function outOfSpecs(targets: Target[], { folder }: LoadedConfig): Target[] {
  const specs = join(folder, "specs");
  const inside = targets.find(({ out }) => [out, ...foldersAbove(out)].includes(specs));
  if (inside)
    throw new UsageError(
      `${inside.out} is among the documents of specs/: give ${inside.name} another folder`,
    );
  return targets;
}

/** Names that differ in case alone are one on some file systems. */
function distinct(targets: Target[], cwd: string): Target[] {
  const owners = new Map<string, string>();
  for (const { name, out } of targets) {
    const key = out.toLowerCase();
    const other = owners.get(key);
    if (other !== undefined)
      throw new UsageError(`${other} and ${name} have the same folder: ${relative(cwd, out)}`);
    owners.set(key, name);
  }
  return targets;
}

/** What compiles or packs a package takes all of its folder. */
function apart(targets: Target[], cwd: string): Target[] {
  const owners = new Map(targets.map(({ name, out }) => [out.toLowerCase(), name]));
  for (const { name, out } of targets) {
    const outer = foldersAbove(out.toLowerCase()).find((folder) => owners.has(folder));
    if (outer !== undefined)
      throw new UsageError(`${name} is inside the folder of ${owners.get(outer)!}: ${relative(cwd, out)}`);
  }
  return targets;
}

function foldersAbove(path: string): string[] {
  const folder = dirname(path);
  return folder === path ? [] : [folder, ...foldersAbove(folder)];
}

/** What npm takes for no package, though it reads like a name (npm's validate-npm-package-name). */
const NO_PACKAGES: ReadonlySet<string> = new Set(["node_modules", "favicon.ico"]);

/**
 * Makes sure that packages can be installed beside each other, and imported.
 *
 * @throws {UsageError} where npm or Node would take the name of one for something else, or two have one name.
 */
export function checkPackageNames(targets: readonly Target[]): void {
  const owners = new Map<string, string>();
  for (const { name, settings } of targets) {
    const { packageName } = settings;
    if (NO_PACKAGES.has(packageName)) throw misnamed(`npm takes no package ${packageName}`, name);
    if (isBuiltin(packageName)) throw misnamed(`${packageName} is a module of Node itself`, name);
    const other = owners.get(packageName);
    if (other !== undefined) throw misnamed(`${other} and ${name} are both the package ${packageName}`, name);
    owners.set(packageName, name);
  }
}

function misnamed(fault: string, api: string): UsageError {
  return new UsageError(`${fault}: give ${api} another packageName in ${CONFIG}`);
}

function targetNamed(name: string, all: readonly Target[], loaded: LoadedConfig, cwd: string): Target {
  const input = resolve(cwd, name);
  const known = all.find((target) => target.name === name) ?? all.find((target) => target.input === input);
  if (known) return known;
  if (!DOCUMENT.test(name)) {
    const names = all.map((target) => target.name).join(", ") || "none";
    throw new UsageError(`${JSON.stringify(name)} is no API (${names}) and no .yaml, .yml or .json file`);
  }
  const target = targetOf(apiName(name), { input: documentAt(cwd, name) }, loaded);
  return { ...target, out: resolve(cwd, GENERATED, target.name) };
}
