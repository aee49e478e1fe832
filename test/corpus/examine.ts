import { readFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Compilation } from "../../generator/pipeline/compile.js";
import { compileText } from "../support/compile.js";
import { disagreements } from "../support/disagreements.js";
import { typeCheck, type CompilerVersion } from "../support/typescript.js";
import { linkDependencies, writeFiles } from "../support/workspace.js";

/** What became of one document. */
export type Finding = {
  readonly name: string;
  readonly status:
    "ok" | "refused" | "crash" | "hang" | "does not compile" | "fixture fault" | "unstable" | "no document";
  /** The first message: of the refusal, the compiler, the crash. */
  readonly message: string;
  /** The code of the diagnostic that a refusal begins with. */
  readonly code?: string;
  readonly fixtures: { readonly proved: number; readonly refused: number };
  readonly seconds: number;
};

/**
 * Generates the package of a document, type-checks it with the strict flags of its own settings, imports it, builds every fixture and
 * asks its validators of it, and generates it again.
 */
export async function examine(
  name: string,
  path: string,
  versions: readonly CompilerVersion[],
): Promise<Finding> {
  const started = performance.now();
  const { fixtures, ...verdict } = await judge(readFileSync(path, "utf8"), name, versions).catch(
    (error: unknown) => {
      return {
        status: "crash" as const,
        message: String((error as Error).stack)
          .split("\n")
          .slice(0, 3)
          .join(" "),
        fixtures: undefined,
      };
    },
  );
  const { valid = 0, refused = 0 } = fixtures ?? {};
  return {
    name,
    ...verdict,
    fixtures: { proved: valid, refused },
    seconds: (performance.now() - started) / 1000,
  };
}

type Verdict = Pick<Finding, "status" | "message" | "code"> & { readonly fixtures?: Compilation["fixtures"] };

async function judge(text: string, file: string, versions: readonly CompilerVersion[]): Promise<Verdict> {
  if (!/["']?(openapi|swagger)["']?\s*:/.test(text)) return { status: "no document", message: "" };
  const compilation = await compileText(text, { file });
  const { files, fixtures, diagnostics } = compilation;
  if (!files) {
    const first = diagnostics.find(({ severity }) => severity === "error")!;
    const { line, column, message, code } = first;
    return { status: "refused", message: `${line}:${column} ${message} [${code}]`, code };
  }
  const folder = await mkdtemp(join(tmpdir(), "clientsmith-corpus-"));
  try {
    linkDependencies(folder);
    writeFiles(folder, files);
    for (const version of versions) {
      const complaint = (await typeCheck(version, ["-p", "."], folder)).split("\n")[0]!;
      if (complaint !== "")
        return { status: "does not compile", message: `TypeScript ${version}: ${complaint}`, fixtures };
    }
    const fault = await fixtureFault(folder);
    if (fault !== undefined) return { status: "fixture fault", message: fault, fixtures };
    const again = await compileText(text, { file });
    const changed = again.files?.find((each, index) => each.text !== files[index]?.text);
    return changed
      ? { status: "unstable", message: changed.path, fixtures }
      : { status: "ok", message: "", fixtures };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
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
