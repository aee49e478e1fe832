import { watch, type FSWatcher } from "node:fs";
import { basename, dirname, join } from "node:path";
import { isDocumentName } from "../config/targets.js";
import type { OnRead } from "../pipeline/inputs.js";
import { isOfUser } from "./failure.js";
import type { Terminal } from "./terminal.js";

/** Editors write a file in several steps; a run waits until they are done. */
const SETTLE_MS = 100;

/**
 * Runs, and again after each change of what the last run read or looked for, one run at a time, until the person ends it.
 *
 * @param run tells what it is about to read. False of the first run ends all.
 * @param onFailure is told why a later run came to nothing.
 * @returns what the first run gave.
 */
export async function watchInputs(
  run: (onRead: OnRead) => Promise<boolean>,
  { terminal, onFailure }: { readonly terminal: Terminal; readonly onFailure: (message: string) => void },
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
    await rerun().catch((error: unknown) => onFailure(messageOf(error)));
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
 * folder that is read, each document counts that comes or goes; of those above it, that they come or go themselves: a watch follows a folder
 * that is moved, and ends with one that is deleted.
 */
function watchReads(onChange: () => void): WatchedReads {
  const paths = new Set<string>();
  const listed = new Set<string>();
  const passed = new Set<string>();
  const watchers = new Map<string, FSWatcher>();
  const watchFolder = (folder: string) => {
    const outer = dirname(folder);
    if (watchers.has(folder)) return;
    // From above: what comes while it is looked for is seen there.
    if (outer !== folder) watchFolder(outer);
    passed.add(folder);
    const counts = (path: string, event: string) =>
      paths.has(path) ||
      (listed.has(folder) && isDocumentName(basename(path))) ||
      (event === "rename" && passed.has(path));
    const watcher = watchIfThere(folder, (event, name) => {
      if (name === null || counts(join(folder, name), event)) onChange();
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

/** A folder that a document names wrongly does not exist, and not every folder above one is ours to look at. */
function watchIfThere(
  folder: string,
  onEvent: (event: string, name: string | null) => void,
): FSWatcher | undefined {
  try {
    // Where a folder goes, some systems call that a fault of its watch.
    return watch(folder, onEvent).on("error", () => onEvent("rename", null));
  } catch (error) {
    if (!UNSEEN.has((error as NodeJS.ErrnoException).code ?? "")) throw error;
    return undefined;
  }
}

const UNSEEN: ReadonlySet<string> = new Set(["ENOENT", "ENOTDIR", "EACCES", "EPERM"]);

function messageOf(error: unknown): string {
  return isOfUser(error) ? error.message : String((error as Error).stack);
}
