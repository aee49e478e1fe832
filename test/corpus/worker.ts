import { examine } from "./examine.js";

/** Examines the documents that its parent names, one at a time. */
process.on("message", (task: { name: string; path: string; versions: ("5.9" | "6" | "7")[] }) => {
  void examine(task.name, task.path, task.versions).then((finding) => process.send?.(finding));
});
