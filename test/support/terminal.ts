import { runCli } from "../../generator/commands/cli.js";
import type { Terminal } from "../../generator/commands/terminal.js";

/** What a run of the command line printed and returned. */
export type CliRun = { readonly code: number; readonly out: string; readonly err: string };

/** Runs the command line in this process, in a folder of its own: in a pipe, without colours. */
export async function cli(cwd: string, ...argv: readonly string[]): Promise<CliRun> {
  return cliOn({}, cwd, ...argv);
}

/** The same on a terminal that differs in something: one that shows progress, or that somebody interrupts. */
export async function cliOn(
  terminal: Partial<Terminal>,
  cwd: string,
  ...argv: readonly string[]
): Promise<CliRun> {
  const written = { out: "", err: "" };
  const code = await runCli(argv, {
    cwd,
    out: (text) => void (written.out += text),
    err: (text) => void (written.err += text),
    isInteractive: false,
    paint: (_style, text) => text,
    paintOut: (_style, text) => text,
    today: () => "2026-11-21",
    interrupted: new Promise(() => undefined),
    ...terminal,
  });
  return { code, ...written };
}
