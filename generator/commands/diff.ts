import { UsageError } from "../config/targets.js";
import { printDiagnostic } from "../diagnostics/print.js";
import { REPORTS } from "../diff/reports/report.js";
import type { Level } from "../diff/rules.js";
import { digest, runDiff, type ReviewedApi } from "../pipeline/diff.js";
import { readVersion } from "../pipeline/installed.js";
import type { Command } from "./command.js";
import type { Terminal } from "./terminal.js";

const FORMATS = Object.keys(REPORTS) as (keyof typeof REPORTS)[];
/** From which level on a finding fails the command. */
const FAIL_ON = { breaking: ["error"], warning: ["error", "warning"], none: [] } as const satisfies {
  readonly [name: string]: readonly Level[];
};

const HELP = `clientsmith diff BASE HEAD [--format FORMAT] [--fail-on LEVEL] [--lenient]
clientsmith diff [API…] --base GITREV [--format FORMAT] [--fail-on LEVEL] [--lenient]

Reviews what a changed document does to those who call the API: on the wire, each error proved by a value that one side
allows and the other refuses; and in TypeScript, in the compiler's words.

  --base GITREV   compares the documents with what they were in a commit, without a checkout
  --format NAME   ${FORMATS.join(", ")}; default: text
  --fail-on LEVEL breaking, warning or none; default: breaking
  --lenient       go on past each fault of a document that has a safe reading

Exit: 0, 1 at or over --fail-on, 2 error.

Example:
  npx clientsmith diff --base origin/main --format markdown
`;

/** `clientsmith diff`. */
export const diffCommand: Command = {
  name: "diff",
  help: HELP,
  options: {
    base: { type: "string" },
    format: { type: "string" },
    "fail-on": { type: "string" },
    lenient: { type: "boolean" },
  },
  async run({ positionals, values }, terminal) {
    const format = oneOf(FORMATS, values["format"] ?? "text", "--format");
    const failOn = oneOf(
      Object.keys(FAIL_ON) as (keyof typeof FAIL_ON)[],
      values["fail-on"] ?? "breaking",
      "--fail-on",
    );
    const reviewed = await runDiff({
      ...sidesOf(positionals, values["base"]),
      cwd: terminal.cwd,
      lenient: values["lenient"] === true,
    });
    const version = await readVersion();
    for (const api of reviewed) report(api, { format, version, terminal });
    if (reviewed.some((api) => !api.review)) return 2;
    const levels: readonly Level[] = FAIL_ON[failOn];
    const findings = reviewed.flatMap((api) => api.review?.findings ?? []);
    return findings.some(({ level }) => levels.includes(level)) ? 1 : 0;
  },
};

type Sides =
  { kind: "files"; base: string; head: string } | { kind: "git"; apis: readonly string[]; revision: string };

function sidesOf(positionals: readonly string[], revision: unknown): Sides {
  if (typeof revision === "string") return { kind: "git", apis: positionals, revision };
  const [base, head, ...more] = positionals;
  if (base === undefined || head === undefined || more.length > 0)
    throw new UsageError("name two documents, or a commit by --base: see clientsmith diff --help");
  return { kind: "files", base, head };
}

function oneOf<T extends string>(allowed: readonly T[], value: unknown, option: string): T {
  const found = allowed.find((each) => each === value);
  if (found === undefined)
    throw new UsageError(`${option} ${JSON.stringify(value)} is unknown: use ${allowed.join(", ")}`);
  return found;
}

function report(
  { review, documents, diagnostics }: ReviewedApi,
  { format, version, terminal }: { format: keyof typeof REPORTS; version: string; terminal: Terminal },
): void {
  const { paint } = terminal;
  const shown = new Map([...documents.base, ...documents.head]);
  for (const diagnostic of diagnostics) terminal.err(`${printDiagnostic(diagnostic, shown, paint)}\n\n`);
  if (!review) return;
  terminal.out(`${REPORTS[format]({ review, documents, paint, version, digest }).trimEnd()}\n`);
}
