import { parentPort } from "node:worker_threads";
import { formatEach } from "../output/format-file.js";
import type { Answer, Task, Tasks } from "./threads.js";

/** A thread that does tasks, one at a time, and answers each. */

const TASKS: Tasks = {
  format: formatEach,
  bridge: async (document) => {
    const { emitOpenApiPaths } = await import("../emit/openapi-paths.js");
    const [file] = await formatEach([emitOpenApiPaths(document)]);
    return { ...file!, isFormatted: true };
  },
};

async function answer({ id, name, input }: Task): Promise<Answer> {
  try {
    return { id, value: await TASKS[name](input as never) };
  } catch (error) {
    return { id, error };
  }
}

let last: Promise<unknown> = Promise.resolve();
parentPort!.on("message", (task: Task) => {
  last = last.then(async () => parentPort!.postMessage(await answer(task)));
});
