import { dirname, join } from "node:path";
import { GENERATED, type Target } from "../config/targets.js";
import { realPlace } from "../output/folders.js";
import { MANIFEST, parseManifest, type Manifest } from "../output/manifest.js";
import type { GitReader } from "./git.js";
import { isTelling, type PackageFiles } from "./package-change.js";
import { runGit } from "./run-git.js";

/** A package as a commit holds it. */
export type KnownPackage = {
  readonly name: string | undefined;
  readonly version: string;
  readonly manifest: Manifest | undefined;
  /** True where that is not the folder that it has now. */
  readonly isElsewhere: boolean;
  /** The text of one of its files. */
  readonly text: (path: string) => Promise<string | undefined>;
};

/**
 * The package of an API in a commit: in the folder that it has now; else where one of its name stood, which was moved or is made elsewhere
 * from now on. A package of another name is another one.
 */
export async function packageIn(
  git: GitReader,
  { target, cwd }: { readonly target: Target; readonly cwd: string },
): Promise<KnownPackage | undefined> {
  const { out, settings } = target;
  const here = await packageAt(git, out);
  if (here) return here;
  const moved = await git.placeOf(join(await realPlace(out), MANIFEST));
  const generated = join(cwd, GENERATED);
  const others = (await git.list(generated)).map((name) => join(generated, name));
  for (const folder of [...(moved === undefined ? [] : [dirname(moved)]), ...others]) {
    const found = await packageAt(git, folder);
    if (found?.name === settings.packageName) return { ...found, isElsewhere: true };
  }
  return undefined;
}

async function packageAt(git: GitReader, folder: string): Promise<KnownPackage | undefined> {
  const text = (path: string) => git.text(join(folder, path));
  const known = nameAndVersion(await text("package.json"));
  return known && { ...known, manifest: parseManifest(await text(MANIFEST)), isElsewhere: false, text };
}

/** What a `package.json` says of itself; undefined where it is none. */
export function nameAndVersion(text: string | undefined): Pick<KnownPackage, "name" | "version"> | undefined {
  try {
    const { name, version } = JSON.parse(text ?? "") as { name?: unknown; version?: unknown };
    if (typeof version !== "string") return undefined;
    return { name: typeof name === "string" ? name : undefined, version };
  } catch {
    return undefined;
  }
}

/**
 * What tells what a package in a commit exports; undefined where clientsmith did not make it.
 *
 * @param now is what became of it: of what is the same, the commit is not asked
 */
export async function filesOf(
  { manifest, text }: KnownPackage,
  now: PackageFiles,
): Promise<PackageFiles | undefined> {
  if (!manifest) return undefined;
  const texts = new Map<string, string>();
  for (const [path, digest] of Object.entries(manifest.files).filter(([each]) => isTelling(each))) {
    const same = now.manifest.files[path] === digest ? now.texts.get(path) : undefined;
    texts.set(path, same ?? (await text(path)) ?? "");
  }
  return { manifest, texts };
}

/** True where git is told to leave a package out of every commit. */
export async function isIgnored({ out }: Pick<Target, "out">, cwd: string): Promise<boolean> {
  const path = join(await realPlace(out), MANIFEST);
  return (await runGit(cwd, ["check-ignore", "--quiet", "--", path])).kind === "done";
}
