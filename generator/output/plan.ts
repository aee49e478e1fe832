import type { EmittedFile } from "../emit/typescript-module.js";
import { sortedBy } from "../model/order.js";
import { MANIFEST, parseManifest, type Digest, type Manifest } from "./manifest.js";

/** One step from the folder as it is to the folder as it should be. */
export type FileChange = {
  /** From the package's folder, with forward slashes. */
  readonly path: string;
  readonly action: "create" | "update" | "delete";
  /** Why: the document changed, or the file was lost, edited by hand, or is no longer generated. */
  readonly drift: Drift;
  /** That no manifest lists the file that is edited: it is somebody else's, and in our way. */
  readonly isForeign?: true;
  readonly before?: string;
  readonly after?: string;
};

export type Drift = "stale" | "missing" | "edited" | "left over";

/** The text of each file on disk that is generated or should be; undefined where there is none. */
export type Disk = ReadonlyMap<string, string | undefined>;

/** The paths whose text a plan needs: the emitted files, and those that the manifest on disk lists. */
export function pathsToRead(emitted: readonly EmittedFile[], manifest: Manifest | undefined): string[] {
  const owned = Object.keys(manifest?.files ?? {});
  return sortedBy(new Set([...emitted.map(({ path }) => path), ...owned]), (path) => path);
}

/** What must go where a folder should hold no package: what its manifest lists, and the manifest, which nothing lists. */
export function planRemoval(disk: Disk, digest: Digest): FileChange[] {
  const before = disk.get(MANIFEST);
  if (Object.keys(parseManifest(before)?.files ?? {}).length === 0) return [];
  const manifest = { path: MANIFEST, action: "delete", drift: "left over", before: before! } as const;
  return [...planChanges([], disk, digest), manifest];
}

/**
 * What must change on disk, by path. A file is ours if the manifest on disk lists it. One of ours that differs from the
 * manifest's digest was edited by hand; so is a file in our way that no manifest lists. Line ends are no difference.
 */
export function planChanges(emitted: readonly EmittedFile[], disk: Disk, digest: Digest): FileChange[] {
  const owned = parseManifest(disk.get(MANIFEST))?.files ?? {};
  const wanted = new Map(emitted.map(({ path, text }) => [path, text]));
  const paths = sortedBy(new Set([...wanted.keys(), ...Object.keys(owned)]), (path) => path);
  const isEdited = (path: string, text: string) =>
    path !== MANIFEST && owned[path] !== digest(withPlainLines(text));
  return paths.flatMap((path): FileChange[] => {
    const before = disk.get(path);
    const after = wanted.get(path);
    if (isSameText(before, after)) return [];
    if (before === undefined) return [{ path, action: "create", drift: "missing", after: after! }];
    if (after === undefined)
      return [{ path, action: "delete", drift: isEdited(path, before) ? "edited" : "left over", before }];
    if (!isEdited(path, before)) return [{ path, action: "update", drift: "stale", before, after }];
    const isForeign = owned[path] === undefined && { isForeign: true as const };
    return [{ path, action: "update", drift: "edited", ...isForeign, before, after }];
  });
}

/** Why a file is not overwritten, behind its path. */
export function holdOf({ isForeign }: Pick<FileChange, "isForeign">): string {
  return isForeign
    ? "is not a file that clientsmith made: give the package another folder, or --force overwrites it"
    : "was edited by hand: --force overwrites it";
}

/** True where two texts differ in nothing, or in line ends alone: git writes CRLF into a checkout on Windows (`core.autocrlf`). */
export function isSameText(a: string | undefined, b: string | undefined): boolean {
  if (a === undefined || b === undefined) return a === b;
  return a === b || withPlainLines(a) === withPlainLines(b);
}

/** The text with LF in place of CRLF. */
export function withPlainLines(text: string): string {
  return text.replaceAll("\r\n", "\n");
}
