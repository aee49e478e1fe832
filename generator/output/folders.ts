import { lstat, mkdir, realpath, rmdir } from "node:fs/promises";
import { dirname, join, relative } from "node:path";

/** The nearest of a path and the folders above it that is there, if only as a link that leads nowhere. */
export async function nearestThere(path: string): Promise<string> {
  const isThere = await lstat(path).then(
    () => true,
    () => false,
  );
  return isThere || dirname(path) === path ? path : nearestThere(dirname(path));
}

/** A path without the links on its way, be it there or not. */
export async function realPlace(path: string): Promise<string> {
  const nearest = await nearestThere(path);
  return realpath(nearest).then(
    (real) => join(real, relative(nearest, path)),
    () => path,
  );
}

/**
 * Makes a folder and those on the way to it, and notes them in `made`, the deepest first. Node's own `recursive` never returns where
 * a file system answers like `/proc`.
 */
export async function makeFolders(path: string, made: string[]): Promise<void> {
  const nearest = await nearestThere(path);
  const missing: string[] = [];
  for (let each = path; each !== nearest; each = dirname(each)) missing.push(each);
  for (const each of missing.toReversed()) {
    if (await makes(each)) made.unshift(each);
  }
}

/** Removes a folder that nothing is left in. */
export async function removeIfEmpty(folder: string): Promise<void> {
  await rmdir(folder).catch(() => undefined);
}

/** False where another run was faster. */
async function makes(path: string): Promise<boolean> {
  try {
    await mkdir(path);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  }
}
