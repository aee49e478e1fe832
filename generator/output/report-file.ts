import { randomUUID } from "node:crypto";
import { mkdir, rename, rm, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { faultOf, OutputError } from "./output-error.js";

/**
 * Writes a report where somebody has asked for it, in one step: who reads it sees the old one or the whole new one.
 *
 * @throws {OutputError} where it cannot be written.
 */
export async function writeReport(path: string, text: string): Promise<void> {
  const staged = `${path}.${randomUUID()}.tmp`;
  try {
    await mkdir(dirname(path), { recursive: true });
    await writeFile(staged, text);
    await rename(staged, path);
  } catch (error) {
    await rm(staged, { force: true }).catch(() => undefined);
    throw new OutputError(`cannot write ${path}: ${faultOf(error)}`);
  }
}
