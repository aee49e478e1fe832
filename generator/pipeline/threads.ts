import { availableParallelism } from "node:os";
import { Worker } from "node:worker_threads";
import type { AskCompiler } from "../diff/impact/inquiry.js";
import type { EmittedFile } from "../emit/typescript-module.js";
import type { Lent } from "../output/format.js";
import type { JsonObject } from "../source/json.js";

/** What threads do beside the one that makes a package, or reviews a change. Inputs and outputs are data: they are copied. */
export type Tasks = {
  readonly format: (files: readonly EmittedFile[]) => Promise<EmittedFile[]>;
  readonly bridge: (document: JsonObject) => Promise<EmittedFile>;
  readonly unassignable: AskCompiler;
};
/** A task as it goes to a thread. Who changes its claim from 0 does it: the thread, or who takes it back. */
export type Task = {
  readonly id: number;
  readonly name: keyof Tasks;
  readonly input: unknown;
  readonly claim: Int32Array;
};
export type Answer = { readonly id: number } & ({ readonly value: unknown } | { readonly error: unknown });

/** Claims a task: true for the first who does. */
export function claims(claim: Int32Array): boolean {
  return Atomics.exchange(claim, 0, 1) === 0;
}

/** Fewer characters than these are done before a thread has started. */
export const THREADED_LENGTH = 2_000_000;
/** More threads than this would wait: one makes what they work on. */
const MOST_THREADS = 3;
/** Most of what is made on the way is soon gone: where there is more room for it, less time goes into clearing up. */
const RESOURCES = { maxYoungGenerationSizeMb: 64 };

/** Threads, started when there is something to do; none where clientsmith runs as TypeScript, which Node.js loads in no thread. */
export class Threads {
  private readonly most: number;
  private started: readonly Thread[] | undefined;

  constructor(most = MOST_THREADS) {
    this.most = most;
  }

  /** Gives a task to the thread that has the fewest; undefined where there is none. */
  lend<N extends keyof Tasks>(name: N, input: Parameters<Tasks[N]>[0]): LentTask<N> | undefined {
    this.started ??= Array.from({ length: threadCount(this.most) }, () => new Thread());
    const alive = this.started.filter(({ isDead }) => !isDead);
    const least = Math.min(...alive.map(({ pending }) => pending));
    const free = alive.find(({ pending }) => pending === least);
    return free?.lend(name, input) as LentTask<N> | undefined;
  }

  async end(): Promise<void> {
    await Promise.all((this.started ?? []).map((thread) => thread.end()));
  }
}

type LentTask<N extends keyof Tasks> = Lent<Awaited<ReturnType<Tasks[N]>>>;

function threadCount(most: number): number {
  return import.meta.url.endsWith(".ts") ? 0 : Math.min(availableParallelism() - 1, most);
}

/** A thread that has ended, or never began: what it was given is to be done elsewhere. */
export class ThreadError extends Error {}

type Waiting = { readonly resolve: (value: unknown) => void; readonly reject: (error: unknown) => void };

class Thread {
  private readonly worker = new Worker(new URL("./worker.js", import.meta.url), {
    resourceLimits: RESOURCES,
  });
  private readonly waiting = new Map<number, Waiting>();
  private count = 0;
  isDead = false;

  constructor() {
    this.worker.on("message", (answer: Answer) => {
      const { resolve, reject } = this.waiting.get(answer.id)!;
      this.waiting.delete(answer.id);
      if ("error" in answer) reject(answer.error);
      else resolve(answer.value);
    });
    this.worker.on("error", (cause) => {
      this.isDead = true;
      for (const { reject } of this.waiting.values())
        reject(new ThreadError("a thread has ended", { cause }));
      this.waiting.clear();
    });
  }

  get pending(): number {
    return this.waiting.size;
  }

  lend(name: keyof Tasks, input: unknown): Lent<unknown> {
    const id = this.count++;
    const claim = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
    this.worker.postMessage({ id, name, input, claim } satisfies Task);
    const result = new Promise((resolve, reject) => void this.waiting.set(id, { resolve, reject }));
    // Who lent it looks at it later, maybe too late for Node.js, which would end the run.
    result.catch(() => undefined);
    return { result, takeBack: () => claims(claim) && this.waiting.delete(id) };
  }

  async end(): Promise<void> {
    await this.worker.terminate();
  }
}
