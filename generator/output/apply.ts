import { randomUUID } from "node:crypto";
import {
  lstat,
  mkdir,
  readdir,
  readFile,
  realpath,
  rename,
  rm,
  rmdir,
  stat,
  writeFile,
} from "node:fs/promises";
import { dirname, join, relative, resolve, sep } from "node:path";
import { makeFolders, nearestThere } from "./folders.js";
import {
  parseCommitment,
  parseJournal,
  stepsOf,
  WORKSHOP,
  type Commitment,
  type Journal,
  type Step,
} from "./journal.js";
import { faultOf, OutputError } from "./output-error.js";
import { MANIFEST } from "./manifest.js";
import type { Disk, FileChange } from "./plan.js";

/**
 * The only place that writes packages. A run is all or nothing, for one package and for several:
 *
 * 1. every new file is staged in the workshop of its package, and each package gets a journal;
 * 2. the commitment takes its place, by one rename: from here on the run has happened;
 * 3. the staged files take their places, the workshops go, the commitment goes.
 *
 * A run that is killed before the second step has changed nothing but workshops, which the next run clears. One that is killed
 * after it is seen as done by whoever reads through here, and is completed by the next run that writes.
 */

/** The changes to one package's folder. */
export type FolderChanges = { readonly folder: string; readonly changes: readonly FileChange[] };

/** The texts of the files of a folder; undefined where a path names no file. A run that is decided is seen as done. */
export async function readDisk(folder: string, paths: readonly string[]): Promise<Disk> {
  const journal = await decidedJournal(folder);
  const steps = new Map((journal?.steps ?? []).map((step) => [step.path, step]));
  const read = async (path: string) => {
    const step = steps.get(path);
    const staged = step?.staged === undefined ? undefined : await readText(stagedAt(folder, journal!, step));
    // What is no longer staged has taken its place.
    return staged ?? (step && step.staged === undefined ? undefined : await readText(join(folder, path)));
  };
  return new Map(await Promise.all(paths.map(async (path) => [path, await read(path)] as const)));
}

async function readText(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, "utf8");
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "ENOENT" || code === "ENOTDIR") return undefined;
    throw new OutputError(`cannot read ${path}: ${faultOf(error)}`);
  }
}

/** The journal of a run that is decided and not yet completed; undefined where there is none. */
async function decidedJournal(folder: string): Promise<Journal | undefined> {
  const journal = parseJournal(await readText(inWorkshop(folder, JOURNAL)));
  const commitment = journal && (await commitmentOf(resolve(folder, journal.coordinator)));
  return journal && commitment?.run === journal.run ? journal : undefined;
}

const JOURNAL = "journal.json";
const COMMITMENT = "commitment.json";

async function commitmentOf(coordinator: string): Promise<Commitment | undefined> {
  return parseCommitment(await readText(inWorkshop(coordinator, COMMITMENT)));
}

function inWorkshop(folder: string, name: string): string {
  return join(folder, WORKSHOP, name);
}

function stagedAt(folder: string, { run }: Pick<Journal, "run">, { staged }: Step): string {
  return inWorkshop(folder, join(run, staged!));
}

/** The folders of the packages that a killed run had decided to write; all of them are to be locked before it is completed. */
export async function unfinishedWith(folder: string): Promise<string[]> {
  const journal = await decidedJournal(folder);
  const coordinator = journal ? resolve(folder, journal.coordinator) : folder;
  const commitment = await commitmentOf(coordinator);
  const packages = (commitment?.packages ?? []).map((each) => resolve(coordinator, each));
  const runs = await Promise.all(packages.map(async (each) => (await decidedJournal(each))?.run));
  return packages.filter((_, index) => runs[index] === commitment?.run);
}

/** True where a run was killed: its workshop is still there. */
export async function isUnfinished(folder: string): Promise<boolean> {
  return (await readdir(join(folder, WORKSHOP)).catch(() => [])).some((name) => !isLock(name));
}

function isLock(name: string): boolean {
  return name.startsWith("lock");
}

/** Completes what a killed run had decided, and clears what it had not. The folders are locked. */
export async function recover(folders: readonly string[]): Promise<void> {
  for (const folder of folders) {
    const journal = await decidedJournal(folder);
    if (journal) await complete(folder, journal);
  }
  for (const folder of folders) await clearWorkshop(folder);
}

/**
 * Applies the changes to the folders, which are locked: all of them or none.
 *
 * @throws {OutputError} where a folder cannot be written as it must be.
 */
export async function applyChanges(packages: readonly FolderChanges[]): Promise<void> {
  const changed = packages.filter(({ changes }) => changes.length > 0);
  const [first] = changed;
  if (!first) return;
  const run = randomUUID();
  const made: string[] = [];
  const journals = changed.map(({ folder, changes }) => {
    const coordinator = relative(folder, first.folder);
    return { folder, changes, journal: { run, coordinator, steps: stepsOf(changes) } };
  });
  try {
    for (const each of journals) await stage(each, made);
    await commit(first.folder, {
      run,
      packages: journals.map(({ folder }) => relative(first.folder, folder)),
    });
  } catch (error) {
    for (const { folder } of journals) await clearWorkshop(folder);
    for (const folder of made) await rmdir(folder).catch(() => undefined);
    if (error instanceof OutputError) throw error;
    // Where a disk is full, Node does not say at which file.
    const path = (error as NodeJS.ErrnoException).path ?? first.folder;
    throw new OutputError(`cannot write ${path}: ${faultOf(error)}`);
  }
  for (const { folder, journal } of journals) await complete(folder, journal);
  for (const { folder } of journals.toReversed()) await clearWorkshop(folder);
}

type Staging = {
  readonly folder: string;
  readonly changes: readonly FileChange[];
  readonly journal: Journal;
};

/** Writes all new files into the workshop, and makes sure that nothing is in the way of their places. */
async function stage({ folder, changes, journal }: Staging, made: string[]): Promise<void> {
  const texts = new Map(changes.map(({ path, after }) => [path, after]));
  await mkdir(inWorkshop(folder, journal.run));
  await prepareParents(folder, journal, made);
  await together(journal.steps, async (step) => {
    await refuseFolder(join(folder, step.path));
    if (step.staged !== undefined) await writeFile(stagedAt(folder, journal, step), texts.get(step.path)!);
  });
  await writeFile(inWorkshop(folder, JOURNAL), JSON.stringify(journal));
}

async function prepareParents(folder: string, { steps }: Journal, made: string[]): Promise<void> {
  const parents = new Set(steps.map(({ path }) => dirname(join(folder, path))));
  for (const parent of parents) await prepareParent(folder, parent, made);
}

/** Makes the folder that a file is to stand in, which must be inside the package and on its disk. */
async function prepareParent(folder: string, parent: string, made: string[]): Promise<void> {
  const nearest = await nearestThere(parent);
  const root = await realpath(folder);
  const real = await realpath(nearest);
  if (real !== root && !real.startsWith(root + sep))
    throw new OutputError(`${nearest} is a link that leads out of ${folder}: remove it`);
  if ((await stat(real)).dev !== (await stat(root)).dev)
    throw new OutputError(`${nearest} is on another disk than ${folder}`);
  if (!(await stat(real)).isDirectory())
    throw new OutputError(`cannot write ${parent}: a file is where a folder should be`);
  await makeFolders(parent, made);
}

async function refuseFolder(path: string): Promise<void> {
  const found = await lstat(path).catch(() => undefined);
  if (found?.isDirectory()) throw new OutputError(`cannot write ${path}: a folder is where a file should be`);
}

/** The moment in which the run happens. */
async function commit(coordinator: string, commitment: Commitment): Promise<void> {
  const draft = inWorkshop(coordinator, `${COMMITMENT}.draft`);
  await writeFile(draft, JSON.stringify(commitment));
  await rename(draft, inWorkshop(coordinator, COMMITMENT));
}

/** Does what a journal says, or what is left of it to do: the manifest is the last, and no folder goes that a file is to stand in. */
async function complete(folder: string, journal: Journal): Promise<void> {
  await prepareParents(folder, journal, []);
  const others = journal.steps.filter(({ path }) => path !== MANIFEST);
  const going = others.filter(({ staged }) => staged === undefined);
  const act = (step: Step) =>
    step.staged === undefined
      ? rm(join(folder, step.path), { force: true })
      : takePlace(stagedAt(folder, journal, step), join(folder, step.path));
  await together(going, act);
  await together(
    others.filter(({ staged }) => staged !== undefined),
    act,
  );
  for (const { path } of going) await removeEmptyFolders(folder, path);
  await together(
    journal.steps.filter(({ path }) => path === MANIFEST),
    act,
  );
  await rm(inWorkshop(folder, JOURNAL), { force: true });
}

/** Files that are written or moved at once. */
const AT_ONCE = 64;

/** Does something for each step, and tells what fails when nothing is under way any more. */
async function together(steps: readonly Step[], act: (step: Step) => Promise<void>): Promise<void> {
  for (let start = 0; start < steps.length; start += AT_ONCE) {
    const results = await Promise.allSettled(steps.slice(start, start + AT_ONCE).map(act));
    const failed = results.find(({ status }) => status === "rejected");
    if (failed?.status === "rejected") throw failed.reason;
  }
}

async function takePlace(staged: string, path: string): Promise<void> {
  try {
    await rename(staged, path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT" && !(await exists(staged))) return;
    const reason = `${faultOf(error)}; the next run completes this one`;
    throw new OutputError(`cannot write ${path}: ${reason}`);
  }
}

async function exists(path: string): Promise<boolean> {
  return (await readText(path)) !== undefined;
}

/** Removes the folders that a file has left empty. */
async function removeEmptyFolders(folder: string, path: string): Promise<void> {
  for (let parent = dirname(path); parent !== "."; parent = dirname(parent)) {
    const isRemoved = await rmdir(join(folder, parent)).then(
      () => true,
      () => false,
    );
    if (!isRemoved) return;
  }
}

/** Leaves nothing in the workshop but its lock. */
async function clearWorkshop(folder: string): Promise<void> {
  const workshop = join(folder, WORKSHOP);
  const names = await readdir(workshop).catch(() => []);
  // The commitment goes last: without it, nobody could tell that the rest had happened.
  const others = names.filter((name) => !isLock(name) && name !== COMMITMENT);
  for (const name of others) await rm(join(workshop, name), { recursive: true, force: true });
  await rm(join(workshop, COMMITMENT), { force: true });
}
