import { watch, type FSWatcher } from "node:fs";
import { dirname, join } from "node:path";
import { UsageError } from "../config/targets.js";
import { OutputError } from "../output/output-error.js";
import type { Terminal } from "./terminal.js";

/** Editors write a file in several steps; a run waits until they are done. */
const SETTLE_MS = 100;

/** Runs, and again after each change of a file that the last run read, one run at a time, until the person ends it. */
export async function watchInputs(run: () => Promise<readonly string[]>, terminal: Terminal): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const watched = new WatchedFiles(() => {
    clearTimeout(timer);
    timer = setTimeout(() => void (last = last.then(again)), SETTLE_MS);
  });
  const again = async () => {
    try {
      watched.set(await run());
    } catch (error) {
      terminal.err(`${messageOf(error)}\n`);
    }
  };
  let last = run().then((files) => watched.set(files));
  await last;
  terminal.err(terminal.paint("dim", "watching; Ctrl+C ends\n"));
  await terminal.interrupted;
  clearTimeout(timer);
  watched.set([]);
  await last;
  watched.set([]);
}

/** Tells of changes of files. Their folders are watched: editors put a new file in the place of the old one. */
class WatchedFiles {
  private files = new Set<string>();
  private readonly watchers = new Map<string, FSWatcher>();
  private readonly onChange: () => void;

  constructor(onChange: () => void) {
    this.onChange = onChange;
  }

  set(files: readonly string[]): void {
    this.files = new Set(files);
    const folders = new Set(files.map((file) => dirname(file)));
    for (const [folder, watcher] of this.watchers) {
      if (folders.has(folder)) continue;
      watcher.close();
      this.watchers.delete(folder);
    }
    for (const folder of folders) if (!this.watchers.has(folder)) this.watch(folder);
  }

  /** A folder that a document names wrongly does not exist. */
  private watch(folder: string): void {
    try {
      const watcher = watch(folder, (_event, name) => {
        if (name === null || this.files.has(join(folder, name))) this.onChange();
      });
      this.watchers.set(folder, watcher);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
    }
  }
}

function messageOf(error: unknown): string {
  return error instanceof UsageError || error instanceof OutputError
    ? error.message
    : String((error as Error).stack);
}
