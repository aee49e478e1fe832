import { readVersion } from "../pipeline/installed.js";
import { adviceOn } from "../source/validity/near.js";
import type { Command } from "./command.js";
import { isOfUser, tellFailure } from "./failure.js";
import { parseArguments } from "./parse-arguments.js";
import type { Terminal } from "./terminal.js";

/** Every command by its name: a few words on it, and the module that is loaded when it is asked for. */
const COMMANDS: {
  readonly [name: string]: { readonly summary: string; readonly load: () => Promise<Command> };
} = {
  generate: {
    summary: "documents → packages",
    load: async () => (await import("./generate.js")).generateCommand,
  },
  check: {
    summary: "are the packages what the documents say?",
    load: async () => (await import("./check.js")).checkCommand,
  },
  diff: {
    summary: "what does a changed document break?",
    load: async () => (await import("./diff.js")).diffCommand,
  },
  init: {
    summary: "a configuration and a first document",
    load: async () => (await import("./init.js")).initCommand,
  },
  mock: {
    summary: "the fixtures over HTTP",
    load: async () => (await import("./mock.js")).mockCommand,
  },
};

const HELP = `clientsmith: typed clients and proved fixtures from OpenAPI documents

${Object.entries(COMMANDS)
  .map(([name, { summary }]) => `  clientsmith ${name.padEnd(10)} ${summary}`)
  .join("\n")}

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
  if (!Object.hasOwn(COMMANDS, name)) {
    const advice = adviceOn(name, Object.keys(COMMANDS), "see clientsmith --help");
    tellFailure(`there is no command ${JSON.stringify(name)}: ${advice}`, { json: false }, terminal);
    return 2;
  }
  const command = await COMMANDS[name]!.load();
  try {
    const args = parseArguments(command, rest);
    return args.values["help"] === true ? show(command.help, terminal) : await command.run(args, terminal);
  } catch (error) {
    if (!isOfUser(error)) throw error;
    // Whoever reads the report is owed one, also where the rest of the command line is wrong.
    const json = "json" in command.options && rest.includes("--json");
    tellFailure(error.message, { json }, terminal);
    return 2;
  }
}

function show(text: string, terminal: Terminal): number {
  terminal.out(text);
  return 0;
}
