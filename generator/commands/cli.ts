import { readFile } from "node:fs/promises";
import { parseArgs } from "node:util";
import { UsageError } from "../config/targets.js";
import { OutputError } from "../output/output-error.js";
import { checkCommand } from "./check.js";
import type { Arguments, Command } from "./command.js";
import { diffCommand } from "./diff.js";
import { generateCommand } from "./generate.js";
import type { Terminal } from "./terminal.js";

const COMMANDS: readonly Command[] = [generateCommand, checkCommand, diffCommand];

const HELP = `clientsmith: typed clients and proved fixtures from OpenAPI documents

${COMMANDS.map(({ name, summary }) => `  clientsmith ${name.padEnd(10)} ${summary}`).join("\n")}

  --help      of a command, too: clientsmith generate --help
  --version

Example:
  npx clientsmith generate specs/petstore.yaml --out packages/petstore
`;

/**
 * Runs what the command line asks for.
 *
 * @returns the exit code: 0, 1 where a command found what it looks for, 2 on an error.
 */
export async function runCli(argv: readonly string[], terminal: Terminal): Promise<number> {
  const [name = "--help", ...rest] = argv;
  if (name === "--version" || name === "-v") return show(`${await readVersion()}\n`, terminal);
  if (name === "--help" || name === "-h" || name === "help") return show(HELP, terminal);
  const command = COMMANDS.find((each) => each.name === name);
  if (!command) return fail(`there is no command ${JSON.stringify(name)}: see clientsmith --help`, terminal);
  try {
    const args = parseArguments(command, rest);
    return args.values["help"] === true ? show(command.help, terminal) : await command.run(args, terminal);
  } catch (error) {
    if (error instanceof UsageError || error instanceof OutputError) return fail(error.message, terminal);
    throw error;
  }
}

function parseArguments(command: Command, args: readonly string[]): Arguments {
  try {
    const options = { ...command.options, help: { type: "boolean", short: "h" } } as const;
    return parseArgs({ args: [...args], options, allowPositionals: true });
  } catch (error) {
    throw new UsageError(`${(error as Error).message}: see clientsmith ${command.name} --help`);
  }
}

function show(text: string, terminal: Terminal): number {
  terminal.out(text);
  return 0;
}

function fail(message: string, terminal: Terminal): number {
  terminal.err(`${terminal.paint("red", "error:")} ${message}\n`);
  return 2;
}

async function readVersion(): Promise<string> {
  const manifest = JSON.parse(await readFile(new URL("../../package.json", import.meta.url), "utf8")) as {
    version: string;
  };
  return manifest.version;
}
