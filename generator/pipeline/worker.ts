import { parentPort } from "node:worker_threads";
import { formatEach } from "../output/format-file.js";
import { claims, type Answer, type Task, type Tasks } from "./threads.js";

/** A thread that does tasks, one at a time, and answers each that was not taken back. */

const TASKS: Tasks = {
  format: formatEach,
  bridge: async (document) => {
    const { emitOpenApiPaths } = await import("../emit/openapi-paths.js");
    const [file] = await formatEach([emitOpenApiPaths(document)]);
    return { ...file!, isFormatted: true };
  },
};

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
