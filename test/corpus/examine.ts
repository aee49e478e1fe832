import { readFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import type * as clientsmith from "../../generator/index.js";
import { disagreements } from "../support/disagreements.js";
import { ROOT } from "../support/root.js";
import type { Finding } from "./finding.js";

/** What users install, built by `npm run corpus`. */
const { generate, check } = (await import(new URL("dist/bundle/index.js", ROOT).href)) as typeof clientsmith;

/** What to do with one document. */
export type Task = {
  readonly name: string;
  readonly path: string;
  /** Where to put its package. */
  readonly folder: string;
  /** True where it is only generated. */
  readonly isQuick: boolean;
};

/** What is done with a document, in this order; some more than once. */
export type Step = "generating" | "asking" | "checking";

type Verdict = Omit<Finding, "name">;

/**
 * Generates the package of a document, leniently where it is refused; builds every fixture, asks its validators of it, and generates it
 * again.
 *
 * @param begin is told of each step
 */
export async function examine(task: Task, begin: (step: Step) => void): Promise<Finding> {
  return { name: task.name, ...(await judge(task, begin).catch(crashed)) };
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

async function judge({ path, folder, isQuick }: Task, begin: (step: Step) => void): Promise<Verdict> {
  if (!/["']?(openapi|swagger)["']?\s*:/.test(readFileSync(path, "utf8")))
    return { ...NOTHING, status: "no document" };
  // A document may be called as a module of Node: `events.json`.
  const config = { scope: "@corpus" };
  const options = { cwd: dirname(path), apis: [basename(path)], out: folder, config };
  const before = process.cpuUsage();
  const strict = await generate(options);
  const lenient = strict.status === "refused";
  if (lenient) begin("generating");
  const outcome = lenient ? await generate({ ...options, lenient }) : strict;
  const { user, system } = process.cpuUsage(before);
  const { valid, refused } = outcome.apis[0]!.fixtures;
  const first = errorsOf(strict)[0];
  const found = {
    ...NOTHING,
    message: first ? `${first.line}:${first.column} ${first.message} [${first.code}]` : "",
    strict: codesOf(strict),
    lenient: codesOf(outcome),
    fixtures: { proved: valid, refused },
    seconds: (user + system) / 1e6,
  };
  if (outcome.status === "refused") return { ...found, status: "refused" };
  if (isQuick) return { ...found, status: "ok" };
  begin("asking");
  const fault = await fixtureFault(folder);
  begin("checking");
  if (fault !== undefined) return { ...found, status: "fixture fault", message: fault };
  const again = await check({ ...options, lenient });
  return again.status === "fresh"
    ? { ...found, status: "ok", folder }
    : { ...found, status: "unstable", message: again.apis[0]!.files[0]?.path ?? again.status };
}

function errorsOf({ apis }: clientsmith.Report): readonly clientsmith.Diagnostic[] {
  return apis[0]!.diagnostics.filter(({ severity }) => severity === "error");
}

/** The codes of the errors for which a document is refused, each once. */
function codesOf(outcome: clientsmith.Outcome): string[] {
  return outcome.status === "refused" ? [...new Set(errorsOf(outcome).map(({ code }) => code))] : [];
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
