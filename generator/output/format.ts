import type { EmittedFile } from "../emit/typescript-module.js";
import { formatEach } from "./format-file.js";

/** Files of so many characters are formatted together. */
const BATCH_LENGTH = 250_000;

/** What another thread has been given: its result, unless it is taken back before the thread has begun with it. */
export type Lent<T> = { readonly result: Promise<T>; readonly takeBack: () => boolean };

/** Gives files to another thread to format; undefined where there is none. */
type Lend = (files: readonly EmittedFile[]) => Lent<readonly EmittedFile[]> | undefined;

/** Formats the files of a package, those of a large one in other threads, too. */
export class Formatter {
  private readonly from: number;
  private readonly lend: Lend;
  private readonly batches: (readonly EmittedFile[])[] = [];
  /** Those of the batches, in their order. */
  private readonly lent: ReturnType<Lend>[] = [];
  private length = 0;

  /** @param from so many characters on, others format while this thread goes on */
  constructor({ from, lend }: { from: number; lend: Lend } = { from: Infinity, lend: () => undefined }) {
    this.from = from;
    this.lend = lend;
  }

  add(files: Iterable<EmittedFile>): void {
    for (const batch of batchesOf(files)) {
      this.batches.push(batch);
      this.length += lengthOf(batch);
      if (this.length >= this.from) this.lent.push(...this.batches.slice(this.lent.length).map(this.lend));
    }
  }

  /** All files as people read them, in the order in which they were added. */
  async finish(): Promise<EmittedFile[]> {
    const results: Promise<readonly EmittedFile[]>[] = [];
    // From the end: the others come from the beginning.
    for (const [index, batch] of this.batches.toReversed().entries()) {
      const lent = this.lent[this.batches.length - 1 - index];
      const isHere = !lent || lent.takeBack();
      // What fails there is done here: then it is the thread that failed, or the fault is told as it is.
      const result = isHere ? formatEach(batch) : lent.result.catch(() => formatEach(batch));
      result.catch(() => undefined);
      results.unshift(result);
      if (isHere) await result;
    }
    return (await Promise.all(results)).flat();
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
