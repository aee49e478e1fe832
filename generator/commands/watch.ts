import { watch } from "node:fs";
import { basename, dirname } from "node:path";
import { UsageError } from "../config/targets.js";
import { OutputError } from "../output/output-error.js";
import type { Terminal } from "./terminal.js";

/** Editors write a file in several steps; a run waits until they are done. */
const SETTLE_MS = 100;

/** Runs again after each change of one of the files, one run at a time, until the person ends it. */
export async function watchInputs(
  files: readonly string[],
  run: () => Promise<unknown>,
  terminal: Terminal,
): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  let last = Promise.resolve();
  const schedule = () => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      last = last.then(run).then(
        () => undefined,
        (error: unknown) => terminal.err(`${messageOf(error)}\n`),
      );
    }, SETTLE_MS);
  };
  const watchers = [...new Set(files.map((file) => dirname(file)))].map((folder) =>
    watch(folder, (_event, name) => {
      if (name === null || files.some((file) => dirname(file) === folder && basename(file) === name))
        schedule();
    }),
  );
  terminal.err(terminal.paint("dim", "watching; Ctrl+C ends\n"));
  await terminal.interrupted;
  clearTimeout(timer);
  for (const watcher of watchers) watcher.close();
  await last;
}

function messageOf(error: unknown): string {
  return error instanceof UsageError || error instanceof OutputError
    ? error.message
    : String((error as Error).stack);
}
