import { resolve } from "node:path";
import type { Config } from "./config/config.js";
import type { Limits } from "./source/limits.js";
import { reportOf, type Report } from "./pipeline/report.js";
import type { Filter } from "./source/filter.js";
import { runCheck, runGenerate, type Run } from "./pipeline/run.js";

export { defineConfig, type ApiConfig, type Config } from "./config/config.js";
export { UsageError } from "./config/targets.js";
export { OutputError } from "./output/output-error.js";
export type { Limits } from "./source/limits.js";
export type { Diagnostic } from "./diagnostics/diagnostic.js";
export type { Criteria, Filter } from "./source/filter.js";
export type { Drift } from "./output/plan.js";
export type { ApiReport, FileReport, LeftoverReport, Report } from "./pipeline/report.js";

/** What `generate` and `check` run on. */
export type Options = {
  /** The folder that paths start from and that may hold `clientsmith.config.ts`. Default: the working directory. */
  readonly cwd?: string;
  /** Names of APIs, or paths of documents. Default: every API. */
  readonly apis?: readonly string[];
  /** The folder of the package; for one API only. Default: `generated/<api>`. */
  readonly out?: string;
  /** True goes on past each fault of a document that has a safe reading. Default: the configuration's. */
  readonly lenient?: boolean;
  /** Overlays, applied after those of the configuration. */
  readonly overlays?: readonly string[];
  /** Leaves out operations that the configuration keeps. */
  readonly filter?: Filter;
  /** Used in place of the configuration file. */
  readonly config?: Config;
  /** What documents may refer to beside their own folder: URLs up to the end of a segment, and paths from `cwd`. */
  readonly allowRefs?: readonly string[];
  /** What a document may ask for: `{ bytes: 100_000_000 }`. They win over the configuration's. */
  readonly limits?: Partial<Limits>;
  /** How long to wait for another run that writes the same package, in milliseconds. Default: 30,000. */
  readonly waitMs?: number;
};

/** A report, and what became of the run. */
export type Outcome = Report & { readonly status: Run["status"] };

/**
 * Documents → packages on disk: all of them (`status: "written"`, or `"fresh"` where there is nothing to do), or none where one is refused
 * (`"refused"`, its faults among the diagnostics). A file that was edited by hand is not overwritten unless `force` is set; a remote document that is not what `clientsmith.lock.json` holds is refused unless `updateLock` is.
 *
 * @throws {UsageError} where the options or the configuration are at fault: they name no API, or a setting that there is not. @throws {OutputError} where a package's folder cannot be written or read.
 */
export async function generate(
  options: Options & { readonly force?: boolean; readonly updateLock?: boolean } = {},
): Promise<Outcome> {
  return outcomeOf(await runGenerate({ ...options, cwd: resolve(options.cwd ?? ".") }));
}

/**
 * The same in memory, compared with the disk: `status` is `fresh`, `drift` or `refused`. No package is written.
 *
 * @throws {UsageError} where the options or the configuration are at fault: they name no API, or a setting that there is not. @throws {OutputError} where a package's folder cannot be written or read.
 */
export async function check(options: Options = {}): Promise<Outcome> {
  return outcomeOf(await runCheck({ ...options, cwd: resolve(options.cwd ?? ".") }));
}

function outcomeOf(run: Run): Outcome {
  return { status: run.status, ...reportOf(run) };
}
