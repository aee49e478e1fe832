import { existsSync, realpathSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript";
import { UsageError } from "../config/targets.js";
import type { PackageSide } from "../diff/impact/changed-parts.js";
import type { Pair } from "../diff/change.js";
import { consumerReview } from "../diff/impact/consumer.js";
import type { LocatedFinding } from "../diff/finding.js";
import type { ConsumerReview } from "../diff/review.js";
import type { EmittedFile } from "../emit/typescript-module.js";
import { displayPath } from "./report.js";

/** Both packages, and what is known of their difference. */
export type CheckedPackage = {
  readonly packageName: string;
  readonly files: Pair<readonly EmittedFile[]>;
  readonly sides: Pair<PackageSide>;
  readonly findings: readonly LocatedFinding[];
};

/**
 * Type-checks a project against the old and the new package, both in memory: nothing is installed, and nothing is written.
 *
 * @param project the path of its `tsconfig.json`.
 * @throws {UsageError} where there is no such project.
 */
export function checkConsumer(project: string, cwd: string, checked: CheckedPackage): ConsumerReview {
  const path = resolve(cwd, project);
  const config = readProject(path);
  const folder = join(dirname(path), "node_modules", checked.packageName);
  const cache = new Map<string, ts.SourceFile | undefined>();
  const programOf = (side: "base" | "head", old?: ts.Program) => {
    const texts = new Map(checked.files[side].map((file) => [slashed(join(folder, file.path)), file.text]));
    const host = overlaidHost(config.options, { folder, texts, packageName: checked.packageName, cache });
    return ts.createProgram({
      rootNames: config.fileNames,
      options: config.options,
      host,
      ...(old && { oldProgram: old }),
    });
  };
  const base = programOf("base");
  const head = programOf("head", base);
  const isPackage = (file: string) => file.startsWith(`${slashed(folder)}/`);
  const files = base
    .getSourceFiles()
    .filter(
      (file) =>
        !file.isDeclarationFile &&
        !isPackage(file.fileName) &&
        !/\/node_modules\//.test(file.fileName) &&
        !base.isSourceFileFromExternalLibrary(file),
    )
    .map(({ fileName }) => fileName);
  return consumerReview({
    project: displayPath(path, cwd),
    programs: { base, head },
    files,
    isPackage,
    sides: checked.sides,
    findings: checked.findings,
    display: (file) => displayPath(file, cwd),
  });
}

function readProject(path: string): ts.ParsedCommandLine {
  const faults: string[] = [];
  const config = ts.getParsedCommandLineOfConfigFile(
    path,
    { noEmit: true, incremental: false, composite: false },
    {
      ...ts.sys,
      onUnRecoverableConfigFileDiagnostic: ({ messageText }) =>
        void faults.push(ts.flattenDiagnosticMessageText(messageText, " ")),
    },
  );
  if (!config) throw new UsageError(`--consumer ${path}: ${faults.join("; ") || "is no tsconfig.json"}`);
  if (config.fileNames.length === 0) throw new UsageError(`--consumer ${path}: the project has no files`);
  return config;
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

/** The disk with the package laid over it. */
function overlaidHost(options: ts.CompilerOptions, overlay: Overlay): ts.CompilerHost {
  const { texts, cache } = overlay;
  const disk = ts.createCompilerHost(options, true);
  const folders = new Set([...texts.keys()].flatMap((path) => foldersOf(path)));
  const host: ts.CompilerHost = {
    ...disk,
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
  return { ...host, resolveModuleNameLiterals: resolver(host, options, overlay) };
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
