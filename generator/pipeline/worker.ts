import { parentPort } from "node:worker_threads";
import type { EmittedFile } from "../emit/typescript-module.js";
import { keepCompiled } from "./compile-cache.js";
import { claims, type Answer, type Task, type Tasks } from "./threads.js";

/** A thread that does tasks, one at a time, and answers each that was not taken back. It loads what they need. */

keepCompiled();

const TASKS: Tasks = {
  format,
  bridge: async (document) => {
    const { emitOpenApiPaths } = await import("../emit/openapi-paths.js");
    const [file] = await format([emitOpenApiPaths(document)]);
    return { ...file!, isFormatted: true };
  },
  unassignable: async (inquiry) => {
    const { unassignable } = await import("../diff/impact/assignability.js");
    return unassignable(inquiry);
  },
};

async function format(files: readonly EmittedFile[]): Promise<EmittedFile[]> {
  const { formatEach } = await import("../output/format-file.js");
  return formatEach(files);
}

async function answer({ id, name, input }: Omit<Task, "claim">): Promise<Answer> {
  try {
    return { id, value: await TASKS[name](input as never) };
  } catch (error) {
    return { id, error };
  }
}

let last: Promise<unknown> = Promise.resolve();
parentPort!.on("message", ({ claim, ...task }: Task) => {
  last = last.then(async () => {
    if (claims(claim)) parentPort!.postMessage(await answer(task));
  });
});
