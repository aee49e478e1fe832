import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import { listGenerated, specsFolder } from "../config/load.js";
import { checkPackageNames, GENERATED, UsageError, type Target } from "../config/targets.js";
import { locateProblems } from "../diagnostics/diagnostic.js";
import type { Problem } from "../diagnostics/problem.js";
import type { EmittedFile } from "../emit/typescript-module.js";
import { CHANGELOG } from "../output/changelog.js";
import { higherVersion } from "../output/versions.js";
import type { PackageSettings } from "../emit/settings.js";
import { applyChanges, isUnfinished, readDisk, type FolderChanges } from "../output/apply.js";
import { DEFAULT_WAIT_MS, isAbandoned, undisturbed, type Patience } from "../output/lock.js";
import { pinnedNames } from "../output/manifest.js";
import { isSameText, pathsToRead, planChanges, type FileChange } from "../output/plan.js";
import { readManifest } from "../output/read-manifest.js";
import { withFolders } from "../output/session.js";
import { removeIfEmpty } from "../output/folders.js";
import { compile, NO_FIXTURES, type Compilation } from "./compile.js";
import { openInputs, readTarget, withoutParts, type InputOptions, type Inputs } from "./inputs.js";
import { readRuntime, readVersion } from "./installed.js";
import {
  changelogIn,
  changelogOf,
  findLeftovers,
  foldersOfNone,
  movedFrom,
  planLeftover,
} from "./leftovers.js";
import { LOCK, type Lock } from "./lock.js";

/** What `generate` and `check` have in common: everything up to the plan. */
export type RunOptions = InputOptions & {
  readonly onStage?: ((api: string, stage: string) => void) | undefined;
  /** How long to wait for another run that writes the same package, in milliseconds. */
  readonly waitMs?: number | undefined;
  /** Called where there is such a run, with the package's folder. */
  readonly onWait?: ((folder: string) => void) | undefined;
  /** Decides the versions of packages; without it they stay as they are. */
  readonly releasing?: Releasing | undefined;
};

/** The version that a package gets, and what its CHANGELOG.md is to be. */
export type Release = {
  /** Undefined where nothing is due, and nothing was released before. */
  readonly version: string | undefined;
  readonly changelog: string | undefined;
  /** Why, for people. */
  readonly reason: string;
  /** The release that the package's files ask for, where that is another one. */
  readonly again?: ((files: readonly EmittedFile[]) => Promise<Release | undefined>) | undefined;
};

/** Decides the version of one package, and is told where that moves from; undefined where its document is refused. */
export type Releasing = (target: Target, former: string | undefined) => Promise<Release | undefined>;

/** One API, planned: nothing is written yet. */
export type PlannedApi = {
  readonly target: Target;
  /** None where the document is refused. */
  readonly changes: readonly FileChange[];
  readonly compilation: Compilation;
  /** The files that were read for it, or asked for. */
  readonly inputs: readonly string[];
  readonly release?: Release | undefined;
  /** The folder that its package moves from, with its names, its version and its changelog. */
  readonly former?: string | undefined;
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
  /** What is to change in the lock of remote documents. */
  readonly lock: { readonly folder: string; readonly change: FileChange } | undefined;
  /** The packages that belong to no API; looked for where no API is named. */
  readonly leftovers: readonly FolderChanges[];
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
  const { run, lockFile } = await planRun(options);
  const hasEdits = (each: Planned) => !options.force && editedFiles(each).length > 0;
  if (run.status === "refused" || hasEdits(run)) return { ...run, status: "refused" };
  // A run may have been killed while it removed a package: nothing but its folder is left to tell.
  const others = (await listGenerated(lockFile.folder)).map((folder) => ({ folder, changes: [] }));
  const folders = mergedByFolder([...foldersOf(run, lockFile), ...others]);
  const unfinished = await Promise.all(
    folders.map(async ({ folder }) => (await isUnfinished(folder)) || isAbandoned(folder)),
  );
  if (run.status === "fresh" && !unfinished.includes(true)) return run;
  const started = performance.now();
  const held = folders
    .filter(({ changes }, index) => unfinished[index] || changes.length > 0)
    .map(({ folder }) => folder);
  const done = await withFolders(held, patienceOf(options), async () => {
    // Another run may have written since: what is to change is found again, while nobody else can.
    const apis = await Promise.all(run.apis.map(compareAgain));
    const leaving = { digest, moved: changelogsMoved(apis) };
    const leftovers = await Promise.all(run.leftovers.map(({ folder }) => planLeftover(folder, leaving)));
    const again = { ...run, apis, leftovers, lock: await lockChange(lockFile) };
    const isWritten = !hasEdits(again);
    if (isWritten)
      await applyChanges(foldersOf(again, lockFile).filter(({ folder }) => held.includes(folder)));
    const ms = run.ms + performance.now() - started;
    return { ...again, status: isWritten ? "written" : "refused", ms } as const;
  });
  await Promise.all(run.leftovers.map(({ folder }) => removeIfEmpty(folder)));
  return done;
}

type Planned = Pick<Run, "apis" | "leftovers">;

/** The folders that a run writes, each once: a package may stand in the folder of the lock file. */
function foldersOf({ lock, ...planned }: Planned & Pick<Run, "lock">, lockFile: LockFile): FolderChanges[] {
  const ofLock = { folder: lockFile.folder, changes: lock ? [lock.change] : [] };
  return mergedByFolder([...packagesOf(planned), ofLock]);
}

function mergedByFolder(all: readonly FolderChanges[]): FolderChanges[] {
  const folders = new Map<string, readonly FileChange[]>();
  for (const { folder, changes } of all)
    folders.set(resolve(folder), [...(folders.get(resolve(folder)) ?? []), ...changes]);
  return [...folders].map(([folder, changes]) => ({ folder, changes }));
}

function packagesOf({ apis, leftovers }: Planned): FolderChanges[] {
  return [...apis.map(({ target, changes }) => ({ folder: target.out, changes })), ...leftovers];
}

/** The same in memory, compared with the disk. */
export async function runCheck(options: RunOptions): Promise<Run> {
  return (await planRun(options)).run;
}

async function planRun(options: RunOptions): Promise<{ run: Run; lockFile: LockFile }> {
  const started = performance.now();
  const { apis, leftovers, lockFile } = await planApis(options);
  const lock = await lockChange(lockFile);
  const isRefused = apis.some(isFaulty);
  const hasDrift =
    lock !== undefined || packagesOf({ apis, leftovers }).some(({ changes }) => changes.length > 0);
  const status = isRefused ? "refused" : hasDrift ? "drift" : "fresh";
  const ms = performance.now() - started;
  return { run: { status, apis, leftovers, lock, cwd: options.cwd, ms }, lockFile };
}

function isFaulty({ compilation }: PlannedApi): boolean {
  return compilation.files === undefined;
}

/** The files that somebody edited, or that are somebody else's, with their paths on disk. */
export function editedFiles(run: Planned): FileChange[] {
  return packagesOf(run).flatMap(({ folder, changes }) =>
    changes
      .filter(({ drift }) => drift === "edited")
      .map((change) => ({ ...change, path: join(folder, change.path) })),
  );
}

/** The lock of remote documents, and where its file is. */
type LockFile = { readonly folder: string; readonly lock: Lock; readonly isEveryApi: boolean };

/** What is to change in the lock file as it is now: another run may have written it. */
async function lockChange({ folder, lock, isEveryApi }: LockFile): Promise<Run["lock"]> {
  const change = lock.again((await readDisk(folder, [LOCK])).get(LOCK)).change({ isEveryApi });
  return change && { folder, change };
}

async function planApis(options: RunOptions): Promise<Planned & { lockFile: LockFile }> {
  const { loaded, all, targets, ...access } = await openInputs(options);
  // Whoever names a folder for this run alone moves nothing.
  const others =
    options.out === undefined ? await foldersOfNone({ folder: loaded.folder, targets: all }) : [];
  const shared = { ...access, others, runtime: await readRuntime(), version: await readVersion(), digest };
  const planned: PlannedApi[] = [];
  for (const target of targets) planned.push(await planApi(target, shared, options));
  const chosen = withoutParts(planned, options, loaded);
  checkPackageNames(chosen.map(({ target }) => target));
  const { folder } = loaded;
  const isEveryApi = (options.apis ?? []).length === 0;
  const every = { folder, targets: chosen.map(({ target }) => target) };
  const isWhole = isEveryApi && options.out === undefined;
  const leaving = { digest, moved: changelogsMoved(chosen), patience: patienceOf(options) };
  const leftovers = isWhole ? await findLeftovers(every, leaving) : [];
  if (leftovers.length > 0 && !existsSync(specsFolder(folder))) throw new UsageError(withoutSpecs(leftovers));
  return { apis: chosen, leftovers, lockFile: { folder, lock: access.lock, isEveryApi } };
}

/** A checkout may be without it: nobody has asked to delete what is made from it. */
function withoutSpecs(leftovers: readonly FolderChanges[]): string {
  const names = leftovers.map(({ folder }) => `${GENERATED}/${basename(folder)}`).join(", ");
  return `specs/ is not there: what belongs to no API without it, delete yourself, or make the folder: ${names}`;
}

type Shared = Pick<Inputs, "documents" | "limits"> & {
  readonly runtime: readonly EmittedFile[];
  readonly version: string;
  readonly digest: typeof digest;
  /** The folders in `generated/` that are no API's. */
  readonly others: readonly string[];
};

async function planApi(
  target: Target,
  { documents, others, ...shared }: Shared,
  options: RunOptions,
): Promise<PlannedApi> {
  const { settings, out } = target;
  const { inputs, read, problems } = await readTarget(target, documents, options);
  if (!read) return { target, inputs, changes: [], compilation: unreadable(problems) };
  const former = await movedFrom(target, others);
  const manifest = await readManifest(former ?? out);
  const pinned = pinnedNames(manifest);
  const stage = (name: string) => options.onStage?.(target.name, name);
  const compiled = async (released: string | undefined) =>
    compile({ ...read, settings: versioned(settings, released), released, pinned, ...shared }, stage);
  const first = await options.releasing?.(target, former);
  const made = await compiled(first ? first.version : manifest?.version);
  const again = made.files && (await first?.again?.(made.files));
  const release = again ?? first;
  const compilation = again ? await compiled(again.version) : made;
  const plan = () => compareAgain({ target, inputs, compilation, changes: [], release, former });
  return undisturbed(out, patienceOf(options), plan);
}

function patienceOf({ waitMs = DEFAULT_WAIT_MS, onWait }: RunOptions): Patience {
  return { waitMs, onWait };
}

async function compareAgain(api: PlannedApi): Promise<PlannedApi> {
  const { files } = api.compilation;
  if (!files) return { ...api, changes: [] };
  return { ...api, changes: [...(await compare(api.target, files)), ...(await changelogChange(api))] };
}

/** The changelog is no generated file: people write it, too, and no other run touches it. */
async function changelogChange({ target: { out }, release, former }: PlannedApi): Promise<FileChange[]> {
  const after = release?.changelog ?? (await changelogOf(out, former));
  const before = await changelogIn(out);
  if (after === undefined || isSameText(before, after)) return [];
  const file = { path: CHANGELOG, after };
  return [
    before === undefined
      ? { ...file, action: "create", drift: "missing" }
      : { ...file, action: "update", drift: "stale", before },
  ];
}

/** The folders that packages move from whose changelog goes with them. */
function changelogsMoved(apis: readonly PlannedApi[]): ReadonlySet<string> {
  const moving = apis.filter(({ changes }) =>
    changes.some(({ path, action }) => path === CHANGELOG && action === "create"),
  );
  return new Set(moving.flatMap(({ former }) => former ?? []));
}

/** A released version stays, unless the configuration asks for a higher one. */
function versioned(settings: PackageSettings, released: string | undefined): PackageSettings {
  if (released === undefined) return settings;
  return { ...settings, version: higherVersion(released, settings.version), changelog: true };
}

async function compare({ out }: Target, files: readonly EmittedFile[]): Promise<FileChange[]> {
  const paths = pathsToRead(files, await readManifest(out));
  return planChanges(files, await readDisk(out, paths), digest);
}

function unreadable(problems: readonly Problem[]): Compilation {
  return {
    files: undefined,
    fixtures: NO_FIXTURES,
    diagnostics: locateProblems(problems, new Map()),
    documents: new Map(),
  };
}

function digest(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
