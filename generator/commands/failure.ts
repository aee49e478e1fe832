import { UsageError } from "../config/targets.js";
import { printable } from "../diagnostics/print.js";
import { OutputError } from "../output/output-error.js";
import { failureReport } from "../pipeline/report.js";
import type { Terminal } from "./terminal.js";

/** True for an error whose message is for the person who gave the command; all others are faults of ours. */
export function isOfUser(error: unknown): error is Error {
  return error instanceof UsageError || error instanceof OutputError;
}

/** Says why nothing came of a command, also to whoever reads its report. */
export function tellFailure(message: string, { json }: { readonly json: boolean }, terminal: Terminal): void {
  if (json) terminal.out(`${JSON.stringify(failureReport(message), null, 2)}\n`);
  const lines = message.split("\n").map(printable);
  terminal.err(`${terminal.paint("red", "error:")} ${lines.join("\n")}\n`);
}
