import { pinnedFromJson, pinnedToJson, type PinnedNames, type PinnedNamesJson } from "../emit/pinned.js";
import { sortedBy } from "../model/order.js";
import type { EmittedFile } from "../emit/typescript-module.js";

/** The file that tells which files of a folder are generated, what they were when they were written, and which names they give. */
export const MANIFEST = "clientsmith.json";

export type Manifest = {
  /** The version of clientsmith that wrote the package: the only one in it. */
  readonly clientsmith: string;
  /** The version of the package, where `generate --release` has given it one: the next run keeps it. */
  readonly version?: string;
  /** The SHA-256 of each generated file, by its path from the package's folder. */
  readonly files: { readonly [path: string]: string };
  /** The names of schemas and operations: the next run keeps them. */
  readonly names: PinnedNamesJson;
};

/** Gives the SHA-256 of a text, in hexadecimal. */
export type Digest = (text: string) => string;

/** The manifest of the files, as it stands among them. */
export function manifestFile(
  files: readonly EmittedFile[],
  {
    version,
    released,
    digest,
    names,
  }: { version: string; released?: string | undefined; digest: Digest; names: PinnedNames },
): EmittedFile {
  const sorted = sortedBy(files, ({ path }) => path);
  const manifest: Manifest = {
    clientsmith: version,
    ...(released !== undefined && { version: released }),
    files: Object.fromEntries(sorted.map(({ path, text }) => [path, digest(text)])),
    names: pinnedToJson(names),
  };
  return { path: MANIFEST, text: `${JSON.stringify(manifest, null, 2)}\n` };
}

/** The manifest in a text; undefined where it is none: there is no file, or a merge has left its marks in it. */
export function parseManifest(text: string | undefined): Manifest | undefined {
  const value = parsed(text);
  if (typeof value?.files !== "object" || value.files === null) return undefined;
  const files = Object.entries(value.files).filter(
    ([path, digest]) => isInside(path) && typeof digest === "string",
  );
  const version = versionOf(value.version);
  return {
    clientsmith: String(value.clientsmith),
    ...(version !== undefined && { version }),
    files: Object.fromEntries(files),
    names: pinnedToJson(pinnedFromJson(value.names)),
  };
}

function parsed(text: string | undefined): Partial<Manifest> | null | undefined {
  try {
    return text === undefined ? undefined : (JSON.parse(text) as Partial<Manifest> | null);
  } catch {
    return undefined;
  }
}

/** Somebody may have edited it by hand: what is no version is none. */
function versionOf(value: unknown): string | undefined {
  return typeof value === "string" && /^\d+\.\d+\.\d+(?:[-+][\w.+-]*)?$/.test(value) ? value : undefined;
}

/** The names that a manifest keeps; undefined where there is no manifest. */
export function pinnedNames(manifest: Manifest | undefined): PinnedNames | undefined {
  return manifest && pinnedFromJson(manifest.names);
}

/** A path that stays below the folder: a manifest edited by hand must not delete anything elsewhere. */
export function isInside(path: string): boolean {
  return (
    path !== "" &&
    !/^[/\\]|^[a-z]:|\\|\0/i.test(path) &&
    !path.split("/").some((part) => part === ".." || part === "." || part === "")
  );
}
