import { randomUUID } from "node:crypto";
import { lstat, mkdir, open, readFile, rm, rmdir, stat, type FileHandle } from "node:fs/promises";
import { hostname } from "node:os";
import { join } from "node:path";
import { kill, pid } from "node:process";
import { setTimeout as delay } from "node:timers/promises";
import { makeFolders } from "./folders.js";
import { WORKSHOP } from "./journal.js";
import { MANIFEST } from "./manifest.js";
import { faultOf, OutputError } from "./output-error.js";

/** Who holds a lock. */
type Holder = { readonly pid: number; readonly host: string; readonly token: string };

/** A run holds a lock for as long as it writes: seconds. One that is older was left behind by a run that was killed. */
const STALE_MS = 10 * 60_000;
/** A turn at removing one takes a few milliseconds. */
const TURN_MS = 5_000;
const POLL_MS = 50;

export const DEFAULT_WAIT_MS = 30_000;

export type Patience = {
  /** How long to wait for another run, in milliseconds. */
  readonly waitMs: number;
  /** Called once where there is something to wait for. */
  readonly onWait?: ((folder: string) => void) | undefined;
};

/**
 * Takes the lock of a package's folder: no other run writes it until it is released.
 *
 * @returns what releases it.
 * @throws {OutputError} where another run holds it for longer than the patience lasts, or the folder cannot be written.
 */
export async function lockFolder(folder: string, patience: Patience): Promise<() => Promise<void>> {
  const token = randomUUID();
  const made: string[] = [];
  // Each goes where nothing else is in it.
  const removeMade = async () => {
    for (const each of new Set([join(folder, WORKSHOP), ...made])) await rmdir(each).catch(() => undefined);
  };
  try {
    await waitFor(folder, patience, () => tryLock(folder, token, made));
  } catch (error) {
    await removeMade();
    throw error;
  }
  return async () => {
    if ((await holderOf(folder))?.token === token) await rm(lockOf(folder), { force: true });
    await removeMade();
  };
}

/** True where a run was killed that held the lock: nobody holds it any more. */
export async function isAbandoned(folder: string): Promise<boolean> {
  return (await ageOf(lockOf(folder))) !== -Infinity && !(await isHeld(folder));
}

/**
 * What `read` gives while no run writes the folder.
 *
 * @throws {OutputError} where another run writes it for longer than the patience lasts.
 */
export async function undisturbed<T>(folder: string, patience: Patience, read: () => Promise<T>): Promise<T> {
  for (;;) {
    await waitFor(folder, patience, async () => !(await isHeld(folder)));
    const before = await stampOf(folder);
    const found = await read();
    if (!(await isHeld(folder)) && (await stampOf(folder)) === before) return found;
  }
}

/** Another one after each run that wrote something: the manifest is a new file then. */
async function stampOf(folder: string): Promise<string> {
  return stat(join(folder, MANIFEST)).then(
    ({ ino, mtimeMs }) => `${ino} ${mtimeMs}`,
    () => "",
  );
}

async function waitFor(
  folder: string,
  { waitMs, onWait }: Patience,
  attempt: () => Promise<boolean>,
): Promise<void> {
  for (let waited = 0; !(await attempt()); waited += POLL_MS) {
    if (waited === 0) onWait?.(folder);
    if (waited >= waitMs) {
      const holder = await holderOf(folder);
      const who = holder ? `process ${holder.pid} on ${holder.host}` : "another run";
      throw new OutputError(`${folder} is being written by ${who}: wait for it, or delete ${lockOf(folder)}`);
    }
    await delay(POLL_MS);
  }
}

function lockOf(folder: string): string {
  return join(folder, WORKSHOP, "lock");
}

/** The folders on the way may go with the lock of another run while this one makes them; not so often as this in a row. */
const MAX_VANISHED = 20;

async function tryLock(folder: string, token: string, made: string[], vanished = 0): Promise<boolean> {
  try {
    await makeWorkshop(folder, made);
    const file = await open(lockOf(folder), "wx");
    const holder: Holder = { pid, host: hostname(), token };
    await writeHolder(folder, file, holder);
    return true;
  } catch (error) {
    if (error instanceof OutputError) throw error;
    const { code } = error as NodeJS.ErrnoException;
    if (code === "EEXIST") return (await removeStale(folder)) && tryLock(folder, token, made);
    if (code === "ENOENT" && vanished < MAX_VANISHED) return tryLock(folder, token, made, vanished + 1);
    throw new OutputError(`cannot write ${folder}: ${faultOf(error)}`);
  }
}

/** A lock that does not say who holds it, for the disk is full, is none. */
async function writeHolder(folder: string, file: FileHandle, holder: Holder): Promise<void> {
  try {
    await file.writeFile(JSON.stringify(holder)).finally(() => file.close());
  } catch (error) {
    await rm(lockOf(folder), { force: true });
    throw error;
  }
}

/** Makes the workshop, and notes it and the folders made on the way, the deepest first. */
async function makeWorkshop(folder: string, made: string[]): Promise<void> {
  const workshop = join(folder, WORKSHOP);
  await makeFolders(workshop, made);
  if (!(await lstat(workshop)).isDirectory()) throw new OutputError(`${workshop} is a link: remove it`);
}

/**
 * Removes a lock that was left behind. Two runs that find the same one must not remove each other's next lock, so they take turns, by
 * a folder that only one of them can make.
 */
async function removeStale(folder: string): Promise<boolean> {
  const turn = `${lockOf(folder)}.turn`;
  if (await isHeld(folder)) return false;
  if (!(await makes(turn))) {
    if ((await ageOf(turn)) > TURN_MS) await rmdir(turn).catch(() => undefined);
    return false;
  }
  const isStale = !(await isHeld(folder));
  if (isStale) await rm(lockOf(folder), { recursive: true, force: true });
  await rmdir(turn);
  return isStale;
}

async function makes(folder: string): Promise<boolean> {
  return mkdir(folder).then(
    () => true,
    () => false,
  );
}

/** True where a run that is still alive holds the lock. */
async function isHeld(folder: string): Promise<boolean> {
  const age = await ageOf(lockOf(folder));
  if (age === -Infinity || age > STALE_MS) return false;
  const holder = await holderOf(folder);
  // Just made, and not yet written.
  if (!holder) return age < POLL_MS * 20;
  return holder.host !== hostname() || isAlive(holder.pid);
}

function isAlive(process: number): boolean {
  try {
    return kill(process, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

async function holderOf(folder: string): Promise<Holder | undefined> {
  try {
    const holder = JSON.parse(await readFile(lockOf(folder), "utf8")) as Partial<Holder> | null;
    return typeof holder?.pid === "number" && typeof holder.host === "string"
      ? (holder as Holder)
      : undefined;
  } catch {
    return undefined;
  }
}

/** How long ago a file was written, in milliseconds; -Infinity where there is none. */
async function ageOf(path: string): Promise<number> {
  return stat(path).then(
    ({ mtimeMs }) => Date.now() - mtimeMs,
    () => -Infinity,
  );
}
