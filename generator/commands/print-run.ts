import { createTwoFilesPatch } from "diff";
import { diagnosticTexts, oneLine, printable } from "../diagnostics/print.js";
import type { FolderChanges } from "../output/apply.js";
import { MANIFEST } from "../output/manifest.js";
import { withPlainLines, type FileChange } from "../output/plan.js";
import type { FixtureCounts } from "../pipeline/compile.js";
import { editedFiles, type PlannedApi, type Run } from "../pipeline/run.js";
import { quoted } from "./shaping.js";
import { shownPath, type Terminal } from "./terminal.js";

/** More lines of one file's difference than this are counted, not shown. */
const MAX_DIFF_LINES = 60;

/** Every diagnostic with its source line, and how many there are. */
export function printDiagnostics(run: Run, { err, paint }: Terminal): void {
  for (const { compilation } of run.apis) {
    for (const text of diagnosticTexts(compilation.diagnostics, compilation, paint)) err(`${text}\n\n`);
  }
  const all = run.apis.flatMap(({ compilation }) => compilation.diagnostics);
  const errors = all.filter(({ severity }) => severity === "error").length;
  if (errors > 0) err(`${paint("red", count(errors, "error"))}: nothing was written\n`);
}

/** What was done for each API. */
export function printWritten(run: Run, { err, paint, cwd }: Terminal): void {
  for (const { target, changes, compilation } of run.apis) {
    const actions = (["create", "update", "delete"] as const)
      .map((action) => ({ action, number: changes.filter((change) => change.action === action).length }))
      .filter(({ number }) => number > 0)
      .map(({ action, number }) => `${count(number, "file")} ${action}d`);
    const what = actions.length > 0 ? actions.join(", ") : "nothing to do";
    const fixtures = `${count(compilation.fixtures.valid, "fixture")} proved, ${coverage(compilation.fixtures)}`;
    err(
      `${paint("green", "✓")} ${paint("bold", oneLine(target.name))} → ${shownPath(target.out, cwd)}: ${what}; ${fixtures}\n`,
    );
  }
  for (const { folder, changes } of run.leftovers)
    err(
      `${paint("green", "✓")} ${shownPath(folder, cwd)}: ${count(changes.length, "file")} deleted; it belongs to no API\n`,
    );
  if (run.lock) err(`${paint("green", "✓")} ${run.lock.change.path} ${run.lock.change.action}d\n`);
  err(paint("dim", `${Math.round(run.ms)} ms\n`));
}

/**
 * How many of the choices that schemas leave (a value of an enum, a branch, an end of a length) have a fixture, and how many pairs of them
 * go together.
 */
function coverage({ choices: { shown, leftOut }, pairs }: FixtureCounts): string {
  const all = pairs.proved + pairs.refused + pairs.leftOut;
  const proved = pairs.proved === all ? "" : `${pairs.proved} of `;
  const both = all === 0 ? "" : `, ${proved}${count(all, "pair")} of them`;
  return `${leftOut > 0 ? `${shown} of ${count(shown + leftOut, "choice")}` : count(shown, "choice")} shown${both}`;
}

/** What `check` was asked, as `generate` is to be: names of APIs and files, and flags as a shell takes them. */
type Asked = { readonly names: readonly string[]; readonly flags: readonly string[] };

/** Each API that is not what its document says, file by file, and the command that mends it. */
export function printDrift(run: Run, terminal: Terminal, asked: Asked): void {
  for (const api of run.apis) printApiDrift(api, terminal);
  for (const each of run.leftovers) printLeftover(each, terminal);
  if (run.lock) printLockDrift(run.lock.change, terminal);
  if (run.status === "fresh") return;
  const { paint, err } = terminal;
  err(`\nTo mend: ${paint("bold", oneLine(mendingCommand(run, asked)))}\n`);
  if (editedFiles(run).length > 0)
    err("--force overwrites what was edited by hand, or is not of clientsmith.\n");
}

/** Names what was named; where nothing was, the APIs that differ, unless something that belongs to none of them does, too. */
function mendingCommand(run: Run, { names, flags }: Asked): string {
  const drifted = run.apis.filter(({ changes }) => changes.length > 0).map(({ target }) => target.name);
  const isForEvery = run.lock !== undefined || run.leftovers.length > 0;
  const chosen = names.length > 0 ? names : isForEvery ? [] : drifted;
  const force = editedFiles(run).length > 0 ? ["--force"] : [];
  return ["npx clientsmith generate", ...chosen.map(quoted), ...flags, ...force].join(" ");
}

function printLeftover({ folder, changes }: FolderChanges, { err, paint, cwd }: Terminal): void {
  const out = shownPath(folder, cwd);
  err(`${paint("red", "✗")} ${paint("bold", out)} belongs to no API\n`);
  for (const { drift, path } of changes)
    err(`  ${paint("yellow", drift.padEnd(9))} ${out}/${oneLine(path)}\n`);
}

function printLockDrift({ drift, path }: FileChange, { err, paint }: Terminal): void {
  err(`${paint("red", "✗")} ${paint("bold", path)} differs from the remote documents that are read\n`);
  err(`  ${paint("yellow", drift.padEnd(9))} ${path}\n`);
}

function printApiDrift({ target, changes }: PlannedApi, { err, paint, cwd }: Terminal): void {
  const folder = shownPath(target.out, cwd);
  if (changes.length === 0) {
    err(`${paint("green", "✓")} ${paint("bold", oneLine(target.name))}: ${folder} is fresh\n`);
    return;
  }
  err(
    `${paint("red", "✗")} ${paint("bold", oneLine(target.name))}: ${folder} differs from its document in ${count(changes.length, "file")}\n`,
  );
  for (const change of changes)
    err(`  ${paint("yellow", change.drift.padEnd(9))} ${folder}/${oneLine(change.path)}\n`);
  // The manifest follows from the others.
  const shown = changes.filter(({ action, path }) => action === "update" && path !== MANIFEST);
  for (const change of shown) err(`\n${diffText(change, folder, paint)}`);
}

/** From what is on disk to what the document says. */
function diffText(
  { path, before = "", after = "" }: FileChange,
  folder: string,
  paint: Terminal["paint"],
): string {
  const name = `${folder}/${oneLine(path)}`;
  const patch = createTwoFilesPatch(
    `${name} (on disk)`,
    `${name} (generated)`,
    withPlainLines(before),
    withPlainLines(after),
    undefined,
    undefined,
    { context: 2 },
  );
  const lines = patch.trimEnd().split("\n").slice(1);
  const shown = lines.slice(0, MAX_DIFF_LINES).map((line) => paintLine(printable(line), paint));
  const rest = lines.length - shown.length;
  return `${[...shown, ...(rest > 0 ? [paint("dim", `… ${count(rest, "more line")}`)] : [])].join("\n")}\n`;
}

function paintLine(line: string, paint: Terminal["paint"]): string {
  if (line.startsWith("+")) return paint("green", line);
  return line.startsWith("-") ? paint("red", line) : line;
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? "" : "s"}`;
}
