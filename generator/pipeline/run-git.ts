import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { UsageError } from "../config/targets.js";

const run = promisify(execFile);
/** The largest document of the world fits in it many times. */
const MAX_BYTES = 512 * 1024 * 1024;

/** What git has printed, or why it has failed, in its own words; none where it was asked to be quiet. */
export type Answer =
  { readonly kind: "done"; readonly stdout: Buffer } | { readonly kind: "failed"; readonly reason: string };

/** @throws {UsageError} where there is no git. */
export async function runGit(cwd: string, args: readonly string[]): Promise<Answer> {
  try {
    const { stdout } = await run("git", [...args], { cwd, encoding: "buffer", maxBuffer: MAX_BYTES });
    return { kind: "done", stdout };
  } catch (error) {
    const { code, stderr, message } = error as Error & { code?: unknown; stderr?: Buffer };
    if (code === "ENOENT") throw new UsageError("git is not on the PATH: what was committed is read by it");
    return { kind: "failed", reason: typeof code === "number" ? wordsOf(stderr) : message };
  }
}

function wordsOf(stderr: Buffer | undefined): string {
  return (stderr?.toString("utf8") ?? "").trim().replace(/^fatal: /, "");
}
