import { availableParallelism } from "node:os";
import { Worker } from "node:worker_threads";
import type { EmittedFile } from "../emit/typescript-module.js";

/** Files that are formatted together, as they go to a thread and come back. */
export type Batch = { readonly id: number; readonly files: readonly EmittedFile[] };

/** More threads than this would wait: one emits what they format. */
const MOST_THREADS = 3;
/** Batches that lie ready for a thread: it goes on while this one is busy. */
const AHEAD = 4;
/** Most of what is made while formatting is soon gone: where there is more room for it, less time goes into clearing up. */
const RESOURCES = { maxYoungGenerationSizeMb: 64 };

/** Threads that format beside this one; none where clientsmith runs as TypeScript, which Node.js loads in no thread. */
export class FormatThreads {
  private readonly threads = Array.from({ length: threadCount() }, () => new FormatThread());

  /** The files, formatted by a thread; undefined where none has room for more. */
  format(files: readonly EmittedFile[]): Promise<readonly EmittedFile[]> | undefined {
    return this.threads.find(({ pending }) => pending < AHEAD)?.format(files);
  }

  async end(): Promise<void> {
    await Promise.all(this.threads.map((thread) => thread.end()));
  }
}

function threadCount(): number {
  return import.meta.url.endsWith(".ts") ? 0 : Math.min(availableParallelism() - 1, MOST_THREADS);
}

type Answer = {
  readonly resolve: (files: readonly EmittedFile[]) => void;
  readonly reject: (error: unknown) => void;
};

class FormatThread {
  private readonly worker = new Worker(new URL("./format-worker.js", import.meta.url), {
    resourceLimits: RESOURCES,
  });
  private readonly answers = new Map<number, Answer>();
  private count = 0;

  constructor() {
    this.worker.on("message", ({ id, files }: Batch) => {
      this.answers.get(id)!.resolve(files);
      this.answers.delete(id);
    });
    this.worker.on("error", (error) => {
      for (const { reject } of this.answers.values()) reject(error);
    });
  }

  get pending(): number {
    return this.answers.size;
  }

  format(files: readonly EmittedFile[]): Promise<readonly EmittedFile[]> {
    const id = this.count++;
    this.worker.postMessage({ id, files } satisfies Batch);
    return new Promise((resolve, reject) => void this.answers.set(id, { resolve, reject }));
  }

  async end(): Promise<void> {
    await this.worker.terminate();
  }
}
