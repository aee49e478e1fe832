import { resolve } from "node:path";
import { listGenerated } from "../config/load.js";
import type { Target } from "../config/targets.js";
import { readDisk, type FolderChanges } from "../output/apply.js";
import { undisturbed, type Patience } from "../output/lock.js";
import { MANIFEST, type Digest } from "../output/manifest.js";
import { pathsToRead, planRemoval } from "../output/plan.js";
import { readManifest } from "../output/read-manifest.js";

/**
 * The packages in `generated/` that belong to no API, and what goes with them: an API was renamed or removed. A folder is a package of
 * ours if it holds a manifest, and goes as far as that lists its files.
 *
 * @param targets every API.
 */
export async function findLeftovers(
  { folder, targets }: { readonly folder: string; readonly targets: readonly Target[] },
  { digest, patience }: { readonly digest: Digest; readonly patience: Patience },
): Promise<readonly FolderChanges[]> {
  // Names that differ in case alone are one on some file systems.
  const taken = new Set(targets.map(({ out }) => resolve(out).toLowerCase()));
  const others = (await listGenerated(folder)).filter((each) => !taken.has(each.toLowerCase()));
  const found = await Promise.all(
    others.map((each) => undisturbed(each, patience, () => planLeftover(each, digest))),
  );
  return found.filter(({ changes }) => changes.length > 0);
}

/** What goes with a package that belongs to no API. */
export async function planLeftover(folder: string, digest: Digest): Promise<FolderChanges> {
  const paths = pathsToRead([], await readManifest(folder));
  const disk = await readDisk(folder, [...paths, MANIFEST]);
  return { folder, changes: planRemoval(disk, digest) };
}
