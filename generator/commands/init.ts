import { readdir } from "node:fs/promises";
import { join, parse } from "node:path";
import { listSpecs } from "../config/load.js";
import { isDocumentName, UsageError } from "../config/targets.js";
import { configText, specText } from "../config/starter.js";
import { applyChanges, readDisk } from "../output/apply.js";
import { DEFAULT_WAIT_MS } from "../output/lock.js";
import { withFolders } from "../output/session.js";
import type { Arguments, Command } from "./command.js";
import type { Terminal } from "./terminal.js";

const CONFIG = "clientsmith.config.ts";

const HELP = `clientsmith init [NAME] [--title TITLE] [--scope @SCOPE]

Writes a configuration and a first document: ${CONFIG} and specs/NAME.yaml. What is not given is asked for on a
terminal. No file that is there is changed.

  --title TITLE   what the API is called in its document; default: its name
  --scope @SCOPE  the npm scope of the packages; default: none

Exit: 0, or 2 on any error, with nothing written; 130 where a question is left by Ctrl+C or Ctrl+D.

Example:
  npx clientsmith init petstore --scope @acme && npx clientsmith generate
`;

/** `clientsmith init`. */
export const initCommand: Command = {
  name: "init",
  help: HELP,
  options: { title: { type: "string" }, scope: { type: "string" } },
  async run(args, terminal) {
    try {
      return await init(args, terminal);
    } catch (error) {
      if (!(error instanceof Unanswered)) throw error;
      terminal.err("\nnothing was written\n");
      return INTERRUPTED;
    }
  },
};

/** What shells say of a program that Ctrl+C has ended. */
const INTERRUPTED = 130;

/** The person wants to be asked no more. */
class Unanswered extends Error {}

async function init({ positionals, values }: Arguments, terminal: Terminal): Promise<number> {
  const [given, ...more] = positionals;
  if (more.length > 0) throw new UsageError("init makes one API: name it");
  const name = given ?? (await asked(terminal, "Name of the API", "api"));
  if (!/^[a-z\d][a-z\d_-]*$/i.test(name))
    throw new UsageError(`${JSON.stringify(name)} is no name of an API: letters, digits, - and _`);
  const title = (values["title"] as string | undefined) ?? (await asked(terminal, "Title", name));
  const scope = (values["scope"] as string | undefined) ?? (await asked(terminal, "npm scope (@acme)", ""));
  if (!/^(@[a-z\d~-][a-z\d._~-]*)?$/.test(scope))
    throw new UsageError(`${JSON.stringify(scope)} is no npm scope: it looks like @acme`);
  const files = [
    { path: CONFIG, text: configText(scope) },
    { path: `specs/${name}.yaml`, text: specText(title) },
  ];
  await refuseTaken(name, terminal);
  await create(files, terminal);
  for (const { path } of files) terminal.err(`${terminal.paint("green", "✓")} ${path}\n`);
  terminal.err("next: npx clientsmith generate\n");
  return 0;
}

/** A second configuration would hide the first, and a second document of one name stop every run. */
async function refuseTaken(name: string, { cwd }: Terminal): Promise<void> {
  const configurations = (await readdir(cwd)).filter(
    (file) => file !== CONFIG && /^clientsmith\.config\.\w+$/.test(file),
  );
  const isOfName = (file: string) =>
    parse(file).name.toLowerCase() === name.toLowerCase() && file !== `${name}.yaml`;
  const documents = (await listSpecs(cwd)).filter((file) => isDocumentName(file) && isOfName(file));
  refuse([...configurations, ...documents.map((file) => `specs/${file}`)], cwd);
}

function refuse(taken: readonly string[], cwd: string): void {
  if (taken.length === 0) return;
  const paths = taken.map((path) => join(cwd, path)).join(" and ");
  throw new UsageError(`${paths} ${taken.length > 1 ? "are" : "is"} there: nothing was written`);
}

/** On a terminal, the answer of the person there; else what is preset. */
async function asked({ ask }: Terminal, question: string, preset: string): Promise<string> {
  if (!ask) return preset;
  const answer = await ask(preset === "" ? `${question}: ` : `${question} [${preset}]: `);
  if (answer === undefined) throw new Unanswered();
  return answer.trim() === "" ? preset : answer.trim();
}

/** All of the files, or none where one of them is there. */
async function create(
  files: readonly { readonly path: string; readonly text: string }[],
  { cwd }: Terminal,
): Promise<void> {
  await withFolders([cwd], { waitMs: DEFAULT_WAIT_MS, onWait: undefined }, async () => {
    const paths = files.map(({ path }) => path);
    const disk = await readDisk(cwd, paths);
    refuse(
      paths.filter((path) => disk.get(path) !== undefined),
      cwd,
    );
    const changes = files.map(
      ({ path, text }) => ({ path, action: "create", drift: "missing", after: text }) as const,
    );
    await applyChanges([{ folder: cwd, changes }]);
  });
}
