import { writeFileSync } from "node:fs";

/** Loaded before a program that is measured: tells how much memory it took at most, in kibibytes. */
process.on("exit", () => {
  writeFileSync(process.env.PEAK_MEMORY_FILE, String(process.resourceUsage().maxRSS));
});
