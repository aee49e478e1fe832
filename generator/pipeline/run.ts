import { createHash } from "node:crypto";
import { readdir, readFile, stat } from "node:fs/promises";
import { join, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { listSpecs, loadConfig } from "../config/load.js";
import { limitsOf } from "../config/limits.js";
import { allTargets, selectTargets, type LoadedConfig, type Target } from "../config/targets.js";
import { locateProblems } from "../diagnostics/diagnostic.js";
import { problem, type Problem, type Staged } from "../diagnostics/problem.js";
import type { EmittedFile } from "../emit/typescript-module.js";
import { sortedBy } from "../model/order.js";
import { applyChanges, isUnfinished, readDisk } from "../output/apply.js";
import { DEFAULT_WAIT_MS, undisturbed, type Patience } from "../output/lock.js";
import { MANIFEST } from "../output/manifest.js";
import { pathsToRead, planChanges, type FileChange } from "../output/plan.js";
import { decode } from "../source/decode.js";
import type { Limits } from "../source/limits.js";
import { overLimit } from "../source/parse.js";
import type { SourceId } from "../source/source.js";
import { withFolders } from "../output/session.js";
import { compile, type Compilation } from "./compile.js";

/** What `generate` and `check` have in common: everything up to the plan. */
export type RunOptions = {
  /** The folder that paths start from and that may hold `clientsmith.config.ts`. */
  readonly cwd: string;
  /** Names of APIs, or paths of documents; none means every API. */
  readonly apis?: readonly string[] | undefined;
  /** The folder of the package; for one API only. */
  readonly out?: string | undefined;
  /** Used in place of the configuration file. */
  readonly config?: LoadedConfig["config"] | undefined;
  /** What a document may ask for, over the configuration's limits. */
  readonly limits?: Partial<Limits> | undefined;
  readonly onStage?: ((api: string, stage: string) => void) | undefined;
  /** How long to wait for another run that writes the same package, in milliseconds. */
  readonly waitMs?: number | undefined;
  /** Called where there is such a run, with the package's folder. */
  readonly onWait?: ((folder: string) => void) | undefined;
};

/** One API, planned: nothing is written yet. */
export type PlannedApi = {
  readonly target: Target;
  /** None where the document is refused. */
  readonly changes: readonly FileChange[];
  readonly compilation: Compilation;
};

/** What became of the documents, and what is to change on disk. */
export type Run = {
  /**
   * - `refused`: a document has errors, or (by `generate`) a file was edited by hand; nothing was written;
   * - `fresh`: the packages are what the documents say; `drift`: they are not;
   * - `written`: they were not, and are now.
   */
  readonly status: "refused" | "fresh" | "drift" | "written";
  readonly apis: readonly PlannedApi[];
  readonly cwd: string;
  /** How long it took, in milliseconds. */
  readonly ms: number;
};

/**
 * Documents → packages on disk: all of them, or none where one is refused. A file that was edited by hand is not
 * overwritten unless `force` is set.
 *
 * @throws {UsageError} where the options name no API. @throws {OutputError} where a package's folder cannot be written.
 */
export async function runGenerate(
  options: RunOptions & { readonly force?: boolean | undefined },
): Promise<Run> {
  const run = await runCheck(options);
  const isHeld = (each: Pick<Run, "apis">) => !options.force && editedFiles(each).length > 0;
  if (run.status === "refused" || isHeld(run)) return { ...run, status: "refused" };
  const folders = run.apis.map(({ target }) => target.out);
  const unfinished = await Promise.all(folders.map(isUnfinished));
  if (run.status === "fresh" && !unfinished.includes(true)) return run;
  const started = performance.now();
  const changed = folders.filter((_, index) => unfinished[index] || run.apis[index]!.changes.length > 0);
  return withFolders(changed, patienceOf(options), async () => {
    // Another run may have written since: what is to change is found again, while nobody else can.
    const apis = await Promise.all(run.apis.map(compareAgain));
    const ms = run.ms + performance.now() - started;
    if (isHeld({ apis })) return { ...run, apis, status: "refused", ms };
    await applyChanges(
      apis
        .filter(({ target }) => changed.includes(target.out))
        .map(({ target, changes }) => ({ folder: target.out, changes })),
    );
    return { ...run, apis, status: "written", ms };
  });
}

/** The same in memory, compared with the disk. */
export async function runCheck(options: RunOptions): Promise<Run> {
  const started = performance.now();
  const apis = await planApis(options);
  const isRefused = apis.some(({ compilation }) => compilation.files === undefined);
  const hasDrift = apis.some(({ changes }) => changes.length > 0);
  const status = isRefused ? "refused" : hasDrift ? "drift" : "fresh";
  return { status, apis, cwd: options.cwd, ms: performance.now() - started };
}

/** The generated files that somebody edited, by their path on disk. */
export function editedFiles(run: Pick<Run, "apis">): string[] {
  return run.apis.flatMap(({ target, changes }) =>
    changes.filter(({ drift }) => drift === "edited").map(({ path }) => join(target.out, path)),
  );
}

async function planApis(options: RunOptions): Promise<PlannedApi[]> {
  const { cwd, apis = [], out } = options;
  const loaded = options.config ? { config: options.config, folder: cwd } : await loadConfig(cwd, SELF);
  const targets = selectTargets(allTargets(loaded, await listSpecs(loaded.folder)), loaded, {
    names: apis,
    out,
    cwd,
  });
  const limits = limitsOf(loaded.config.limits, options.limits);
  const shared = { runtime: await readRuntime(), version: await readVersion(), digest, limits };
  const planned: PlannedApi[] = [];
  for (const target of targets) planned.push(await planApi(target, shared, options));
  return planned;
}

type Shared = {
  readonly runtime: readonly EmittedFile[];
  readonly version: string;
  readonly digest: typeof digest;
  readonly limits: Limits;
};

async function planApi(target: Target, shared: Shared, options: RunOptions): Promise<PlannedApi> {
  const { cwd, onStage } = options;
  const id = relative(cwd, target.input).split(sep).join("/");
  const { value: text, problems } = await readSource(target.input, id, shared.limits);
  if (text === undefined) return { target, changes: [], compilation: unreadable(problems) };
  const source = { id, text };
  const stage = (name: string) => onStage?.(target.name, name);
  const compilation = await compile({ source, settings: target.settings, ...shared }, stage);
  const plan = () => compareAgain({ target, compilation, changes: [] });
  return undisturbed(target.out, patienceOf(options), plan);
}

function patienceOf({ waitMs = DEFAULT_WAIT_MS, onWait }: RunOptions): Patience {
  return { waitMs, onWait };
}

async function compareAgain({ target, compilation }: PlannedApi): Promise<PlannedApi> {
  return { target, compilation, changes: compilation.files ? await compare(target, compilation.files) : [] };
}

async function compare({ out }: Target, files: readonly EmittedFile[]): Promise<FileChange[]> {
  const manifest = (await readDisk(out, [MANIFEST])).get(MANIFEST);
  return planChanges(files, await readDisk(out, pathsToRead(files, manifest)), digest);
}

/** The text of a document. One that is too large is not read. */
async function readSource(path: string, id: SourceId, limits: Limits): Promise<Staged<string | undefined>> {
  const origin = { source: id, pointer: "" };
  try {
    if ((await stat(path)).size > limits.bytes)
      return { value: undefined, problems: [overLimit("bytes", limits, { origin })] };
    return decode(id, await readFile(path));
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const reason = code === "ENOENT" ? "there is no such file" : message;
    return { value: undefined, problems: [problem("document-unreadable", { reason }, { origin })] };
  }
}

function unreadable(problems: readonly Problem[]): Compilation {
  return {
    files: undefined,
    fixtures: { valid: 0, refused: 0 },
    diagnostics: locateProblems(problems, new Map()),
    documents: new Map(),
  };
}

function digest(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

/** What `import { defineConfig } from "clientsmith"` means inside a configuration: the one light module of it. */
const SELF = fileURLToPath(
  new URL(import.meta.url.endsWith(".ts") ? "../config/config.ts" : "../config/config.js", import.meta.url),
);

/** The client code that is copied into each package: TypeScript, also where clientsmith itself runs compiled. */
async function readRuntime(): Promise<EmittedFile[]> {
  const folder = fileURLToPath(new URL(RUNTIME, import.meta.url));
  const names = sortedBy(
    (await readdir(folder)).filter((name) => name.endsWith(".ts")),
    (name) => name,
  );
  return Promise.all(
    names.map(async (name) => ({ path: name, text: await readFile(join(folder, name), "utf8") })),
  );
}

/** From the sources as from `dist/`, both one folder below the package's root. */
const RUNTIME = "../../generator/runtime/";

async function readVersion(): Promise<string> {
  const manifest = JSON.parse(await readFile(new URL("../../package.json", import.meta.url), "utf8")) as {
    version: string;
  };
  return manifest.version;
}
