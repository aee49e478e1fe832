import { dirname, resolve } from "node:path";
import ts from "typescript";
import { UsageError } from "../config/targets.js";

/** A project of TypeScript, as its `tsconfig.json` says it. */
export type Project = { readonly path: string; readonly config: ts.ParsedCommandLine };

/**
 * A project, and those that it refers to (TypeScript, Project References), the first named first; each once. One that only refers to
 * others has no files of its own, and is left out.
 *
 * @throws {UsageError} where one cannot be read, or none has files.
 */
export function projectsOf(path: string): Project[] {
  const found = new Map<string, Project>();
  const visit = (each: string): void => {
    if (found.has(each)) return;
    const config = readProject(each);
    found.set(each, { path: each, config });
    for (const reference of config.projectReferences ?? [])
      visit(resolve(dirname(each), ts.resolveProjectReferencePath(reference)));
  };
  visit(path);
  const projects = [...found.values()].filter(({ config }) => config.fileNames.length > 0);
  if (projects.length === 0) throw new UsageError(`--consumer ${path}: the project has no files`);
  return projects;
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
  return config;
}
