import { setImmediate as turn } from "node:timers/promises";
import type { EmittedFile } from "../emit/typescript-module.js";
import { formatEach } from "./format-file.js";
import { FormatThreads } from "./format-threads.js";

/** Files of so many characters are formatted together. */
const BATCH_LENGTH = 250_000;
/** Fewer characters than these are formatted before a thread would have started. */
const THREADED_LENGTH = 2_000_000;

/** The files as people read them, in their order: those of a large package by several threads, while the rest is still emitted. */
export async function formatFiles(files: Iterable<EmittedFile>): Promise<EmittedFile[]> {
  const formatting = new Formatting();
  try {
    for (const batch of batchesOf(files)) await formatting.add(batch);
    return await formatting.finish();
  } finally {
    await formatting.end();
  }
}

function* batchesOf(files: Iterable<EmittedFile>): Generator<EmittedFile[], void> {
  let batch: EmittedFile[] = [];
  for (const file of files) {
    batch.push(file);
    if (lengthOf(batch) < BATCH_LENGTH) continue;
    yield batch;
    batch = [];
  }
  yield batch;
}

function lengthOf(files: readonly EmittedFile[]): number {
  return files.reduce((sum, { text }) => sum + text.length, 0);
}

class Formatting {
  private readonly results: Promise<readonly EmittedFile[]>[] = [];
  /** What no thread has taken, by its place among the results. */
  private readonly waiting = new Map<number, readonly EmittedFile[]>();
  private threads: FormatThreads | undefined;
  private count = 0;
  private length = 0;

  async add(batch: readonly EmittedFile[]): Promise<void> {
    this.waiting.set(this.count++, batch);
    this.length += lengthOf(batch);
    if (this.length >= THREADED_LENGTH) this.threads ??= new FormatThreads();
    this.handOut();
    await turn();
  }

  /** Gives the threads what they have room for. */
  private handOut(): void {
    for (const [place, batch] of this.waiting) {
      const result = this.threads?.format(batch);
      if (!result) return;
      this.take(place, result);
      result.then(
        () => this.handOut(),
        () => undefined,
      );
    }
  }

  private take(place: number, result: Promise<readonly EmittedFile[]>): void {
    this.waiting.delete(place);
    this.results[place] = result;
  }

  /** Formats what no thread has taken, and waits for them. */
  async finish(): Promise<EmittedFile[]> {
    for (const [place, batch] of this.waiting) {
      const result = formatEach(batch);
      this.take(place, result);
      await result;
      await turn();
    }
    return (await Promise.all(this.results)).flat();
  }

  async end(): Promise<void> {
    await this.threads?.end();
  }
}
