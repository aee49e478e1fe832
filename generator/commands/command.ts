import type { ParseArgsConfig } from "node:util";
import type { Terminal } from "./terminal.js";

/** What the command line gave. */
export type Arguments = {
  readonly positionals: readonly string[];
  readonly values: { readonly [option: string]: string | boolean | (string | boolean)[] | undefined };
};

/** A command: its options, its help, and what it does. */
export type Command = {
  readonly name: string;
  readonly help: string;
  readonly options: NonNullable<ParseArgsConfig["options"]>;
  /** @returns the exit code. */
  run(args: Arguments, terminal: Terminal): Promise<number>;
};
