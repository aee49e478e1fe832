import { examine, type Task } from "./examine.js";

/** Examines the documents that its parent names, one at a time. */
process.on("message", (task: Task) => {
  void examine(task).then((finding) => process.send?.(finding));
});
