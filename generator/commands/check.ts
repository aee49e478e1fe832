import { reportOf } from "../pipeline/report.js";
import { runCheck } from "../pipeline/run.js";
import { parseLimits } from "../config/limits.js";
import type { Command } from "./command.js";
import { printDiagnostics, printDrift } from "./print-run.js";
import { flagsOf, SHAPING_HELP, SHAPING_OPTIONS, SHAPING_USAGE, shapingOf } from "./shaping.js";
import { progressOf, waiting } from "./terminal.js";

const HELP = `clientsmith check [API or FILE…] [--out DIR] [--lenient] [--limit NAME=N] [--json]
                  [--allow-ref PREFIX]… ${SHAPING_USAGE}

Generates in memory and compares with the disk. Names each file that is stale (the document changed), missing, edited by
hand or left over, shows the difference, and the command that mends it. Writes no package.

  --out DIR           the folder of the package, for one API
  --lenient           go on past each fault of a document that has a safe reading, as generate does
  --limit NAME=NUMBER lets a document ask for more: bytes, depth, nodes, schemas, operations, references, evaluations,
                      alternatives
  --json              one JSON object on standard output: { apis: [{ name, out, files, fixtures, diagnostics }], leftovers,
                      lock, error, ms }; what there is none of is left out
  --allow-ref PREFIX  lets documents refer to what lies there, beside their own folder: a path, or a URL up to the end of a segment
${SHAPING_HELP}

Exit: 0 fresh, 1 drift, 2 error.

Example:
  npx clientsmith check petstore
`;

/** What decides what a package is, and where: `generate` takes it, too. */
const SHARED_OPTIONS = {
  out: { type: "string" },
  lenient: { type: "boolean" },
  limit: { type: "string", multiple: true },
  "allow-ref": { type: "string", multiple: true },
  ...SHAPING_OPTIONS,
} as const satisfies Command["options"];

/** `clientsmith check`. */
export const checkCommand: Command = {
  name: "check",
  help: HELP,
  options: { ...SHARED_OPTIONS, json: { type: "boolean" } },
  async run(args, terminal) {
    const { positionals, values } = args;
    const flags = flagsOf(args, Object.keys(SHARED_OPTIONS));
    const progress = progressOf(terminal);
    const onStage = (api: string, stage: string) => progress.show(`${api}: ${stage}`);
    const options = {
      ...shapingOf(args),
      cwd: terminal.cwd,
      apis: positionals,
      out: values["out"] as string | undefined,
      lenient: values["lenient"] === true,
      allowRefs: values["allow-ref"] as string[] | undefined,
      limits: parseLimits(values["limit"] as string[] | undefined),
      onStage,
      onWait: waiting(terminal),
    };
    const run = await runCheck(options).finally(progress.clear);
    printDiagnostics(run, terminal);
    if (run.status !== "refused") printDrift(run, terminal, { names: positionals, flags });
    if (values["json"] === true) terminal.out(`${JSON.stringify(reportOf(run), null, 2)}\n`);
    return { refused: 2, drift: 1, fresh: 0, written: 0 }[run.status];
  },
};
