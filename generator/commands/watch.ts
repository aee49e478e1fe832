import { watch, type FSWatcher } from "node:fs";
import { dirname, join } from "node:path";
import { isDocumentName, UsageError } from "../config/targets.js";
import { OutputError } from "../output/output-error.js";
import type { OnRead } from "../pipeline/inputs.js";
import type { Terminal } from "./terminal.js";

/** Editors write a file in several steps; a run waits until they are done. */
const SETTLE_MS = 100;

/**
 * Runs, and again after each change of what the last run read or looked for, one run at a time, until the person ends it.
 *
 * @param run tells what it is about to read. False of the first run ends all.
 * @returns what the first run gave.
 */
export async function watchInputs(
  run: (onRead: OnRead) => Promise<boolean>,
  terminal: Terminal,
): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  let watched: WatchedReads | undefined;
  let isOver = false;
  const onChange = () => {
    clearTimeout(timer);
    if (!isOver) timer = setTimeout(() => void (last = last.then(again)), SETTLE_MS);
  };
  // What the last run read is watched until this one is over: the change may come in between.
  const rerun = async () => {
    const next = watchReads(onChange);
    return run(next.onRead).finally(() => {
      watched?.close();
      watched = next;
    });
  };
  const again = async () => {
    await rerun().catch((error: unknown) => terminal.err(`${messageOf(error)}\n`));
  };
  const first = rerun();
  let last: Promise<unknown> = first.catch(() => undefined);
  try {
    if (!(await first)) return false;
    terminal.err(terminal.paint("dim", "watching; Ctrl+C ends\n"));
    await terminal.interrupted;
    return true;
  } finally {
    isOver = true;
    clearTimeout(timer);
    await last;
    watched?.close();
  }
}

type WatchedReads = { readonly onRead: OnRead; readonly close: () => void };

/**
 * Tells of changes of what is read, from before it is read. Folders are watched: editors put a new file in the place of the old one. Of a
 * folder that is read, each document counts that comes or goes.
 */
function watchReads(onChange: () => void): WatchedReads {
  const paths = new Set<string>();
  const listed = new Set<string>();
  const watchers = new Map<string, FSWatcher>();
  const watchFolder = (folder: string) => {
    if (watchers.has(folder)) return;
    const counts = (name: string) =>
      paths.has(join(folder, name)) || (listed.has(folder) && isDocumentName(name));
    const watcher = watchIfThere(folder, (name) => {
      if (name === null || counts(name)) onChange();
    });
    if (watcher) watchers.set(folder, watcher);
  };
  return {
    onRead(path, kind) {
      paths.add(path);
      watchFolder(dirname(path));
      if (kind === "file") return;
      listed.add(path);
      watchFolder(path);
    },
    close() {
      for (const watcher of watchers.values()) watcher.close();
    },
  };
}

/** A folder that a document names wrongly does not exist. */
function watchIfThere(folder: string, onEvent: (name: string | null) => void): FSWatcher | undefined {
  try {
    return watch(folder, (_event, name) => onEvent(name));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
    return undefined;
  }
}

function messageOf(error: unknown): string {
  return error instanceof UsageError || error instanceof OutputError
    ? error.message
    : String((error as Error).stack);
}
