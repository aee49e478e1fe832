import { isAbsolute, join, relative, sep } from "node:path";
import { locateProblems, type Diagnostic } from "../diagnostics/diagnostic.js";
import { problem } from "../diagnostics/problem.js";
import type { FolderChanges } from "../output/apply.js";
import { holdOf, type Drift, type FileChange } from "../output/plan.js";
import type { FixtureCounts } from "./compile.js";
import type { PlannedApi, Run } from "./run.js";

/** One file that differs, by its path from the package's folder. */
export type FileReport = {
  readonly path: string;
  /** What was done, or (by `check`) what is to be done. */
  readonly action: "create" | "update" | "delete";
  /** Why: the document changed, the file was lost or edited by hand, or it is no longer generated. */
  readonly drift: Drift;
};

/** What became of one API. */
export type ApiReport = {
  readonly name: string;
  /** The folder of the package: from the working directory if it is inside, else absolute. */
  readonly out: string;
  /** The files that differ; none where the package is fresh, or its document is refused. */
  readonly files: readonly FileReport[];
  readonly fixtures: FixtureCounts;
  /** Those of its documents; where that is why nothing was written, also each file that was edited by hand. */
  readonly diagnostics: readonly Diagnostic[];
  /** The version that `--release` gives, and why. */
  readonly release?: { readonly version?: string; readonly reason: string };
};

/** A package that belongs to no API. */
export type LeftoverReport = {
  readonly out: string;
  readonly files: readonly FileReport[];
  /** The files that were edited by hand, where that is why nothing was written; absent where it is not. */
  readonly diagnostics?: readonly Diagnostic[];
};

/** What became of a run; what `--json` prints. */
export type Report = {
  readonly apis: readonly ApiReport[];
  /** The packages in `generated/` that belong to no API; absent where there are none. */
  readonly leftovers?: readonly LeftoverReport[];
  /** What differs in the lock of remote documents; absent where nothing does. */
  readonly lock?: FileReport;
  /** Why nothing could be looked at, where no document is at fault: the command line or the configuration is. */
  readonly error?: string;
  /** How long it took, in milliseconds. */
  readonly ms: number;
};

/** A run without its texts. */
export function reportOf(run: Run): Report {
  const { apis, leftovers, lock, cwd, ms } = run;
  const held = isHeld(run);
  return {
    apis: apis.map((api) => {
      const report = apiReport(api, cwd);
      const edits = held ? editsOf({ folder: api.target.out, changes: api.changes }, cwd) : [];
      return { ...report, diagnostics: [...report.diagnostics, ...edits] };
    }),
    ...(leftovers.length > 0 && {
      leftovers: leftovers.map((leftover) => {
        const edits = held ? editsOf(leftover, cwd) : [];
        const files = leftover.changes.map(fileReport);
        const diagnostics = edits.length > 0 && { diagnostics: edits };
        return { out: displayPath(leftover.folder, cwd), files, ...diagnostics };
      }),
    }),
    ...(lock && { lock: fileReport(lock.change) }),
    ms: Math.round(ms),
  };
}

/** True where nothing was written because somebody edited files, and for no other reason. */
export function isHeld({ status, apis }: Run): boolean {
  return status === "refused" && apis.every(({ compilation }) => compilation.files !== undefined);
}

/** What `--json` prints where there was no run. */
export function failureReport(error: string): Report {
  return { apis: [], error, ms: 0 };
}

/** The files of a package that were edited by hand, as faults. */
function editsOf({ folder, changes }: FolderChanges, cwd: string): Diagnostic[] {
  const edited = changes.filter(({ drift }) => drift === "edited");
  const problems = edited.map(({ path, ...change }) => {
    const origin = { source: displayPath(join(folder, path), cwd), pointer: "" };
    return problem("file-edited", { hold: holdOf(change) }, { origin });
  });
  return locateProblems(problems, new Map());
}

function apiReport({ target, changes, compilation, release }: PlannedApi, cwd: string): ApiReport {
  const version = release?.version;
  return {
    name: target.name,
    out: displayPath(target.out, cwd),
    files: changes.map(fileReport),
    fixtures: compilation.fixtures,
    diagnostics: compilation.diagnostics,
    ...(release && { release: { ...(version !== undefined && { version }), reason: release.reason } }),
  };
}

function fileReport({ path, action, drift }: FileChange): FileReport {
  return { path, action, drift };
}

/** A path as people write it. */
export function displayPath(path: string, cwd: string): string {
  const near = relative(cwd, path);
  return near === "" ? "." : near.startsWith("..") || isAbsolute(near) ? path : near.split(sep).join("/");
}
