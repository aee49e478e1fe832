import { resolve } from "node:path";
import { parseLimits } from "../config/limits.js";
import { UsageError } from "../config/targets.js";
import { diagnosticTexts, oneLine } from "../diagnostics/print.js";
import { REPORTS, reportOf, type ReportInput } from "../diff/reports/report.js";
import type { Level } from "../diff/rules/rules.js";
import { writeReport } from "../output/report-file.js";
import { digest, runDiff, type DiffRun, type ReviewedApi } from "../pipeline/diff.js";
import type { Compared } from "../pipeline/diff-entries.js";
import { readVersion } from "../pipeline/installed.js";
import type { Arguments, Command } from "./command.js";
import { isOfUser } from "./failure.js";
import { painter, type Terminal } from "./terminal.js";

const FORMATS = Object.keys(REPORTS) as (keyof typeof REPORTS)[];
/** From which level on a finding fails the command. */
const FAIL_ON = { breaking: ["error"], warning: ["error", "warning"], none: [] } as const satisfies {
  readonly [name: string]: readonly Level[];
};

const HELP = `clientsmith diff BASE HEAD [--format FORMAT] [--fail-on LEVEL]
clientsmith diff [API or FILE…] --base GITREV [--format FORMAT] [--fail-on LEVEL]

Reviews what a changed document does to those who call the API: on the wire, each error proved by a value that one side
allows and the other refuses; in TypeScript, in the compiler's words; and in the fixtures.

  --base GITREV       compares the documents with what they were in a commit, without a checkout
  --format NAME       ${FORMATS.join(", ")}; default: text. One document, of however many APIs
  --format NAME=FILE  writes the report into a file. Can be repeated: one run, several reports, of which one may be printed
  --fail-on LEVEL     breaking, warning or none; default: breaking
  --waivers FILE      what was agreed to: a list of findings, each with a reason and the last day on which it is let pass.
                      Default with --base: clientsmith.waivers.yaml beside the configuration, or what the configuration names.
                      One that has ended, or means nothing, is a warning of its own
  --consumer TSCONFIG type-checks a project that uses the package against the new one, in memory, and lists the call sites that
                      stop compiling with the finding that causes each. Can be repeated; the projects that it refers to belong
                      to it; errors it has today are no breaks
  --git-driver        for git itself: git config diff.openapi.command "npx clientsmith diff --git-driver", and *.yaml diff=openapi
                      in .gitattributes. Ends with 0 always, for git takes anything else for a crash
  --limit NAME=NUMBER lets a document ask for more: see clientsmith generate --help
  --allow-ref PREFIX  lets documents refer to what lies there, beside their own folder: a path, or a URL up to the end of a segment

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
    format: { type: "string", multiple: true },
    "fail-on": { type: "string" },
    waivers: { type: "string" },
    consumer: { type: "string", multiple: true },
    "git-driver": { type: "boolean" },
    limit: { type: "string", multiple: true },
    "allow-ref": { type: "string", multiple: true },
  },
  async run(args, terminal) {
    if (args.values["git-driver"] !== true) return runReview(args, terminal);
    await runDriver(args, terminal);
    return 0;
  },
};

/** Git ends where its driver fails: what is wrong is told alone. */
async function runDriver(args: Arguments, terminal: Terminal): Promise<void> {
  const [path, ...sides] = args.positionals;
  // In a merge, there are no two sides: git says no more of such a file.
  if (path !== undefined && sides.length === 0) return terminal.out(`* Unmerged path ${oneLine(path)}\n`);
  try {
    await runReview(args, terminal);
  } catch (error) {
    if (!isOfUser(error)) throw error;
    terminal.err(`${error.message}\n`);
  }
}

async function runReview({ positionals, values }: Arguments, terminal: Terminal): Promise<number> {
  const wanted = wantedReports(values["format"] as string[] | undefined);
  const failOn = oneOf(
    Object.keys(FAIL_ON) as (keyof typeof FAIL_ON)[],
    values["fail-on"] ?? "breaking",
    "--fail-on",
  );
  const compared = sidesOf(positionals, values);
  const run = await runDiff({
    ...compared,
    cwd: terminal.cwd,
    today: terminal.today(),
    waivers: values["waivers"] as string | undefined,
    consumers: values["consumer"] as string[] | undefined,
    limits: parseLimits(values["limit"] as string[] | undefined),
    allowRefs: values["allow-ref"] as string[] | undefined,
  });
  printFaults(run, compared, terminal);
  const version = await readVersion();
  const inputs = run.apis.flatMap((api) => inputOf(api, version));
  for (const each of wanted) await handOver(each, inputs, terminal);
  if (run.waivers.diagnostics.length > 0 || run.apis.some((api) => !api.review)) return 2;
  return hasLevel(inputs, FAIL_ON[failOn]) ? 1 : 0;
}

function sidesOf(
  positionals: readonly string[],
  { base: revision, "git-driver": driver }: Arguments["values"],
): Compared {
  if (driver === true) return driverSides(positionals);
  if (typeof revision === "string") return { kind: "git", apis: positionals, revision };
  const [base, head, ...more] = positionals;
  if (base === undefined || head === undefined || more.length > 0)
    throw new UsageError("name two documents, or a commit by --base: see clientsmith diff --help");
  return { kind: "files", base, head };
}

/**
 * What git appends to `diff.<driver>.command` (gitattributes, "Defining an external diff driver"; git, GIT_EXTERNAL_DIFF): the path of a
 * document, each of its sides, and the path of the head where that is another.
 */
function driverSides([path, base, , , head, , , to = path]: readonly string[]): Compared {
  if (path === undefined || base === undefined || head === undefined || to === undefined)
    throw new UsageError("--git-driver is for git: see clientsmith diff --help");
  return { kind: "driver", sides: { base: { file: base, path }, head: { file: head, path: to } } };
}

function oneOf<T extends string>(allowed: readonly T[], value: unknown, option: string): T {
  const found = allowed.find((each) => each === value);
  if (found === undefined)
    throw new UsageError(`${option} ${JSON.stringify(value)} is unknown: use ${allowed.join(", ")}`);
  return found;
}

/** Every fault, and which APIs no report speaks of because of them. */
function printFaults({ apis, waivers, notes }: DiffRun, compared: Compared, { paint, err }: Terminal): void {
  // The two sides of a file mostly have one path: that of the base is written as git writes it.
  const revision =
    compared.kind === "git" ? compared.revision : compared.kind === "driver" ? "base" : undefined;
  for (const note of notes) err(`${paint("yellow", "warning:")} ${oneLine(note)}\n`);
  const texts = [
    ...diagnosticTexts(waivers.diagnostics, waivers, paint),
    ...apis.flatMap(({ diagnostics, documents }) => [
      ...diagnosticTexts(diagnostics.base, { documents: documents.base, revision }, paint),
      ...diagnosticTexts(diagnostics.head, { documents: documents.head }, paint),
    ]),
  ];
  for (const text of texts) err(`${text}\n\n`);
  for (const { name, review } of apis)
    if (!review) err(`${paint("red", "✗")} ${paint("bold", oneLine(name))} was not reviewed\n`);
}

type UnpaintedInput = Omit<ReportInput, "paint">;

function inputOf({ name, review, documents }: ReviewedApi, version: string): UnpaintedInput[] {
  return review ? [{ name, review, documents, version, digest }] : [];
}

/** A report that is asked for: printed, or written into a file. */
type WantedReport = { readonly format: keyof typeof REPORTS; readonly file?: string };

/** `markdown`, or `markdown=review.md`. */
function wantedReports(values: readonly string[] = ["text"]): WantedReport[] {
  const wanted = values.map((value): WantedReport => {
    const [, name = value, file] = /^([^=]*)=(.*)$/s.exec(value) ?? [];
    if (file === "") throw new UsageError(`--format ${value}: name a file`);
    const format = oneOf(FORMATS, name, "--format");
    return file === undefined ? { format } : { format, file };
  });
  if (wanted.filter(({ file }) => file === undefined).length > 1)
    throw new UsageError("--format: one report can be printed; write the others into files: NAME=FILE");
  return wanted;
}

async function handOver(
  { format, file }: WantedReport,
  inputs: readonly UnpaintedInput[],
  { cwd, out, paintOut }: Terminal,
): Promise<void> {
  if (inputs.length === 0) return;
  const paint = file === undefined ? paintOut : painter(false);
  const painted = inputs.map((input) => ({ ...input, paint }));
  const text = `${reportOf(format, painted).trimEnd()}\n`;
  if (file === undefined) out(text);
  else await writeReport(resolve(cwd, file), text);
}

/** A waiver that has ended or means nothing is a finding, too. */
function hasLevel(inputs: readonly UnpaintedInput[], levels: readonly Level[]): boolean {
  return inputs.some(({ review }) => {
    const { findings, waiverProblems = [] } = review;
    return (
      findings.some(({ level }) => levels.includes(level)) ||
      (waiverProblems.length > 0 && levels.includes("warning"))
    );
  });
}
