import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { onTestFinished } from "vitest";
import { ROOT } from "./root.js";

/** An empty folder outside the checkout, gone after the test. */
export function emptyFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "clientsmith-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Writes the files into the folder, making the folders on the way. */
export function writeFiles(folder: string, files: readonly { path: string; text: string }[]): void {
  for (const { path, text } of files) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
}

/** Makes the checkout's dependencies resolvable from the folder. */
export function linkDependencies(folder: string): void {
  symlinkSync(fileURLToPath(new URL("node_modules", ROOT)), join(folder, "node_modules"), "dir");
}
