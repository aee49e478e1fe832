import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Compilation } from "../../generator/pipeline/compile.js";
import { compileText } from "../support/compile.js";
import { disagreements } from "../support/disagreements.js";
import { writeFiles } from "../support/workspace.js";
import type { Finding } from "./finding.js";

/** What to do with one document. */
export type Task = {
  readonly name: string;
  readonly path: string;
  /** Where to put its package; without, it is only generated. */
  readonly folder?: string;
};

type Verdict = Omit<Finding, "name">;

/**
 * Generates the package of a document, leniently where it is refused; writes it, builds every fixture, asks its validators of it, and
 * generates it again.
 *
 * @param stepped is called between these steps
 */
export async function examine(task: Task, stepped: () => void): Promise<Finding> {
  return { name: task.name, ...(await judge(task, stepped).catch(crashed)) };
}

const NOTHING = {
  message: "",
  strict: [],
  lenient: [],
  fixtures: { proved: 0, refused: 0 },
  seconds: 0,
} as const;

function crashed(error: unknown): Verdict {
  const stack = String((error as Error).stack).split("\n");
  return { ...NOTHING, status: "crash", message: stack.slice(0, 3).join(" ") };
}

async function judge({ path, name, folder }: Task, stepped: () => void): Promise<Verdict> {
  const text = readFileSync(path, "utf8");
  if (!/["']?(openapi|swagger)["']?\s*:/.test(text)) return { ...NOTHING, status: "no document" };
  const before = process.cpuUsage();
  const strict = await compileText(text, { file: name });
  const isStrict = strict.files !== undefined;
  stepped();
  const compilation = isStrict ? strict : await compileText(text, { file: name, lenient: true });
  const { user, system } = process.cpuUsage(before);
  const { valid, refused } = compilation.fixtures;
  const found = {
    ...NOTHING,
    strict: refusals(strict),
    lenient: refusals(compilation),
    fixtures: { proved: valid, refused },
    seconds: (user + system) / 1e6,
  };
  const { files } = compilation;
  const first = strict.diagnostics.find(({ severity }) => severity === "error");
  const message = first ? `${first.line}:${first.column} ${first.message} [${first.code}]` : "";
  if (!files) return { ...found, status: "refused", message };
  if (folder === undefined) return { ...found, status: "ok", message };
  stepped();
  mkdirSync(folder);
  writeFiles(folder, files);
  const fault = await fixtureFault(folder);
  stepped();
  if (fault !== undefined) return { ...found, status: "fixture fault", message: fault };
  const again = await compileText(text, { file: name, lenient: !isStrict });
  const changed = again.files?.find((each, index) => each.text !== files[index]?.text);
  return changed
    ? { ...found, status: "unstable", message: changed.path }
    : { ...found, status: "ok", message, folder };
}

/** The codes of the errors, each once. */
function refusals({ files, diagnostics }: Compilation): string[] {
  if (files) return [];
  const errors = diagnostics.filter(({ severity }) => severity === "error");
  return [...new Set(errors.map(({ code }) => code))];
}

/** Calls every factory, and asks the package's validators of every fixture; the first thing that goes wrong. */
async function fixtureFault(folder: string): Promise<string | undefined> {
  try {
    const module = (await import(pathToFileURL(join(folder, "src/fixtures.ts")).href)) as Record<
      string,
      unknown
    >;
    for (const [name, value] of Object.entries(module))
      if (typeof value === "function" && name.startsWith("build")) (value as () => void)();
    const [first, ...others] = (await disagreements(folder)).filter((each) => !UNKNOWN_FORMAT.test(each));
    return first === undefined
      ? undefined
      : `${first}${others.length > 0 ? ` and ${others.length} more` : ""}`;
  } catch (error) {
    return (error as Error).message;
  }
}

/** Validators check the formats that `runtime/formats.ts` knows, the proof those of ajv-formats: they agree on the former alone. */
const UNKNOWN_FORMAT = / accepts format( at |$)/;
