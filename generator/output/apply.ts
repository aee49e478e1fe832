import { randomUUID } from "node:crypto";
import { mkdir, readFile, rename, rm, rmdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { Disk, FileChange } from "./plan.js";

/** The only place that writes. */

/** The texts of the files of a folder; undefined where a path names no file. */
export async function readDisk(folder: string, paths: readonly string[]): Promise<Disk> {
  return new Map(
    await Promise.all(paths.map(async (path) => [path, await readText(join(folder, path))] as const)),
  );
}

async function readText(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, "utf8");
  } catch (error) {
    if (isAbsent(error)) return undefined;
    throw error;
  }
}

function isAbsent(error: unknown): boolean {
  const { code } = error as NodeJS.ErrnoException;
  return code === "ENOENT" || code === "ENOTDIR";
}

/** The changes to one folder. */
export type FolderChanges = { readonly folder: string; readonly changes: readonly FileChange[] };

/**
 * Applies the changes to all folders. Every new text is written beside its place first; only when all are on disk are they
 * renamed into place, so a full disk or a missing right leaves every folder as it was.
 */
export async function applyChanges(folders: readonly FolderChanges[]): Promise<void> {
  const staged: { temporary: string; target: string }[] = [];
  const all = folders.flatMap(({ folder, changes }) => changes.map((change) => ({ ...change, folder })));
  try {
    for (const { folder, path, after } of all) {
      if (after === undefined) continue;
      const target = join(folder, path);
      const temporary = `${target}.${randomUUID()}.tmp`;
      await mkdir(dirname(target), { recursive: true });
      staged.push({ temporary, target });
      await writeFile(temporary, after);
    }
  } catch (error) {
    await Promise.all(staged.map(({ temporary }) => rm(temporary, { force: true })));
    throw error;
  }
  for (const { temporary, target } of staged) await rename(temporary, target);
  for (const { folder, path, action } of all) if (action === "delete") await removeFile(folder, path);
}

/** Removes a file, and the folders that it leaves empty. */
async function removeFile(folder: string, path: string): Promise<void> {
  await rm(join(folder, path), { force: true });
  for (let parent = dirname(path); parent !== "."; parent = dirname(parent)) {
    const isRemoved = await rmdir(join(folder, parent)).then(
      () => true,
      () => false,
    );
    if (!isRemoved) return;
  }
}
