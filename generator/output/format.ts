import { setImmediate as turn } from "node:timers/promises";
import type { EmittedFile } from "../emit/typescript-module.js";
import { formatEach } from "./format-file.js";

/** Files of so many characters are formatted together. */
const BATCH_LENGTH = 250_000;

/** Formats elsewhere, while this thread goes on; undefined where there is no room for more. */
type Elsewhere = (files: readonly EmittedFile[]) => Promise<readonly EmittedFile[]> | undefined;

/**
 * The files as people read them, in their order.
 *
 * @param from so many characters on, what there is room for is formatted `elsewhere` while the rest is emitted.
 */
export async function formatFiles(
  files: Iterable<EmittedFile>,
  { from, elsewhere }: { from: number; elsewhere: Elsewhere } = {
    from: Infinity,
    elsewhere: () => undefined,
  },
): Promise<EmittedFile[]> {
  const formatting = new Formatting(elsewhere);
  let length = 0;
  for (const batch of batchesOf(files)) {
    length += lengthOf(batch);
    await formatting.add(batch, length >= from);
  }
  return formatting.finish();
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
  private readonly elsewhere: Elsewhere;
  private readonly results: Promise<readonly EmittedFile[]>[] = [];
  /** What nobody has taken. */
  private readonly waiting: (readonly EmittedFile[])[] = [];

  constructor(elsewhere: Elsewhere) {
    this.elsewhere = elsewhere;
  }

  async add(batch: readonly EmittedFile[], isLarge: boolean): Promise<void> {
    this.waiting.push(batch);
    if (isLarge) this.handOut();
    await turn();
  }

  private handOut(): void {
    const [batch] = this.waiting;
    const result = batch && this.elsewhere(batch);
    if (!result) return;
    this.waiting.shift();
    this.results.push(result);
    const goOn = () => this.handOut();
    result.then(goOn, () => undefined);
    goOn();
  }

  /** Formats what nobody has taken, and waits for the others. */
  async finish(): Promise<EmittedFile[]> {
    for (let batch = this.waiting.shift(); batch; batch = this.waiting.shift()) {
      const result = formatEach(batch);
      this.results.push(result);
      await result;
      await turn();
    }
    return (await Promise.all(this.results)).flat();
  }
}
