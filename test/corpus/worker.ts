import { examine, type Task } from "./examine.js";
import type { Finding } from "./finding.js";

/** What its parent hears: that a step is done, and at last what was found. */
export type Message = "step" | Finding;

function say(message: Message): void {
  process.send?.(message);
}

/** Examines the documents that its parent names, one at a time. */
process.on("message", (task: Task) => {
  void examine(task, () => say("step")).then(say);
});
