import { existsSync, realpathSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript";
import type { PackageSide } from "../diff/impact/changed-parts.js";
import type { Pair } from "../diff/change.js";
import { consumerReview, type ConsumerPart } from "../diff/impact/consumer.js";
import type { LocatedFinding } from "../diff/finding.js";
import type { ReportedImpact } from "../diff/review.js";
import type { ConsumerReview } from "../diff/impact/effects.js";
import type { EmittedFile } from "../emit/typescript-module.js";
import { projectsOf, type Project } from "./consumer-projects.js";
import { displayPath } from "./report.js";

/** Both packages, and what is known of their difference. */
export type CheckedPackage = {
  readonly packageName: string;
  /** The folder that it is generated into. */
  readonly out: string;
  readonly files: Pair<readonly EmittedFile[]>;
  readonly sides: Pair<PackageSide>;
  readonly findings: readonly LocatedFinding[];
  readonly typescript: readonly ReportedImpact[];
};

/**
 * Type-checks a project, and those that it refers to, against the old and the new package, both in memory: nothing is installed, and
 * nothing is written.
 *
 * @param project the path of its `tsconfig.json`.
 * @throws {UsageError} where there is no such project.
 */
export function checkConsumer(project: string, cwd: string, checked: CheckedPackage): ConsumerReview {
  const path = resolve(cwd, project);
  const projects = projectsOf(path);
  return consumerReview({
    project: displayPath(path, cwd),
    parts: projects.map((each) => partOf(each, projects, checked)),
    sides: checked.sides,
    findings: checked.findings,
    gone: new Map(checked.typescript.flatMap(goneNames)),
    display: (file) => displayPath(file, cwd),
  });
}

/** The names that a package no longer has by an impact, which lists those of its subpaths as `orderFixtures (./fixtures)`. */
function goneNames({
  kind,
  symbol,
  also = [],
  finding,
}: ReportedImpact): [name: string, finding: string | undefined][] {
  if (kind !== "removed" && kind !== "renamed") return [];
  return [symbol, ...also].map((text) => [text.replace(/ .*/, ""), finding]);
}

function partOf(project: Project, projects: readonly Project[], checked: CheckedPackage): ConsumerPart {
  const { config } = project;
  const { programs, isPackage } = programsOf(project, checked);
  // What another project lists is checked by its own options, as `tsc --build` does.
  const others = new Set(
    projects.flatMap((each) => (each === project ? [] : each.config.fileNames.map(slashed))),
  );
  const own = new Set(config.fileNames.map(slashed));
  const isOwn = (file: string) => own.has(file) || !others.has(file);
  const files = programs.base
    .getSourceFiles()
    .filter((file) => isWritten(file, programs.base) && !isPackage(file.fileName));
  return { programs, files: files.map(({ fileName }) => fileName).filter(isOwn), isPackage };
}

/** A project with the old package, and with the new one. */
function programsOf(
  { config, path }: Project,
  checked: CheckedPackage,
): Pick<ConsumerPart, "programs" | "isPackage"> {
  const { packageName, files } = checked;
  const homes = homesOf(dirname(path), checked);
  const texts = { base: laidOver(homes, files.base), head: laidOver(homes, files.head) };
  const isPackage = (file: string) => texts.base.has(file) || texts.head.has(file);
  const cache = new Map<string, ts.SourceFile | undefined>();
  const programOf = (side: "base" | "head", old?: ts.Program) => {
    const overlay = { folder: homes[0], texts: texts[side], isPackage, packageName, cache };
    return ts.createProgram({
      rootNames: config.fileNames,
      options: config.options,
      host: overlaidHost(config.options, overlay),
      ...(config.projectReferences && { projectReferences: config.projectReferences }),
      ...(old && { oldProgram: old }),
    });
  };
  const base = programOf("base");
  return { programs: { base, head: programOf("head", base) }, isPackage };
}

/** True for code that is the consumer's own. */
function isWritten(file: ts.SourceFile, program: ts.Program): boolean {
  return (
    !file.isDeclarationFile &&
    !/\/node_modules\//.test(file.fileName) &&
    !program.isSourceFileFromExternalLibrary(file)
  );
}

/**
 * Where a project may take the package from: where its name leads, and where it is generated, which an alias or a relative import may name. A
 * link from the one to the other makes them one.
 */
function homesOf(folder: string, { packageName, out }: CheckedPackage): readonly [string, ...string[]] {
  const named = packageFolder(folder, packageName);
  return realOf(named) === realOf(out) ? [out] : [named, out];
}

/** The texts of a package, by the paths that they have in each of its homes. */
function laidOver(homes: readonly string[], files: readonly EmittedFile[]): ReadonlyMap<string, string> {
  return new Map(
    homes.flatMap((home) => files.map(({ path, text }) => [slashed(join(home, path)), text] as const)),
  );
}

/** Where the package is installed: in the nearest `node_modules` that has it, else in the folder's own. */
function packageFolder(folder: string, name: string): string {
  const own = join(folder, "node_modules", name);
  const found = [folder, ...foldersOf(folder)]
    .map((each) => join(each, "node_modules", name))
    .find((each) => existsSync(each));
  return found ?? own;
}

type Overlay = {
  /** Where the package's name leads. */
  readonly folder: string;
  /** The text of each of its files, by its path. */
  readonly texts: ReadonlyMap<string, string>;
  /** True for a file of either package: what stands there on the disk is not read. */
  readonly isPackage: (path: string) => boolean;
  readonly packageName: string;
  /** Files of the disk, parsed once for both programs. */
  readonly cache: Map<string, ts.SourceFile | undefined>;
};

/** A host that may be asked to read the sources of other projects in place of what is built of them, as editors do. */
type SourceHost = ts.CompilerHost &
  Pick<ts.WatchCompilerHost<ts.BuilderProgram>, "useSourceOfProjectReferenceRedirect">;

/** The disk with the package laid over it. */
function overlaidHost(options: ts.CompilerOptions, overlay: Overlay): SourceHost {
  const { texts, isPackage, cache } = overlay;
  const disk = ts.createCompilerHost(options, true);
  const folders = new Set([...texts.keys()].flatMap((path) => foldersOf(path)));
  const host: SourceHost = {
    ...disk,
    useSourceOfProjectReferenceRedirect: () => true,
    fileExists: (path) => (isPackage(path) ? texts.has(path) : disk.fileExists(path)),
    readFile: (path) => (isPackage(path) ? texts.get(path) : disk.readFile(path)),
    directoryExists: (path) => folders.has(path) || ts.sys.directoryExists(path),
    realpath: (path) => (texts.has(path) || folders.has(path) ? path : (disk.realpath?.(path) ?? path)),
    getSourceFile: (path, languageVersionOrOptions, onError) => {
      const text = texts.get(path);
      if (text !== undefined) return ts.createSourceFile(path, text, languageVersionOrOptions, true);
      if (isPackage(path)) return undefined;
      if (!cache.has(path)) cache.set(path, disk.getSourceFile(path, languageVersionOrOptions, onError));
      return cache.get(path);
    },
  };
  // The compiler lays sources over what is built of them in this very object: modules are looked for there.
  return Object.assign(host, { resolveModuleNameLiterals: resolver(host, options, overlay) });
}

function foldersOf(path: string): string[] {
  const folder = slashed(dirname(path));
  return folder === path ? [] : [folder, ...foldersOf(folder)];
}

type Resolve = NonNullable<ts.CompilerHost["resolveModuleNameLiterals"]>;

/** The package's names are its modules; what these import is looked for where the package is installed, then beside this tool. */
function resolver(
  host: ts.CompilerHost,
  options: ts.CompilerOptions,
  { folder, texts, packageName }: Overlay,
): Resolve {
  const moduleOf = (specifier: string) => {
    if (specifier !== packageName && !specifier.startsWith(`${packageName}/`)) return undefined;
    const subpath = specifier.slice(packageName.length + 1) || "index";
    const path = slashed(join(folder, "src", `${subpath}.ts`));
    return texts.has(path) ? path : null;
  };
  const homes = [realOf(folder), dirname(fileURLToPath(import.meta.url))].map((home) =>
    join(home, "index.ts"),
  );
  return (literals, containing, redirected, _options, file) =>
    literals.map((literal) => {
      const own = moduleOf(literal.text);
      if (own === null) return { resolvedModule: undefined };
      if (own !== undefined) return { resolvedModule: { resolvedFileName: own, extension: ts.Extension.Ts } };
      const mode = ts.getModeForUsageLocation(file, literal, options);
      const from = (path: string) =>
        ts.resolveModuleName(literal.text, path, options, host, undefined, redirected, mode);
      const found = from(containing);
      if (found.resolvedModule || !texts.has(containing)) return found;
      return homes.map(from).find(({ resolvedModule }) => resolvedModule !== undefined) ?? found;
    });
}

/** Where a folder really is: package managers link packages. */
function realOf(folder: string): string {
  return existsSync(folder) ? realpathSync(folder) : folder;
}

function slashed(path: string): string {
  return path.replaceAll("\\", "/");
}
