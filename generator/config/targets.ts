import { join, parse, relative, resolve, sep } from "node:path";
import type { PackageSettings } from "../emit/settings.js";
import { sortedBy } from "../model/order.js";
import type { ReadingOptions } from "../source/reading-options.js";
import type { Filter } from "../source/filter.js";
import type { ApiConfig, Config } from "./config.js";
import { faultOfShape } from "./shape.js";

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

const DOCUMENT = /\.(ya?ml|json)$/i;

/** Every API: those of the configuration, and the documents of the folder `specs/` that it does not name. */
export function allTargets(loaded: LoadedConfig, specs: readonly string[]): Target[] {
  const configured = Object.entries(loaded.config.apis ?? {});
  const byName = new Map<string, ApiConfig>(configured);
  const inputs = new Set(
    configured.map(([name, api]) => resolve(loaded.folder, api.input ?? join("specs", `${name}.yaml`))),
  );
  for (const file of specs.filter((each) => DOCUMENT.test(each))) {
    const input = join("specs", file);
    if (!inputs.has(resolve(loaded.folder, input)) && !byName.has(parse(file).name))
      byName.set(parse(file).name, { input });
  }
  return sortedBy(byName, ([name]) => name).map(([name, api]) => targetOf(name, api, loaded));
}

function targetOf(name: string, api: ApiConfig, { config, folder }: LoadedConfig): Target {
  const fault = faultOfShape(api);
  if (fault !== undefined) throw new UsageError(`apis.${name}: ${fault}`);
  const out = resolve(folder, api.out ?? join("generated", name));
  const { scope, repository } = config;
  const directory = relative(folder, out).split(sep).join("/");
  return {
    name,
    input: resolve(folder, api.input ?? join("specs", `${name}.yaml`)),
    overlays: (api.overlays ?? []).map((path) => resolve(folder, path)),
    filters: [{ include: api.include ?? {}, exclude: api.exclude ?? {} }],
    out,
    settings: {
      api: name,
      packageName: api.packageName ?? (scope === undefined ? name : `${scope}/${name}`),
      version: api.version ?? "0.1.0",
      license: api.license ?? config.license ?? "UNLICENSED",
      ...(repository !== undefined && { repository: { type: "git", url: repository, directory } }),
      openEnums: api.openEnums ?? config.openEnums ?? true,
      openapi: api.openapi ?? config.openapi ?? true,
    },
    reading: { lenient: api.lenient ?? config.lenient ?? false },
  };
}

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
  if (chosen.length === 0) throw new UsageError("there is no API: write specs/<api>.yaml, or name a file");
  if (out === undefined) return [...new Set(chosen)];
  const [only, another] = chosen;
  if (!only || another) throw new UsageError("--out is for one API: name it");
  return [{ ...only, out: resolve(cwd, out) }];
}

function targetNamed(name: string, all: readonly Target[], loaded: LoadedConfig, cwd: string): Target {
  const input = resolve(cwd, name);
  const known = all.find((target) => target.name === name) ?? all.find((target) => target.input === input);
  if (known) return known;
  if (!DOCUMENT.test(name)) {
    const names = all.map((target) => target.name).join(", ") || "none";
    throw new UsageError(`${JSON.stringify(name)} is no API (${names}) and no .yaml, .yml or .json file`);
  }
  const target = targetOf(parse(name).name, { input }, loaded);
  return { ...target, out: resolve(cwd, "generated", target.name) };
}
