import { parseArgs } from "node:util";
import { UsageError } from "../config/targets.js";
import { adviceOn } from "../source/validity/near.js";
import type { Arguments, Command } from "./command.js";

/** What the command line gives a command; what the command does not take is a {@link UsageError}. */
export function parseArguments(command: Command, args: readonly string[]): Arguments {
  const options: Command["options"] = { ...command.options, help: { type: "boolean", short: "h" } };
  const config = { args: [...args], options, allowPositionals: true };
  // Node checks the same, in words that are not of this tool.
  for (const token of parseArgs({ ...config, strict: false, tokens: true }).tokens) {
    const fault =
      token.kind === "option" && faultOf(token, options, `see clientsmith ${command.name} --help`);
    if (fault) throw new UsageError(fault);
  }
  return parseArgs(config);
}

type OptionToken = {
  readonly name: string;
  readonly rawName: string;
  readonly value: string | undefined;
  readonly inlineValue: boolean | undefined;
};

/** Why an option is not taken, and what to do; undefined where it is. */
function faultOf(token: OptionToken, options: Command["options"], help: string): string | undefined {
  const { name, rawName, value, inlineValue } = token;
  if (!Object.hasOwn(options, name)) {
    const names = Object.keys(options).map((each) => `--${each}`);
    return `there is no option ${rawName}: ${adviceOn(rawName, names, help)}`;
  }
  if (options[name]!.type === "boolean")
    return value === undefined ? undefined : `${rawName} takes no value: ${help}`;
  if (value === undefined) return `${rawName} needs a value: ${help}`;
  return inlineValue === false && /^-./.test(value)
    ? `${rawName} needs a value: one that begins with a dash is written ${rawName}=${value}`
    : undefined;
}
