import { availableParallelism } from "node:os";
import { Worker } from "node:worker_threads";
import type { EmittedFile } from "../emit/typescript-module.js";
import type { JsonObject } from "../source/json.js";

/** What threads do for a large package, beside the one that makes it. Inputs and outputs are data: they are copied. */
export type Tasks = {
  readonly format: (files: readonly EmittedFile[]) => Promise<EmittedFile[]>;
  readonly bridge: (document: JsonObject) => Promise<EmittedFile>;
};
export type Task = { readonly id: number; readonly name: keyof Tasks; readonly input: unknown };
export type Answer = { readonly id: number } & ({ readonly value: unknown } | { readonly error: unknown });

/** Fewer characters than these are done before a thread has started. */
export const THREADED_LENGTH = 2_000_000;
/** More threads than this would wait: one makes what they work on. */
const MOST_THREADS = 3;
/** Tasks that lie ready for a thread: it goes on while this one is busy. */
const AHEAD = 8;
/** Most of what is made on the way is soon gone: where there is more room for it, less time goes into clearing up. */
const RESOURCES = { maxYoungGenerationSizeMb: 64 };

/** Threads, started when there is something to do; none where clientsmith runs as TypeScript, which Node.js loads in no thread. */
export class Threads {
  private started: readonly Thread[] | undefined;

  /** What becomes of a task; undefined where no thread has room for it. */
  run<N extends keyof Tasks>(name: N, input: Parameters<Tasks[N]>[0]): ReturnType<Tasks[N]> | undefined {
    this.started ??= Array.from({ length: threadCount() }, () => new Thread());
    const least = Math.min(...this.started.map(({ pending }) => pending));
    const free = least < AHEAD ? this.started.find(({ pending }) => pending === least) : undefined;
    return free?.run(name, input) as ReturnType<Tasks[N]> | undefined;
  }

  async end(): Promise<void> {
    await Promise.all((this.started ?? []).map((thread) => thread.end()));
  }
}

function threadCount(): number {
  return import.meta.url.endsWith(".ts") ? 0 : Math.min(availableParallelism() - 1, MOST_THREADS);
}

type Waiting = { readonly resolve: (value: unknown) => void; readonly reject: (error: unknown) => void };

class Thread {
  private readonly worker = new Worker(new URL("./worker.js", import.meta.url), {
    resourceLimits: RESOURCES,
  });
  private readonly waiting = new Map<number, Waiting>();
  private count = 0;

  constructor() {
    this.worker.on("message", (answer: Answer) => {
      const { resolve, reject } = this.waiting.get(answer.id)!;
      this.waiting.delete(answer.id);
      if ("error" in answer) reject(answer.error);
      else resolve(answer.value);
    });
    this.worker.on("error", (error) => {
      for (const { reject } of this.waiting.values()) reject(error);
    });
  }

  get pending(): number {
    return this.waiting.size;
  }

  run(name: keyof Tasks, input: unknown): Promise<unknown> {
    const id = this.count++;
    this.worker.postMessage({ id, name, input } satisfies Task);
    const result = new Promise((resolve, reject) => void this.waiting.set(id, { resolve, reject }));
    // Who asked looks at it later, maybe too late for Node.js, which would end the run.
    result.catch(() => undefined);
    return result;
  }

  async end(): Promise<void> {
    await this.worker.terminate();
  }
}
