import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { ROOT } from "./root.js";

/** The compilers that packages must pass, by the folder of their package. */
export const COMPILERS = {
  "5.9": "typescript",
  "6": "typescript-6",
  "7": "@typescript/native",
} as const;
export type CompilerVersion = keyof typeof COMPILERS;

/** What a compiler says; empty where it has no complaint. It is called by its path: two packages bring a `tsc`. */
export async function typeCheck(
  version: CompilerVersion,
  args: readonly string[],
  cwd: string,
): Promise<string> {
  const tsc = fileURLToPath(new URL(`node_modules/${COMPILERS[version]}/bin/tsc`, ROOT));
  return promisify(execFile)(process.execPath, ["--max-old-space-size=8192", tsc, ...args], {
    cwd,
    maxBuffer: 1 << 26,
  }).then(
    ({ stdout }) => stdout,
    (error: { stdout?: string; message: string }) => error.stdout || error.message,
  );
}
