import { resolve } from "node:path";
import { listGenerated } from "../config/load.js";
import type { Target } from "../config/targets.js";
import { readDisk, type FolderChanges } from "../output/apply.js";
import { CHANGELOG } from "../output/changelog.js";
import { undisturbed, type Patience } from "../output/lock.js";
import { MANIFEST, type Digest } from "../output/manifest.js";
import { pathsToRead, planRemoval } from "../output/plan.js";
import { readManifest } from "../output/read-manifest.js";
import { nameAndVersion } from "./known-package.js";

/** The folder of the configuration, and APIs. */
type Every = { readonly folder: string; readonly targets: readonly Target[] };

/** What is done with the packages that are left over. */
export type Leaving = {
  readonly digest: Digest;
  /** The folders whose changelog goes with its package to another one. */
  readonly moved: ReadonlySet<string>;
};

/**
 * The packages in `generated/` that belong to no API, and what goes with them: an API was renamed or removed. A folder is a package of
 * ours if it holds a manifest, and goes as far as that lists its files.
 *
 * @param every every API.
 */
export async function findLeftovers(
  every: Every,
  { patience, ...leaving }: Leaving & { readonly patience: Patience },
): Promise<readonly FolderChanges[]> {
  const others = await foldersOfNone(every);
  const found = await Promise.all(
    others.map((each) => undisturbed(each, patience, () => planLeftover(each, leaving))),
  );
  return found.filter(({ changes }) => changes.length > 0);
}

/** The folders in `generated/` that are none of the APIs'. */
export async function foldersOfNone({ folder, targets }: Every): Promise<readonly string[]> {
  // Names that differ in case alone are one on some file systems.
  const taken = new Set(targets.map(({ out }) => resolve(out).toLowerCase()));
  return (await listGenerated(folder)).filter((each) => !taken.has(each.toLowerCase()));
}

/** What goes with a package that belongs to no API. */
export async function planLeftover(folder: string, { digest, moved }: Leaving): Promise<FolderChanges> {
  const paths = pathsToRead([], await readManifest(folder));
  const disk = await readDisk(folder, [...paths, MANIFEST]);
  const changelog = moved.has(folder) ? await changelogIn(folder) : undefined;
  const removal = planRemoval(disk, digest);
  if (changelog === undefined) return { folder, changes: removal };
  const gone = { path: CHANGELOG, action: "delete", drift: "left over", before: changelog } as const;
  return { folder, changes: [gone, ...removal] };
}

/**
 * The folder that a package stood in until now, by its name; undefined where it stays in its own, or is new.
 *
 * @param others folders that are no API's.
 */
export async function movedFrom(
  { out, settings }: Target,
  others: readonly string[],
): Promise<string | undefined> {
  if (await readManifest(out)) return undefined;
  for (const folder of others) {
    const disk = await readDisk(folder, [MANIFEST, "package.json"]);
    const name = disk.get(MANIFEST) && nameAndVersion(disk.get("package.json"))?.name;
    if (name === settings.packageName) return folder;
  }
  return undefined;
}

/** The changelog of a package, which may stand in the folder that it moves from. */
export async function changelogOf(out: string, former: string | undefined): Promise<string | undefined> {
  return (await changelogIn(out)) ?? (former === undefined ? undefined : changelogIn(former));
}

export async function changelogIn(folder: string): Promise<string | undefined> {
  return (await readDisk(folder, [CHANGELOG])).get(CHANGELOG);
}
