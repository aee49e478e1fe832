import { existsSync, realpathSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript";
import type { PackageSide } from "../diff/impact/changed-parts.js";
import type { Pair } from "../diff/change.js";
import { consumerReview, type ConsumerPart } from "../diff/impact/consumer.js";
import type { LocatedFinding } from "../diff/finding.js";
import type { ConsumerReview } from "../diff/review.js";
import type { EmittedFile } from "../emit/typescript-module.js";
import { projectsOf, type Project } from "./consumer-projects.js";
import { displayPath } from "./report.js";

/** Both packages, and what is known of their difference. */
export type CheckedPackage = {
  readonly packageName: string;
  readonly files: Pair<readonly EmittedFile[]>;
  readonly sides: Pair<PackageSide>;
  readonly findings: readonly LocatedFinding[];
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
    display: (file) => displayPath(file, cwd),
  });
}

function partOf(project: Project, projects: readonly Project[], checked: CheckedPackage): ConsumerPart {
  const { config, path } = project;
  const folder = packageFolder(dirname(path), checked.packageName);
  const cache = new Map<string, ts.SourceFile | undefined>();
  const programOf = (side: "base" | "head", old?: ts.Program) => {
    const texts = new Map(checked.files[side].map((file) => [slashed(join(folder, file.path)), file.text]));
    const host = overlaidHost(config.options, { folder, texts, packageName: checked.packageName, cache });
    return ts.createProgram({
      rootNames: config.fileNames,
      options: config.options,
      host,
      ...(config.projectReferences && { projectReferences: config.projectReferences }),
      ...(old && { oldProgram: old }),
    });
  };
  const base = programOf("base");
  const isPackage = (file: string) => file.startsWith(`${slashed(folder)}/`);
  // What another project lists is checked by its own options, as `tsc --build` does.
  const others = new Set(
    projects.flatMap((each) => (each === project ? [] : each.config.fileNames.map(slashed))),
  );
  const own = new Set(config.fileNames.map(slashed));
  const isOwn = (file: string) => own.has(file) || !others.has(file);
  const files = base.getSourceFiles().filter((file) => isWritten(file, base) && !isPackage(file.fileName));
  const names = files.map(({ fileName }) => fileName).filter(isOwn);
  return { programs: { base, head: programOf("head", base) }, files: names, isPackage };
}

/** True for code that is the consumer's own. */
function isWritten(file: ts.SourceFile, program: ts.Program): boolean {
  return (
    !file.isDeclarationFile &&
    !/\/node_modules\//.test(file.fileName) &&
    !program.isSourceFileFromExternalLibrary(file)
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
  /** Where the package would be installed. */
  readonly folder: string;
  /** The text of each of its files, by its path. */
  readonly texts: ReadonlyMap<string, string>;
  readonly packageName: string;
  /** Files of the disk, parsed once for both programs. */
  readonly cache: Map<string, ts.SourceFile | undefined>;
};

/** A host that may be asked to read the sources of other projects in place of what is built of them, as editors do. */
type SourceHost = ts.CompilerHost &
  Pick<ts.WatchCompilerHost<ts.BuilderProgram>, "useSourceOfProjectReferenceRedirect">;

/** The disk with the package laid over it. */
function overlaidHost(options: ts.CompilerOptions, overlay: Overlay): SourceHost {
  const { texts, cache } = overlay;
  const disk = ts.createCompilerHost(options, true);
  const folders = new Set([...texts.keys()].flatMap((path) => foldersOf(path)));
  const host: SourceHost = {
    ...disk,
    useSourceOfProjectReferenceRedirect: () => true,
    fileExists: (path) => texts.has(path) || disk.fileExists(path),
    readFile: (path) => texts.get(path) ?? disk.readFile(path),
    directoryExists: (path) => folders.has(path) || ts.sys.directoryExists(path),
    realpath: (path) => (texts.has(path) || folders.has(path) ? path : (disk.realpath?.(path) ?? path)),
    getSourceFile: (path, languageVersionOrOptions, onError) => {
      const text = texts.get(path);
      if (text !== undefined) return ts.createSourceFile(path, text, languageVersionOrOptions, true);
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
  const homes = [installed(folder), fileURLToPath(import.meta.url)].map((home) =>
    join(dirname(home), "index.ts"),
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

/** Where the package really is: package managers link it. */
function installed(folder: string): string {
  return existsSync(folder) ? join(realpathSync(folder), "package.json") : join(folder, "package.json");
}

function slashed(path: string): string {
  return path.replaceAll("\\", "/");
}
