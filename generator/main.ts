#!/usr/bin/env node
import { Console } from "node:console";
import { createInterface } from "node:readline/promises";
import { runCli } from "./commands/cli.js";
import { painter } from "./commands/terminal.js";
import { faultOf } from "./output/output-error.js";
import { keepCompiled } from "./pipeline/compile-cache.js";

/** argv → command → exit code. The only user of `process`, but for the lock, which names it. */

const { argv, env, stdin, stdout, stderr } = process;

// https://no-color.org: any value but the empty one.
const isPlain = Boolean(env["NO_COLOR"]);

// A configuration, and what it imports, may print: standard output is for whoever reads the report.
globalThis.console = new Console(stderr, stderr);

keepCompiled();

// A hook of a linked worktree is told where git's folder is, and not where its own working tree is: git takes the folder that it runs in
// for that, and finds no document (git, GIT_DIR). Left to itself, it finds both.
if (env["GIT_WORK_TREE"] === undefined) delete env["GIT_DIR"];

// Whoever reads may have enough (`| head -1`): the work goes on, and the exit code is its own. A report that is not written is an error.
let isCut = false;
for (const stream of [stdout, stderr])
  stream.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code === "EPIPE") return;
    isCut = true;
    process.exitCode = 2;
    if (stream === stdout) stderr.write(`error: cannot write to standard output: ${faultOf(error)}\n`);
  });

/** Undefined where the person wants to answer no more. */
async function ask(question: string): Promise<string | undefined> {
  const lines = createInterface({ input: stdin, output: stderr });
  return lines
    .question(question)
    .catch((error: NodeJS.ErrnoException) => {
      if (error.code !== "ABORT_ERR") throw error;
      return undefined;
    })
    .finally(() => lines.close());
}

const exitCode = await runCli(argv.slice(2), {
  cwd: process.cwd(),
  out: (text) => void stdout.write(text),
  err: (text) => void stderr.write(text),
  isInteractive: stderr.isTTY,
  paint: painter(stderr.isTTY && !isPlain),
  paintOut: painter(stdout.isTTY && !isPlain),
  today: () => new Date().toISOString().slice(0, 10),
  ask: stdin.isTTY && stderr.isTTY ? ask : undefined,
  interrupted: new Promise((resolve) => {
    // Ctrl+C ends a watch and a server; everything else it just ends.
    if (argv.includes("--watch") || argv[2] === "mock")
      process.once("SIGINT", () => resolve()).once("SIGTERM", () => resolve());
  }),
});
process.exitCode = isCut ? 2 : exitCode;
