import type { ReleaseNotes } from "../diff/release-notes.js";
import type { Bump } from "../diff/review.js";
import type { EmittedFile } from "../emit/typescript-module.js";
import { MANIFEST, parseManifest, type Manifest } from "../output/manifest.js";

/** A package by its files: what no review of documents sees of a change is seen here. */
export type PackageFiles = {
  readonly manifest: Manifest;
  /** The texts of those that tell what it exports ({@link isTelling}), by their paths. */
  readonly texts: ReadonlyMap<string, string>;
};

/** What differs between two packages, whatever they were made from. */
export type PackageChange = {
  /** Names that are imported, and what they are imported from. */
  readonly gone: readonly string[];
  readonly come: readonly string[];
  /** True where all of those are files of modules that are cut: documents decide about these, too. */
  readonly isCut: boolean;
  /** Types whose declaration is another. */
  readonly changed: readonly string[];
  readonly files: number;
  /** True where another version of clientsmith made it. */
  readonly isRegenerated: boolean;
};

const PACKAGE = "package.json";
const INDEX = "src/index.ts";
/** The types of schemas and of operations, in one file or in those that they are cut into. */
const DECLARING = /^src\/(?:types|operations)(?:\/[^/]+)?\.ts$/;

/** True for the files that tell what a package exports. */
export function isTelling(path: string): boolean {
  return path === PACKAGE || path === INDEX || DECLARING.test(path);
}

/** The package that is emitted; undefined where it is without its manifest. */
export function packageOf(files: readonly EmittedFile[]): PackageFiles | undefined {
  const texts = new Map(files.map(({ path, text }) => [path, text]));
  const manifest = parseManifest(texts.get(MANIFEST));
  return manifest && { manifest, texts };
}

/** What becomes of a package. */
export function packageChange(before: PackageFiles, after: PackageFiles): PackageChange {
  const [old, now] = [exportedBy(before), exportedBy(after)];
  const types = typesOf(after);
  const gone = [...old.keys()].filter((name) => !now.has(name));
  const come = [...now.keys()].filter((name) => !old.has(name));
  return {
    gone,
    come,
    isCut: gone.every((name) => old.get(name) === "file") && come.every((name) => now.get(name) === "file"),
    changed: [...typesOf(before)].flatMap(([name, text]) =>
      types.has(name) && types.get(name) !== text ? [name] : [],
    ),
    files: changedFiles(before, after).length,
    isRegenerated: before.manifest.clientsmith !== after.manifest.clientsmith,
  };
}

/**
 * The version that a package needs for a change that its document does not explain. What the review has seen changes types and files, too,
 * so those count where it has seen nothing.
 */
export function bumpOfChange({ gone, come, changed, files }: PackageChange, seen: Bump): Bump {
  if (gone.length > 0 || (seen === "none" && changed.length > 0)) return "major";
  if (come.length > 0) return "minor";
  return files > 0 ? "patch" : "none";
}

/** `By its configuration, not by its document: 2 exports go, 1 type is another.` */
export function changeSentence({ gone, come, changed, files, isCut, isRegenerated }: PackageChange): string {
  const parts = [
    ...counted(gone.length, ["export goes", "exports go"]),
    ...counted(come.length, ["export comes", "exports come"]),
    ...counted(changed.length, ["type is another", "types are others"]),
  ];
  const all = parts.length > 0 ? parts : counted(files, ["file changes", "files change"]);
  if (isCut && gone.length > 0) return `By the files that its long modules are cut into: ${all.join(", ")}.`;
  const cause = isRegenerated ? "another version of clientsmith or its configuration" : "its configuration";
  return `By ${cause}, not by its document: ${all.join(", ")}.`;
}

function counted(number: number, [one, many]: readonly [string, string]): string[] {
  return number === 0 ? [] : [`${number} ${number === 1 ? one : many}`];
}

/** So many lines of one kind are read; the rest is counted. */
const LINES = 60;

/** What a changelog says of it. */
export function changeNotes({ gone, come, changed }: PackageChange): ReleaseNotes {
  const notes = [
    { title: "Added", lines: come.map((name) => `\`${name}\` is exported`) },
    { title: "Changed", lines: changed.map((name) => `**Breaking:** the type \`${name}\` is another`) },
    { title: "Removed", lines: gone.map((name) => `**Breaking:** \`${name}\` is no longer exported`) },
  ] as const;
  const said = notes.filter(({ lines }) => lines.length > 0);
  if (said.length === 0) return [{ title: "Changed", lines: ["How the package is made."] }];
  return said.map(({ title, lines }) => ({ title, lines: limited(lines) }));
}

function limited(lines: readonly string[]): string[] {
  const left = lines.length - LINES;
  return [...lines.slice(0, LINES), ...(left > 0 ? [`… and ${left} more.`] : [])];
}

/** The names that the package exports, and its subpaths, each with what it is: one of a module that is cut is a file of it. */
function exportedBy({ manifest, texts }: PackageFiles): ReadonlyMap<string, "name" | "file"> {
  const lists = [...(texts.get(INDEX) ?? "").matchAll(/^export (?:type )?\{([^}]*)\}/gm)];
  const names = lists.flatMap(([, list]) => [...list!.matchAll(/(?:type )?([\w$]+)(?:,|\s*$)/g)]);
  const { name, exports = {} } = packageJson(texts.get(PACKAGE));
  // What has types alone is there to be named by declarations, and not to be imported.
  const imported = Object.keys(exports).filter((path) => exports[path]?.default !== undefined);
  const folders = imported.filter((path) => path.endsWith("/*")).map((path) => path.slice(2, -1));
  const files = Object.keys(manifest.files).flatMap((path) => {
    const module = /^src\/(.*)\.ts$/.exec(path)?.[1];
    return module !== undefined && folders.some((folder) => module.startsWith(folder)) ? [module] : [];
  });
  return new Map([
    ...imported.map((path) => [`${name}${path.slice(1)}`, path.endsWith("/*") ? "file" : "name"] as const),
    ...names.map(([, each]) => [each!, "name"] as const),
    ...files.map((module) => [`${name}/${module}`, "file"] as const),
  ]);
}

type PackageJson = {
  readonly name?: string;
  readonly exports?: { readonly [subpath: string]: { readonly default?: string } | undefined };
};

function packageJson(text: string | undefined): PackageJson {
  return JSON.parse(text ?? "{}") as PackageJson;
}

/** The exported types by their names, without what is said of them: comments start their lines in what is generated. */
function typesOf({ texts }: PackageFiles): ReadonlyMap<string, string> {
  const declared = [...texts].flatMap(([path, text]) => {
    if (!DECLARING.test(path)) return [];
    const plain = text.replaceAll("\r\n", "\n").replaceAll(/^ *\/\*\*.*?\*\/\n/gms, "");
    return plain.split(/^(?=\S)/m).flatMap((chunk) => {
      const [, name] = /^export (?:type|interface) ([\w$]+)/.exec(chunk) ?? [];
      return name === undefined ? [] : [[name, chunk.trim()] as const];
    });
  });
  return new Map(declared);
}

/** The version is what is asked for, and a package that is released packs its changelog, too: neither is a change. */
function changedFiles(before: PackageFiles, after: PackageFiles): string[] {
  const [old, now] = [before.manifest.files, after.manifest.files];
  const paths = new Set([...Object.keys(old), ...Object.keys(now)]);
  const isChanged = (path: string) => old[path] !== now[path] && (path !== PACKAGE || !isAlike());
  const isAlike = () => textWithoutVersion(before) === textWithoutVersion(after);
  return [...paths].filter(isChanged);
}

function textWithoutVersion({ texts }: PackageFiles): string {
  return JSON.stringify({ ...packageJson(texts.get(PACKAGE)), version: "", files: [] });
}
