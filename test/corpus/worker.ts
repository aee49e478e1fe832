import { examine, type Step, type Task } from "./examine.js";
import type { Finding } from "./finding.js";

/** What its parent hears: that a step begins, and at last what was found. */
export type Message = Step | Finding;

function say(message: Message): void {
  process.send?.(message);
}

/** Examines the documents that its parent names, one at a time. */
process.on("message", (task: Task) => {
  void examine(task, say).then(say);
});
