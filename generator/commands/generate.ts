import { oneLine } from "../diagnostics/print.js";
import { holdOf } from "../output/plan.js";
import { isHeld, reportOf } from "../pipeline/report.js";
import { editedFiles, runGenerate, type Run } from "../pipeline/run.js";
import { parseLimits } from "../config/limits.js";
import { UsageError } from "../config/targets.js";
import type { OnRead } from "../pipeline/inputs.js";
import type { ReleaseOptions } from "../pipeline/release.js";
import type { Releasing } from "../pipeline/run.js";
import type { Arguments, Command } from "./command.js";
import { tellFailure } from "./failure.js";
import { printDiagnostics, printWritten } from "./print-run.js";
import { flagsOf, SHAPING_HELP, SHAPING_OPTIONS, SHAPING_USAGE, shapingOf } from "./shaping.js";
import { progressOf, shownPath, waiting, type Terminal } from "./terminal.js";
import { watchInputs } from "./watch.js";

const HELP = `clientsmith generate [API or FILE…] [--out DIR] [--force] [--lenient] [--watch] [--limit NAME=N] [--json]
                     [--allow-ref PREFIX]… [--update-lock] [--release [--base GITREV]]
                     ${SHAPING_USAGE}

Writes a package for each OpenAPI document: all of specs/, or those that are named. Where none is named, a package in
generated/ that belongs to no API goes: the files that its manifest lists, as long as there is an API.

  --out DIR           the folder of the package, for one API; a FILE needs no configuration then
  --force             overwrite files that were edited by hand
  --lenient           go on past each fault of a document that has a safe reading, and say how it is read
  --watch             generate again whenever what was read changes: documents, new ones in specs/, the configuration
  --limit NAME=NUMBER lets a document ask for more: bytes, depth, nodes, schemas, operations, references, evaluations,
                      alternatives
  --json              one JSON object on standard output, by --watch one a run: { apis: [{ name, out, files, fixtures,
                      diagnostics, release }], leftovers, lock, error, ms }; what there is none of is left out
  --allow-ref PREFIX  lets documents refer to what lies there, beside their own folder: a path, or a URL up to the end of a segment;
                      what remote documents were is kept in clientsmith.lock.json
  --update-lock       accepts what remote documents have become
  --release           gives each package its next version, from what has changed on the wire and in TypeScript, and an entry
                      in its CHANGELOG.md; both stay until the next release
  --base GITREV       the commit that --release counts from; default: the last one
${SHAPING_HELP}

Exit: 0, or 2 on any error, with nothing written.

Example:
  npx clientsmith generate specs/petstore.yaml --out packages/petstore
`;

/** `clientsmith generate`. */
export const generateCommand: Command = {
  name: "generate",
  help: HELP,
  options: {
    out: { type: "string" },
    force: { type: "boolean" },
    lenient: { type: "boolean" },
    limit: { type: "string", multiple: true },
    watch: { type: "boolean" },
    json: { type: "boolean" },
    ...SHAPING_OPTIONS,
    "allow-ref": { type: "string", multiple: true },
    "update-lock": { type: "boolean" },
    release: { type: "boolean" },
    base: { type: "string" },
  },
  async run(args, terminal) {
    const { positionals, values } = args;
    const options = {
      ...shapingOf(args),
      apis: positionals,
      out: values["out"] as string | undefined,
      force: values["force"] === true,
      lenient: values["lenient"] === true,
      allowRefs: values["allow-ref"] as string[] | undefined,
      updateLock: values["update-lock"] === true,
      limits: parseLimits(values["limit"] as string[] | undefined),
    };
    const releases = await releasingOf(values, { cwd: terminal.cwd, today: terminal.today(), ...options });
    const json = values["json"] === true;
    const once = (onRead?: OnRead) =>
      generateOnce({ ...options, onRead, releasing: releases }, json, terminal);
    if (values["watch"] !== true) return (await once()).status === "refused" ? 2 : 0;
    const again = async (onRead: OnRead) => {
      await once(onRead);
      return true;
    };
    await watchInputs(again, {
      terminal,
      onFailure: (message) => tellFailure(message, { json }, terminal),
    });
    return 0;
  },
};

/** @throws {UsageError} where options contradict each other. */
async function releasingOf(
  values: Arguments["values"],
  { cwd, today, allowRefs, limits }: Pick<ReleaseOptions, "cwd" | "today" | "allowRefs" | "limits">,
): Promise<Releasing | undefined> {
  if (values["release"] !== true) {
    if (values["base"] !== undefined) throw new UsageError("--base is what --release counts from: give both");
    return undefined;
  }
  if (values["watch"] === true) throw new UsageError("--release is for one run: it does not go with --watch");
  const shaping = flagsOf({ values }, Object.keys(SHAPING_OPTIONS)).join(" ");
  if (shaping !== "")
    throw new UsageError(`--release counts from what the configuration gave: write ${shaping} into that`);
  const { releasing } = await import("../pipeline/release.js");
  return releasing({ cwd, today, allowRefs, limits, base: values["base"] as string | undefined });
}

async function generateOnce(
  options: Omit<Parameters<typeof runGenerate>[0], "cwd" | "onStage">,
  json: boolean,
  terminal: Terminal,
): Promise<Run> {
  const progress = progressOf(terminal);
  const onStage = (api: string, stage: string) => progress.show(`${api}: ${stage}`);
  const run = await runGenerate({
    ...options,
    cwd: terminal.cwd,
    onStage,
    onWait: waiting(terminal),
  }).finally(progress.clear);
  printDiagnostics(run, terminal);
  const edited = isHeld(run) ? editedFiles(run) : [];
  for (const { path, ...change } of edited)
    terminal.err(`${shownPath(path, terminal.cwd)} ${holdOf(change)}\n`);
  if (run.status !== "refused") printWritten(run, terminal);
  if (run.status !== "refused")
    for (const { target, release } of run.apis)
      if (release)
        terminal.err(
          `  ${oneLine(target.name)} ${release.version ?? "needs no release"}. ${release.reason}\n`,
        );
  if (json) terminal.out(`${JSON.stringify(reportOf(run), null, 2)}\n`);
  return run;
}
