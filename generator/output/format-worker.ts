import { parentPort } from "node:worker_threads";
import { formatEach } from "./format-file.js";
import type { Batch } from "./format-threads.js";

/** A thread that formats batches, and answers each with its files. */
parentPort!.on("message", ({ id, files }: Batch) => {
  void formatEach(files).then((formatted) =>
    parentPort!.postMessage({ id, files: formatted } satisfies Batch),
  );
});
